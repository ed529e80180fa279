import { randomUUID } from 'node:crypto';
import { operations, type Operation, type OperationId } from '@wracam/contract';
import { PIXEL, saleBody, type FilledProgram } from './filled-program.ts';

export type Sample = { readonly params: Record<string, string>; readonly query?: string; readonly body?: Record<string, unknown> };
type Maker = (program: FilledProgram) => Omit<Sample, 'params'> & { readonly params?: Record<string, string> };

const unique = () => randomUUID().slice(0, 8);
const letters = () => unique().replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)]!);
const member: Maker = ({ anna }) => ({ params: { member: anna.id } });
const withMember = (body: Record<string, unknown>): Maker => ({ anna }) => ({ params: { member: anna.id }, body });
const rule = (field: 'rule' | 'sketch' | 'throwaway'): Maker => (program) => ({ params: { rule: program[field].id }, body: { revision: program[field].revision } });
const stop: Maker = ({ rule: running }) => ({ params: { rule: running.id }, body: { revision: running.revision, despiteNotice: true } });
const plain: Maker = () => ({});

/** A request for every operation, right in every field: an operation that is new must say here how it is asked. */
const makers: Record<OperationId, Maker> = {
  getHealth: plain,
  signInByLink: () => ({ body: { token: 'x'.repeat(54) } }),
  requestStaffCode: () => ({ body: { email: 'ktos@example.pl' } }),
  confirmStaffCode: () => ({ body: { email: 'ktos@example.pl', code: '000000' } }),
  signOut: plain, getMe: plain,
  getProgram: plain, changeProgram: () => ({ body: { name: 'Kawiarnia Pod Lipą', adjustDayLimits: { manager: 100_000, consultant: 50_000 } } }),
  addWallet: () => ({ body: { code: `w-${unique()}`, name: 'Naklejki', forms: { one: 'naklejka', few: 'naklejki', many: 'naklejek', fraction: 'naklejki' }, expiry: { kind: 'months', months: 12, roundTo: 'day' }, pendingDays: 0, debtLimit: 0 } }),
  listWallets: plain, changeWallet: ({ wallet }) => ({ params: { wallet }, body: { revision: 1, name: 'Gwiazdki', forms: { one: 'gwiazdka', few: 'gwiazdki', many: 'gwiazdek', fraction: 'gwiazdki' }, expiry: { kind: 'months', months: 12, roundTo: 'quarterEnd' }, pendingDays: 0, debtLimit: 0, noticeDays: [30, 7] } }),
  approveWallet: ({ wallet }) => ({ params: { wallet }, body: { revision: 1 } }), declineWallet: ({ wallet }) => ({ params: { wallet }, body: { revision: 1 } }),
  hideDemo: plain, getHome: () => ({ query: 'days=7' }),
  getTestClock: plain, moveTestClock: () => ({ body: { now: new Date().toISOString() } }),
  listStaff: plain, addStaff: () => ({ body: { name: 'Ewa', email: `ewa-${unique()}@example.pl`, role: 'cashier', adjustLimit: 100 } }),
  changeStaff: ({ staffId }) => ({ params: { staff: staffId }, body: { adjustLimit: 50 } }),
  listApiKeys: plain, createApiKey: () => ({ body: { name: 'Sklep', scopes: ['members.read'] } }), revokeApiKey: ({ apiKey }) => ({ params: { apiKey } }),
  listWebhooks: plain, addWebhook: () => ({ body: { url: 'https://hooks.example.pl/wracam' } }), tryWebhook: ({ webhook }) => ({ params: { webhook } }), resendWebhookDelivery: ({ webhook, webhookEvent }) => ({ params: { webhook, event: webhookEvent } }), changeWebhook: ({ webhook }) => ({ params: { webhook }, body: { active: false } }), listWebhookDeliveries: ({ webhook }) => ({ params: { webhook } }),
  listAudit: () => ({ query: 'limit=2' }), listMessages: plain,
  createMember: () => ({ body: { firstName: 'Celina', card: `C-${unique()}`, termsVersion: 1 } }),
  listMembers: plain, listMemberGroups: plain, listCircles: () => ({ query: 'kind=household' }), createCircle: () => ({ body: { kind: 'company', name: `Huta ${unique()}` } }), getCircle: ({ circle }) => ({ params: { circle } }),
  changeCircle: ({ circle }) => ({ params: { circle }, body: { name: 'Nowakowie' } }), removeCircle: ({ emptyCircle }) => ({ params: { circle: emptyCircle } }), searchMembers: () => ({ body: { text: 'Anna', limit: 5 } }), lookupMember: ({ anna }) => ({ body: { number: anna.number } }),
  getMember: member, changeMember: withMember({ lastName: 'Nowak', groups: ['VIP'] }), addCard: ({ anna }) => ({ params: { member: anna.id }, body: { number: `K-${unique()}` } }),
  blockMember: ({ bogdan }) => ({ params: { member: bogdan.id }, body: { reason: 'Prośba' } }), unblockMember: ({ bogdan }) => ({ params: { member: bogdan.id }, body: { reason: 'Prośba' } }),
  clearMember: ({ bogdan }) => ({ params: { member: bogdan.id }, body: { reason: 'Wyjaśnione' } }),
  closeMember: ({ bogdan }) => ({ params: { member: bogdan.id }, body: { reason: 'Prośba' } }),
  getBalances: member, listMemberGrants: member, listHistory: member, moveMemberPoints: ({ anna, celina }) => ({ params: { member: anna.id }, body: { to: { number: celina.number }, points: 2, wallet: 'punkty' } }), adjustPoints: withMember({ points: 3, reason: 'Gratis', wallet: 'punkty' }), createHold: withMember({ points: 1, minutes: 5 }),
  captureHold: ({ hold }) => ({ params: { hold } }), releaseHold: ({ hold }) => ({ params: { hold } }),
  explainTransfer: ({ transfer }) => ({ params: { transfer } }), reverseTransfer: ({ transfer }) => ({ params: { transfer }, body: { reason: 'Pomyłka' } }),
  recordTransaction: ({ anna }) => ({ body: fullSale(anna.id) }),
  recordTransactions: ({ anna }) => ({ body: { transactions: [saleBody(unique(), 1500, { member: { id: anna.id } })] } }),
  previewTransaction: ({ anna }) => ({ body: fullSale(anna.id) }),
  listDocumentValues: plain, listTransactions: () => ({ query: 'limit=2' }), getTransaction: ({ sale }) => ({ params: { transaction: sale } }),
  claimTransaction: ({ unclaimed, anna }) => ({ params: { transaction: unclaimed }, body: { member: { id: anna.id } } }),
  voidTransaction: ({ unclaimed }) => ({ params: { transaction: unclaimed }, body: { reason: 'Pomyłka' } }),
  markTransaction: ({ sale }) => ({ params: { transaction: sale }, body: { fact: 'delivered' } }),
  listRules: plain, createRule: ({ definition }) => ({ body: { definition: fullRule(definition) } }), getRule: ({ sketch }) => ({ params: { rule: sketch.id } }),
  changeRule: ({ sketch, definition }) => ({ params: { rule: sketch.id }, body: { revision: sketch.revision, definition: fullRule(definition) } }),
  publishRule: rule('sketch'), rollbackRule: ({ rule: running }) => ({ params: { rule: running.id }, body: { revision: running.revision, version: 1 } }), compareRule: ({ rule: running }) => ({ params: { rule: running.id }, query: 'from=1&to=1' }), approveRule: rule('rule'), declineRule: rule('rule'), discardRule: rule('throwaway'), pauseRule: stop, resumeRule: rule('rule'), endRule: stop,
  listSegments: plain, createSegment: () => ({ body: { name: `Stali ${unique()}`, condition: { attribute: 'history.salesCount', operator: 'atLeast', value: 2 } } }), getSegment: ({ segment }) => ({ params: { segment } }),
  countSegment: () => ({ body: { condition: { all: [{ attribute: 'member.kind', operator: 'is', value: 'person' }] } } }), changeSegment: ({ segment }) => ({ params: { segment }, body: { revision: 1, condition: { attribute: 'history.isFirstSale', operator: 'isTrue' } } }),
  compareSegment: ({ segment }) => ({ params: { segment }, query: 'from=1&to=1' }), publishSegment: ({ segment }) => ({ params: { segment }, body: { revision: 2 } }), rollbackSegment: ({ segment }) => ({ params: { segment }, body: { revision: 3, version: 1, despiteNotice: true } }),
  approveSegment: ({ segment }) => ({ params: { segment }, body: { revision: 4 } }), declineSegment: ({ segment }) => ({ params: { segment }, body: { revision: 4 } }), discardSegment: ({ segment }) => ({ params: { segment }, body: { revision: 4 } }),
  archiveSegment: ({ segment }) => ({ params: { segment } }), restoreSegment: ({ segment }) => ({ params: { segment } }), listSegmentMembers: ({ segment }) => ({ params: { segment }, query: 'limit=2' }),
  listProductSets: plain, createProductSet: () => ({ body: { name: `Kawy ${unique()}`, codes: ['590-1', '590-2'] } }), getProductSet: ({ productSet }) => ({ params: { set: productSet } }),
  getProductSetCodes: ({ productSet }) => ({ params: { set: productSet }, query: 'version=1' }), changeProductSet: ({ productSet }) => ({ params: { set: productSet }, body: { revision: 1, codes: ['590-3'], keep: true } }),
  compareProductSet: ({ productSet }) => ({ params: { set: productSet }, query: 'from=1&to=1' }), publishProductSet: ({ productSet }) => ({ params: { set: productSet }, body: { revision: 2 } }), rollbackProductSet: ({ productSet }) => ({ params: { set: productSet }, body: { revision: 3, version: 1, despiteNotice: true } }),
  approveProductSet: ({ productSet }) => ({ params: { set: productSet }, body: { revision: 4 } }), declineProductSet: ({ productSet }) => ({ params: { set: productSet }, body: { revision: 4 } }), discardProductSet: ({ productSet }) => ({ params: { set: productSet }, body: { revision: 4 } }),
  listEventTypes: plain, createEventType: () => ({ body: { code: `e-${unique()}`, name: 'Webinar', reason: 'za udział w webinarze', fields: [{ key: 'poziom', kind: 'choice', name: 'poziom', required: true, options: [{ value: 'a1', name: 'A1' }] }, { key: 'minuty', kind: 'number', name: 'minuty', required: false, min: 0, max: 600 }] } }),
  changeEventType: ({ eventType }) => ({ params: { eventType }, body: { revision: 1, name: 'Webinar online', fields: [{ key: 'minuty', kind: 'number', name: 'minuty', required: false, min: 0, max: 600 }] } }),
  recordEvent: ({ anna }) => ({ body: eventBody(anna.id, { source: 'crm', externalId: unique() }) }), previewEvent: ({ anna }) => ({ body: eventBody(anna.id) }),
  sendWorkReport: withMember({ type: 'works-report', fields: { name: 'Montaż pompy', quantity: 2 }, note: 'Piwnica', pictures: [PIXEL] }), sendMyWorkReport: () => ({ body: { type: 'works-report', fields: { name: 'Montaż pompy' }, pictures: [PIXEL] } }),
  listWorkReports: () => ({ query: 'state=waiting' }), listMyWorkReports: plain, getWorkReport: ({ report }) => ({ params: { report } }), getWorkReportPicture: ({ report }) => ({ params: { report, picture: '1' } }), getMyWorkReportPicture: ({ report }) => ({ params: { report, picture: '1' } }),
  approveWorkReport: ({ report }) => ({ params: { report } }), rejectWorkReport: ({ reportToReject }) => ({ params: { report: reportToReject }, body: { reason: 'Nie widać pracy na zdjęciu' } }),
  getTiers: plain, changeTiers: ({ ladder }) => ({ body: { revision: 3, definition: ladder } }), compareTiers: () => ({ query: 'from=1&to=1' }), publishTiers: () => ({ body: { revision: 3, despiteNotice: true } }), rollbackTiers: () => ({ body: { revision: 3, version: 1, despiteNotice: true } }),
  approveTiers: () => ({ body: { revision: 3 } }), declineTiers: () => ({ body: { revision: 3 } }), discardTiers: () => ({ body: { revision: 3 } }), previewTiers: () => ({ body: { measure: { kind: 'points', wallet: 'punkty' }, period: { kind: 'rolling', months: 12 } } }),
  getMemberTier: member, grantTier: withMember({ level: 'zloty', until: '2999-12-31', reason: 'Przeprosiny' }), revokeTier: withMember({ reason: 'Pomyłka' }), listTierChanges: member, getMyTier: plain,
  listGoals: () => ({ query: 'kind=challenge' }), createGoal: ({ goalDefinition }) => ({ body: { definition: goalDefinition } }), previewGoal: ({ goalDefinition }) => ({ body: { definition: goalDefinition } }),
  getGoal: ({ goal }) => ({ params: { goal: goal.id } }), changeGoal: ({ goalSketch, goalDefinition }) => ({ params: { goal: goalSketch.id }, body: { revision: 1, definition: goalDefinition } }),
  rollbackGoal: ({ goal }) => ({ params: { goal: goal.id }, body: { revision: goal.revision, version: 1 } }), publishGoal: ({ goalPlan }) => ({ params: { goal: goalPlan.id }, body: { revision: 1 } }), endGoal: ({ goal }) => ({ params: { goal: goal.id }, body: { revision: goal.revision, despiteNotice: true } }), compareGoal: ({ goal }) => ({ params: { goal: goal.id }, query: 'from=1&to=1' }),
  approveGoal: ({ goalSketch }) => ({ params: { goal: goalSketch.id }, body: { revision: 1 } }), declineGoal: ({ goalSketch }) => ({ params: { goal: goalSketch.id }, body: { revision: 1 } }),
  listTargets: plain, createTarget: ({ targetDefinition }) => ({ body: { code: `t-${unique()}`, definition: targetDefinition } }), getTarget: ({ target }) => ({ params: { target: target.id } }),
  changeTarget: ({ targetSketch, targetDefinition }) => ({ params: { target: targetSketch.id }, body: { revision: 1, code: 'szkic', definition: { ...targetDefinition, lines: { attribute: 'line.category', operator: 'is', value: 'kawa' } } } }),
  startTarget: ({ targetPlan }) => ({ params: { target: targetPlan.id }, body: { revision: 1 } }), endTarget: ({ target }) => ({ params: { target: target.id }, body: { revision: target.revision } }),
  getTargetProgress: ({ target }) => ({ params: { target: target.id }, query: `period=${target.period.no}` }), listTargetAmounts: ({ target }) => ({ params: { target: target.id } }),
  replaceTargetAmounts: ({ targetToDivide, anna }) => ({ params: { target: targetToDivide.id }, body: { revision: 1, items: [{ participant: anna.id, amount: 5_000_000 }] } }), getMyTargets: plain,
  listBadges: plain, createBadge: () => ({ body: { name: 'Ranny ptaszek', description: null, shape: 'star', icon: 'sun', color: 'orange' } }),
  changeBadge: ({ badge }) => ({ params: { badge }, body: { revision: 1, name: 'Kawosz', description: 'Za kawy', shape: 'circle', icon: 'cup', color: 'teal' } }),
  getMemberGoals: member, getMemberTargets: member, findCoupon: ({ coupon }) => ({ body: { code: coupon } }), useCoupon: ({ coupon }) => ({ body: { code: coupon } }),
  listLeaderboards: plain, createLeaderboard: () => ({ body: { name: 'W tym tygodniu', measure: { kind: 'points', wallet: 'punkty' }, period: 'week', state: 'shown' } }), getLeaderboard: ({ leaderboard }) => ({ params: { leaderboard } }),
  changeLeaderboard: ({ leaderboard, goal }) => ({ params: { leaderboard }, body: { revision: 1, name: 'Kawosze', measure: { kind: 'challenge', goal: goal.id }, period: 'all', state: 'shown' } }),
  getMyGoals: plain, getMyLeaderboards: plain, joinLeaderboards: () => ({ body: { nickname: `Ola ${letters()}` } }), leaveLeaderboards: plain,
  getReferralSettings: plain, changeReferralSettings: () => ({ body: { windowDays: 14 } }),
  listCodeBatches: plain, createCodeBatch: () => ({ body: { name: 'Wiosna', label: 'wiosna', count: 3, validFrom: '2026-01-01', validUntil: '2099-12-31' } }),
  stopCodeBatch: ({ codeBatch }) => ({ params: { codeBatch } }), redeemCode: ({ anna, packageCodes }) => ({ body: { code: packageCodes[0]!, member: { id: anna.id } } }),
  getMyWays: plain, redeemMyCode: ({ packageCodes }) => ({ body: { code: packageCodes[1]! } }),
  getEarningBase: plain,
  changeEarningBase: ({ baseRevision }) => ({ body: { kinds: ['goods', 'service'], excludedCategories: ['alkohol'], excludedBrands: ['Inna'], excludedSkus: ['TORBA'], paidWithPointsEarns: false, amounts: 'gross', netRounding: 'nearest', discount: 'after', multipliers: 'add', revision: baseRevision } }),
  compareEarningBase: () => ({ query: 'from=1&to=1' }), publishEarningBase: ({ baseRevision: revision }) => ({ body: { revision } }), rollbackEarningBase: ({ baseRevision: revision }) => ({ body: { revision, version: 1, despiteNotice: true } }),
  approveEarningBase: ({ baseRevision: revision }) => ({ body: { revision } }), declineEarningBase: ({ baseRevision: revision }) => ({ body: { revision } }), discardEarningBase: ({ baseRevision: revision }) => ({ body: { revision } }),
  startReplay: ({ definition, sketch }) => ({ body: { from: '2026-01-01', until: '2030-12-31', costPer100Minor: 100, changes: [{ definition: fullRule(definition) }, { rule: sketch.id }], wallets: [{ wallet: 'punkty', expiry: { kind: 'months', months: 12, roundTo: 'day' }, pendingDays: 3, debtPolicy: 'allow', debtLimit: 200 }] } }),
  listReplays: plain, getReplay: ({ replay }) => ({ params: { replay } }), cancelReplay: ({ replay }) => ({ params: { replay } }), getReplayTable: ({ replay }) => ({ params: { replay, table: 'months' } }),
  startRepair: ({ rule: running }) => ({ body: { rule: running.id, version: 1, from: '2026-01-01', until: '2026-01-03' } }), listRepairs: plain, getRepair: ({ repair }) => ({ params: { repair } }), getRepairTable: ({ repair }) => ({ params: { repair } }),
  countRepairAgain: ({ repair }) => ({ params: { repair } }), cancelRepair: ({ repair }) => ({ params: { repair } }), bookRepair: ({ repair }) => ({ params: { repair }, body: { reason: 'Zły przelicznik' } }), undoRepair: ({ repair }) => ({ params: { repair }, body: { reason: 'Pomyłka' } }),
  approveRepair: ({ repair }) => ({ params: { repair }, body: { step: 'book' } }), declineRepair: ({ repair }) => ({ params: { repair }, body: { step: 'book' } }),
  listRewards: plain, createReward: () => ({ body: { name: 'Ciastko', pricePoints: 20, stockLeft: 5, perMember: 2 } }), getReward: ({ reward }) => ({ params: { reward } }),
  changeReward: ({ reward }) => ({ params: { reward }, body: { revision: 1, pricePoints: 10, stockChange: 1, perMember: 100 } }),
  placeOrder: ({ anna, reward }) => ({ body: { member: { id: anna.id }, lines: [{ reward, quantity: 1 }] } }),
  listOrders: plain, getOrder: ({ order }) => ({ params: { order } }), confirmOrder: ({ order }) => ({ params: { order } }), cancelOrder: ({ order }) => ({ params: { order }, body: { reason: 'Rezygnacja' } }),
  getPortal: plain,
  joinProgram: () => ({ body: { firstName: 'Dorota', email: `dorota-${unique()}@example.pl`, termsVersion: 1 } }),
  requestMemberCode: () => ({ body: { email: 'nikt@example.pl' } }), confirmMemberCode: () => ({ body: { email: 'nikt@example.pl', code: '000000' } }),
  memberSignOut: plain, getMyself: plain, changeMyself: () => ({ body: { lastName: 'Nowacka' } }), requestMyEmailCode: () => ({ body: { email: `nowy-${unique()}@example.pl` } }), confirmMyEmail: () => ({ body: { email: 'nowy@example.pl', code: '000000' } }), closeMyAccount: () => ({ body: { confirm: true } }), getMyBalances: plain, listMyHistory: plain, explainMyTransfer: ({ transfer }) => ({ params: { transfer } }),
  listMyGrants: plain, listMyMessages: plain, findMyRecipient: ({ celina }) => ({ body: { numberOrCard: celina.number } }), moveMyPoints: ({ celina }) => ({ body: { to: { number: celina.number }, points: 2, wallet: 'punkty' } }), placeMyOrder: ({ reward }) => ({ body: { lines: [{ reward, quantity: 1 }] } }), listMyOrders: plain, cancelMyOrder: ({ order }) => ({ params: { order } }),
};

const eventBody = (memberId: string, more: Record<string, unknown> = {}) => ({ type: 'survey', occurredAt: new Date(Date.now() - 60_000).toISOString(), member: { id: memberId }, fields: { name: 'Twoja kawa' }, worthMinor: 0, ...more });

/** A rule with the limits that go together. */
const fullRule = (definition: FilledProgram['definition']) => ({ ...definition, caps: { ...definition.caps, programMoney: { limitMinor: 100_000, per1000: 1000 } } });

/** A sale in which every field of the contract is used. */
function fullSale(memberId: string): Record<string, unknown> {
  return saleBody(unique(), 3000, {
    member: { id: memberId }, currency: 'PLN', store: 'Rynek 1', till: '2', cashier: 'Ola', channel: 'sklep', attributes: { pogoda: 'deszcz', osoby: 2, naWynos: true },
    lines: [
      { lineId: '1', kind: 'goods', sku: 'KAW-1', name: 'Kawa', category: 'napoje', brand: 'Lipa', quantity: 2, unit: 'szt.', amountMinor: 2000, discountMinor: 100, taxRate: 800, attributes: { rozmiar: 'duża', cukier: 1 } },
      { lineId: '2', kind: 'service', name: 'Obsługa', quantity: 0.347, amountMinor: 1000 },
    ],
    payments: [{ kind: 'card', amountMinor: 2900 }, { kind: 'points', amountMinor: 100, points: 1, wallet: 'punkty' }],
  });
}

export const operationIds = Object.keys(operations) as OperationId[];

export function sampleOf(id: OperationId, program: FilledProgram): Sample {
  const made = makers[id](program);
  return { ...made, params: { program: program.shop.code, ...made.params } };
}

/** The address of an operation with its parameters filled in. */
export function addressOf(id: OperationId, { params, query }: Sample): string {
  const operation: Operation = operations[id];
  return `/api/v1${operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name]!))}${query ? `?${query}` : ''}`;
}
