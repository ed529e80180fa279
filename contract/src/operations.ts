import { z } from 'zod';
import * as e from './events.ts';
import * as g from './goals.ts';
import * as m from './members.ts';
import * as o from './rewards.ts';
import * as k from './package-codes.ts';
import * as p from './programs.ts';
import * as ps from './product-sets.ts';
import type { Permission } from './permissions.ts';
import type { RefusalCode } from './refusals.ts';
import * as h from './repairs.ts';
import * as y from './replay.ts';
import * as r from './rules.ts';
import * as s from './shapes.ts';
import * as t from './transactions.ts';
import * as l from './tiers.ts';
import * as w from './wallets.ts';
import * as wr from './work-reports.ts';

/**
 * Whom an operation serves: `public` anybody, `staff` any signed-in staff, `member` the signed-in member of the program,
 * otherwise staff or API keys that hold the permission in the program of the path.
 */
export type Access = 'public' | 'staff' | 'member' | Permission;
export type Method = 'GET' | 'POST' | 'PATCH';
export type Operation = {
  readonly method: Method; readonly path: string; readonly access: Access; readonly summary: string;
  readonly params?: z.ZodType; readonly query?: z.ZodType; readonly body?: z.ZodType; readonly answer: z.ZodType; readonly refusals: readonly RefusalCode[];
};
const operation = <const O extends Operation>(definition: O) => definition;

const inProgram = z.object({ program: s.programRef });
const at = <K extends string, S extends z.ZodType>(name: K, shape: S) => inProgram.extend({ [name]: shape } as { [P in K]: S });
const P = '/programs/{program}';
const moveRefusals = ['transfers_not_allowed', 'transfer_below_minimum', 'transfer_limit_reached', 'transfer_recipient_wrong', 'points_not_enough', 'account_suspended', 'phone_invalid'] as const;
const reportRefusals = ['event_type_unknown', 'event_not_reported', 'picture_wrong', 'work_reports_waiting'] as const;
const memberRefusals = ['member_unknown', 'member_blocked', 'member_closed'] as const;

export const operations = {
  getHealth: operation({ method: 'GET', path: '/health', access: 'public', summary: 'Tells that the process answers and reaches its database', answer: p.health, refusals: ['database_away'] }),

  // signing in to the panel
  signInByLink: operation({ method: 'POST', path: '/sign-in/link', access: 'public', summary: 'Opens a staff session with a one-time link', body: p.signInLink, answer: p.me, refusals: ['link_used', 'too_many_requests'] }),
  requestStaffCode: operation({ method: 'POST', path: '/sign-in/code', access: 'public', summary: 'Sends a one-time code to a staff address; the answer is the same for unknown addresses', body: m.codeRequest, answer: m.codeSent, refusals: ['too_many_requests'] }),
  confirmStaffCode: operation({ method: 'POST', path: '/sign-in/code/confirm', access: 'public', summary: 'Opens a staff session with the code', body: m.codeConfirm, answer: p.me, refusals: ['code_wrong', 'too_many_requests'] }),
  signOut: operation({ method: 'POST', path: '/sign-out', access: 'staff', summary: 'Ends the staff session', answer: s.done, refusals: [] }),
  getMe: operation({ method: 'GET', path: '/me', access: 'staff', summary: 'The signed-in person and the programs within reach', answer: p.me, refusals: [] }),

  // program
  getProgram: operation({ method: 'GET', path: P, access: 'settings.read', summary: 'The program with its wallets', params: inProgram, answer: p.program, refusals: [] }),
  changeProgram: operation({ method: 'PATCH', path: P, access: 'settings.write', summary: 'Changes the name, the colour, or how rules are published', params: inProgram, body: p.programChange, answer: p.program, refusals: [] }),
  addWallet: operation({ method: 'POST', path: `${P}/wallets`, access: 'settings.write', summary: 'Adds a wallet', params: inProgram, body: w.walletInput, answer: p.program, refusals: ['wallet_exists', 'wallet_policy_wrong'] }),
  listWallets: operation({ method: 'GET', path: `${P}/wallets`, access: 'settings.read', summary: 'Wallets with their policies', params: inProgram, answer: w.walletList, refusals: [] }),
  changeWallet: operation({ method: 'PATCH', path: `${P}/wallets/{wallet}`, access: 'settings.write', summary: 'Changes a wallet for later documents; booked points keep their dates', params: at('wallet', s.code), body: w.walletChange, answer: w.wallet, refusals: ['rule_changed_meanwhile', 'wallet_policy_wrong', 'wallet_in_use'] }),
  hideDemo: operation({ method: 'POST', path: `${P}/demo/hide`, access: 'access.manage', summary: 'Takes the demo program off the lists', params: inProgram, answer: s.done, refusals: [] }),
  getHome: operation({ method: 'GET', path: `${P}/reports/home`, access: 'transactions.read', summary: 'Figures of today and of the last days', params: inProgram, query: p.homeQuery, answer: p.home, refusals: [] }),
  getTestClock: operation({ method: 'GET', path: `${P}/test-clock`, access: 'testclock.move', summary: 'The time in a test program', params: inProgram, answer: p.testClock, refusals: ['clock_live'] }),
  moveTestClock: operation({ method: 'POST', path: `${P}/test-clock`, access: 'testclock.move', summary: 'Moves the time forward and runs everything that falls due on the way', params: inProgram, body: p.testClockMove, answer: p.testClock, refusals: ['clock_live', 'clock_backwards', 'clock_too_far', 'busy'] }),

  // staff, keys, audit, messages
  listStaff: operation({ method: 'GET', path: `${P}/staff`, access: 'access.manage', summary: 'Who may sign in', params: inProgram, answer: p.staffList, refusals: [] }),
  addStaff: operation({ method: 'POST', path: `${P}/staff`, access: 'access.manage', summary: 'Gives a person access', params: inProgram, body: p.staffInput, answer: p.staff, refusals: ['staff_exists'] }),
  changeStaff: operation({ method: 'PATCH', path: `${P}/staff/{staff}`, access: 'access.manage', summary: 'Changes a role or a limit, or takes access away', params: at('staff', s.staffId), body: p.staffChange, answer: p.staff, refusals: ['last_owner'] }),
  listApiKeys: operation({ method: 'GET', path: `${P}/api-keys`, access: 'access.manage', summary: 'API keys of the program', params: inProgram, answer: p.apiKeyList, refusals: [] }),
  createApiKey: operation({ method: 'POST', path: `${P}/api-keys`, access: 'access.manage', summary: 'Makes a key; its secret is shown once', params: inProgram, body: p.apiKeyInput, answer: p.newApiKey, refusals: ['secret_shown_once'] }),
  revokeApiKey: operation({ method: 'POST', path: `${P}/api-keys/{apiKey}/revoke`, access: 'access.manage', summary: 'Stops a key at once', params: at('apiKey', s.apiKeyId), answer: p.apiKey, refusals: [] }),
  listAudit: operation({ method: 'GET', path: `${P}/audit`, access: 'audit.read', summary: 'What staff and keys changed, newest first', params: inProgram, query: p.auditQuery, answer: p.auditPage, refusals: [] }),
  listMessages: operation({ method: 'GET', path: `${P}/messages`, access: 'messages.read', summary: 'Messages sent or kept, newest first', params: inProgram, query: s.pageQuery, answer: p.messagePage, refusals: [] }),

  // members
  createMember: operation({ method: 'POST', path: `${P}/members`, access: 'members.write', summary: 'Adds a member who accepted the terms', params: inProgram, body: m.newMember, answer: m.member, refusals: ['identifier_taken', 'identifier_needed', 'phone_invalid', 'terms_version_unknown'] }),
  listMembers: operation({ method: 'GET', path: `${P}/members`, access: 'members.read', summary: 'Members, newest first', params: inProgram, query: m.memberListQuery, answer: m.memberPage, refusals: [] }),
  searchMembers: operation({ method: 'POST', path: `${P}/members/search`, access: 'members.read', summary: 'Looks through names and identifiers', params: inProgram, body: m.memberSearch, answer: m.memberList, refusals: [] }),
  lookupMember: operation({ method: 'POST', path: `${P}/members/lookup`, access: 'members.read', summary: 'The member with exactly this identifier', params: inProgram, body: m.memberLookup, answer: m.member, refusals: ['member_unknown', 'phone_invalid'] }),
  getMember: operation({ method: 'GET', path: `${P}/members/{member}`, access: 'members.read', summary: 'One member', params: at('member', s.memberRef), answer: m.member, refusals: ['member_unknown'] }),
  changeMember: operation({ method: 'PATCH', path: `${P}/members/{member}`, access: 'members.write', summary: 'Changes the profile', params: at('member', s.memberRef), body: m.memberChange, answer: m.member, refusals: [...memberRefusals, 'identifier_taken', 'phone_invalid', 'circle_unknown'] }),
  listMemberGroups: operation({ method: 'GET', path: `${P}/member-groups`, access: 'members.read', summary: 'Groups that members are in, with how many', params: inProgram, answer: m.memberGroupList, refusals: [] }),
  listCircles: operation({ method: 'GET', path: `${P}/circles`, access: 'members.read', summary: 'Households and companies that members belong to, newest first', params: inProgram, query: m.circleListQuery, answer: m.circlePage, refusals: [] }),
  createCircle: operation({ method: 'POST', path: `${P}/circles`, access: 'members.write', summary: 'Adds a household or a company; members are put into it one by one', params: inProgram, body: m.newCircle, answer: m.circle, refusals: ['circle_exists'] }),
  getCircle: operation({ method: 'GET', path: `${P}/circles/{circle}`, access: 'members.read', summary: 'One household or company with its members', params: at('circle', s.circleId), answer: m.circleDetail, refusals: ['circle_unknown'] }),
  changeCircle: operation({ method: 'PATCH', path: `${P}/circles/{circle}`, access: 'members.write', summary: 'Changes the name', params: at('circle', s.circleId), body: m.circleChange, answer: m.circle, refusals: ['circle_unknown', 'circle_exists'] }),
  removeCircle: operation({ method: 'POST', path: `${P}/circles/{circle}/remove`, access: 'members.write', summary: 'Takes a household or company that nobody is in off the list', params: at('circle', s.circleId), answer: s.done, refusals: ['circle_unknown', 'circle_not_empty'] }),
  addCard: operation({ method: 'POST', path: `${P}/members/{member}/cards`, access: 'members.write', summary: 'Adds a card, or replaces a lost one', params: at('member', s.memberRef), body: m.cardInput, answer: m.member, refusals: [...memberRefusals, 'identifier_taken', 'card_unknown'] }),
  blockMember: operation({ method: 'POST', path: `${P}/members/{member}/block`, access: 'members.write', summary: 'Stops earning and spending', params: at('member', s.memberRef), body: m.memberStateChange, answer: m.member, refusals: ['member_unknown', 'member_closed'] }),
  unblockMember: operation({ method: 'POST', path: `${P}/members/{member}/unblock`, access: 'members.write', summary: 'Lets the member in again', params: at('member', s.memberRef), body: m.memberStateChange, answer: m.member, refusals: ['member_unknown', 'member_closed'] }),
  clearMember: operation({ method: 'POST', path: `${P}/members/{member}/clear`, access: 'points.clear', summary: 'Lets a member spend again whom the auditor stopped; the differences found so far are taken as explained', params: at('member', s.memberRef), body: m.memberStateChange, answer: m.member, refusals: ['member_unknown', 'adjust_own_account'] }),
  closeMember: operation({ method: 'POST', path: `${P}/members/{member}/close`, access: 'members.write', summary: 'Ends membership for good and frees the identifiers', params: at('member', s.memberRef), body: m.memberStateChange, answer: m.member, refusals: ['member_unknown'] }),
  getBalances: operation({ method: 'GET', path: `${P}/members/{member}/balances`, access: 'points.read', summary: 'Balances with every lot', params: at('member', s.memberRef), answer: w.balances, refusals: ['member_unknown'] }),
  listHistory: operation({ method: 'GET', path: `${P}/members/{member}/history`, access: 'points.read', summary: 'Movements of points, newest first', params: at('member', s.memberRef), query: s.pageQuery, answer: s.page('HistoryPage', w.historyEntry), refusals: ['member_unknown'] }),
  listMemberGrants: operation({ method: 'GET', path: `${P}/members/{member}/grants`, access: 'points.read', summary: 'Coupons, badges, draw tickets and other grants that rules gave, newest first', params: at('member', s.memberRef), query: s.pageQuery, answer: t.grantPage, refusals: ['member_unknown'] }),
  adjustPoints: operation({ method: 'POST', path: `${P}/members/{member}/adjustments`, access: 'points.adjust', summary: 'Adds or takes points by hand, with a reason', params: at('member', s.memberRef), body: w.adjustment, answer: w.transferAnswer, refusals: [...memberRefusals, 'wallet_unknown', 'points_not_enough', 'adjust_limit_exceeded', 'adjust_own_account'] }),
  moveMemberPoints: operation({ method: 'POST', path: `${P}/members/{member}/transfers`, access: 'points.adjust', summary: 'Moves points to another member, for the one who has them', params: at('member', s.memberRef), body: w.memberTransferInput, answer: w.memberTransferAnswer, refusals: [...memberRefusals, 'wallet_unknown', ...moveRefusals, 'adjust_limit_exceeded', 'adjust_own_account'] }),
  createHold: operation({ method: 'POST', path: `${P}/members/{member}/holds`, access: 'points.spend', summary: 'Reserves points for a payment', params: at('member', s.memberRef), body: w.holdInput, answer: w.hold, refusals: [...memberRefusals, 'wallet_unknown', 'wallet_not_spendable', 'points_not_enough', 'account_suspended'] }),
  captureHold: operation({ method: 'POST', path: `${P}/holds/{hold}/capture`, access: 'points.spend', summary: 'Spends reserved points', params: at('hold', s.holdId), answer: w.hold, refusals: ['hold_resolved'] }),
  releaseHold: operation({ method: 'POST', path: `${P}/holds/{hold}/release`, access: 'points.spend', summary: 'Gives reserved points back to their lots', params: at('hold', s.holdId), answer: w.hold, refusals: ['hold_resolved'] }),
  explainTransfer: operation({ method: 'GET', path: `${P}/transfers/{transfer}/explanation`, access: 'points.read', summary: 'Why these points came or went', params: at('transfer', s.transferId), answer: w.explanation, refusals: [] }),
  reverseTransfer: operation({ method: 'POST', path: `${P}/transfers/{transfer}/reverse`, access: 'points.adjust', summary: 'Takes an adjustment back', params: at('transfer', s.transferId), body: w.reversal, answer: w.transferAnswer, refusals: ['transfer_not_reversible', 'adjust_limit_exceeded', 'adjust_own_account'] }),

  // transactions
  recordTransaction: operation({ method: 'POST', path: `${P}/transactions`, access: 'transactions.write', summary: 'Books a sale, a return or a correction, once', params: inProgram, body: t.transactionInput, answer: t.transactionAnswer, refusals: ['document_differs', 'currency_wrong', 'occurred_in_future', 'occurred_too_long_ago', 'lines_differ_from_total', 'line_repeated', 'payments_exceed_total', 'payment_incomplete', 'points_not_enough', 'hold_resolved', 'wallet_unknown', 'wallet_not_spendable', 'account_suspended', 'busy', 'member_unknown', 'phone_invalid'] }),
  recordTransactions: operation({ method: 'POST', path: `${P}/transactions/batch`, access: 'transactions.write', summary: 'Books up to 500 documents, with a result for each', params: inProgram, body: t.batchInput, answer: t.batchAnswer, refusals: ['busy'] }),
  previewTransaction: operation({ method: 'POST', path: `${P}/transactions/preview`, access: 'transactions.read', summary: 'What a document would earn; saves nothing', params: inProgram, body: t.transactionPreviewInput, answer: t.transactionAnswer, refusals: ['currency_wrong', 'occurred_in_future', 'occurred_too_long_ago', 'lines_differ_from_total', 'line_repeated', 'payments_exceed_total', 'payment_incomplete', 'points_not_enough', 'wallet_unknown', 'wallet_not_spendable', 'member_unknown', 'phone_invalid', 'hold_resolved', 'account_suspended', 'document_differs'] }),
  listTransactions: operation({ method: 'GET', path: `${P}/transactions`, access: 'transactions.read', summary: 'Documents, newest first', params: inProgram, query: t.transactionListQuery, answer: t.transactionPage, refusals: [] }),
  getTransaction: operation({ method: 'GET', path: `${P}/transactions/{transaction}`, access: 'transactions.read', summary: 'One document with lines, awards and reasons', params: at('transaction', s.transactionId), answer: t.transaction, refusals: [] }),
  claimTransaction: operation({ method: 'POST', path: `${P}/transactions/{transaction}/claim`, access: 'transactions.write', summary: 'Gives a sale without a member to a member', params: at('transaction', s.transactionId), body: t.claimInput, answer: t.transactionAnswer, refusals: [...memberRefusals, 'transaction_not_claimable', 'phone_invalid', 'adjust_own_account'] }),
  voidTransaction: operation({ method: 'POST', path: `${P}/transactions/{transaction}/void`, access: 'transactions.write', summary: 'Undoes a sale booked by mistake', params: at('transaction', s.transactionId), body: t.voidInput, answer: t.transactionAnswer, refusals: ['transaction_not_voidable'] }),
  markTransaction: operation({ method: 'POST', path: `${P}/transactions/{transaction}/milestones`, access: 'transactions.write', summary: 'Tells that a sale was delivered or paid, once: points that waited for it can be used', params: at('transaction', s.transactionId), body: t.milestoneInput, answer: t.milestoneAnswer, refusals: ['transaction_not_markable'] }),

  // earning rules
  listRules: operation({ method: 'GET', path: `${P}/earning-rules`, access: 'rules.read', summary: 'Earning rules', params: inProgram, answer: r.earningRuleList, refusals: [] }),
  createRule: operation({ method: 'POST', path: `${P}/earning-rules`, access: 'rules.write', summary: 'Starts a rule as a draft', params: inProgram, body: r.newRule, answer: r.earningRuleDetail, refusals: ['wallet_unknown', 'product_set_unknown', 'event_type_unknown'] }),
  getRule: operation({ method: 'GET', path: `${P}/earning-rules/{rule}`, access: 'rules.read', summary: 'One rule with its versions', params: at('rule', s.ruleId), answer: r.earningRuleDetail, refusals: [] }),
  changeRule: operation({ method: 'PATCH', path: `${P}/earning-rules/{rule}`, access: 'rules.write', summary: 'Changes the draft; a published version never changes', params: at('rule', s.ruleId), body: r.ruleChange, answer: r.earningRuleDetail, refusals: ['rule_changed_meanwhile', 'rule_state_wrong', 'wallet_unknown', 'product_set_unknown', 'event_type_unknown'] }),
  publishRule: operation({ method: 'POST', path: `${P}/earning-rules/{rule}/publish`, access: 'rules.write', summary: 'Publishes the draft as a new version', params: at('rule', s.ruleId), body: r.rulePublish, answer: r.earningRuleDetail, refusals: ['rule_changed_meanwhile', 'rule_state_wrong', 'rule_starts_in_past', 'notice_too_short'] }),
  rollbackRule: operation({ method: 'POST', path: `${P}/earning-rules/{rule}/rollback`, access: 'rules.write', summary: 'Publishes an older version again, as a new one; the draft stays', params: at('rule', s.ruleId), body: r.ruleRollback, answer: r.earningRuleDetail, refusals: ['rule_changed_meanwhile', 'rule_state_wrong', 'rule_starts_in_past', 'notice_too_short', 'wallet_unknown'] }),
  compareRule: operation({ method: 'GET', path: `${P}/earning-rules/{rule}/difference`, access: 'rules.read', summary: 'What differs between two versions, and whether members may get less', params: at('rule', s.ruleId), query: r.ruleDifferenceQuery, answer: r.ruleDifference, refusals: [] }),
  approveRule: operation({ method: 'POST', path: `${P}/earning-rules/{rule}/approve`, access: 'rules.write', summary: 'Takes the step that another person proposed', params: at('rule', s.ruleId), body: r.ruleStep, answer: r.earningRuleDetail, refusals: ['rule_changed_meanwhile', 'rule_state_wrong', 'approval_not_yours', 'notice_too_short'] }),
  declineRule: operation({ method: 'POST', path: `${P}/earning-rules/{rule}/decline`, access: 'rules.write', summary: 'Drops the proposed step', params: at('rule', s.ruleId), body: r.ruleStep, answer: r.earningRuleDetail, refusals: ['rule_changed_meanwhile', 'rule_state_wrong'] }),
  pauseRule: operation({ method: 'POST', path: `${P}/earning-rules/{rule}/pause`, access: 'rules.write', summary: 'Stops the rule for new sales', params: at('rule', s.ruleId), body: r.ruleStep, answer: r.earningRuleDetail, refusals: ['rule_changed_meanwhile', 'rule_state_wrong'] }),
  resumeRule: operation({ method: 'POST', path: `${P}/earning-rules/{rule}/resume`, access: 'rules.write', summary: 'Starts a paused rule again', params: at('rule', s.ruleId), body: r.ruleStep, answer: r.earningRuleDetail, refusals: ['rule_changed_meanwhile', 'rule_state_wrong'] }),
  endRule: operation({ method: 'POST', path: `${P}/earning-rules/{rule}/end`, access: 'rules.write', summary: 'Ends the rule for good', params: at('rule', s.ruleId), body: r.ruleStep, answer: r.earningRuleDetail, refusals: ['rule_changed_meanwhile', 'rule_state_wrong'] }),
  getEarningBase: operation({ method: 'GET', path: `${P}/earning-base`, access: 'rules.read', summary: 'What earns points, settled once for the program', params: inProgram, answer: r.earningBase, refusals: [] }),
  changeEarningBase: operation({ method: 'PATCH', path: `${P}/earning-base`, access: 'rules.write', summary: 'Changes what earns, for documents from now on: a new ruleset, as publishing writes one', params: inProgram, body: r.earningBaseChange, answer: r.earningBase, refusals: ['rule_changed_meanwhile'] }),

  // sets of articles that rules name
  listProductSets: operation({ method: 'GET', path: `${P}/product-sets`, access: 'rules.read', summary: 'Sets of articles', params: inProgram, answer: ps.productSetList, refusals: [] }),
  createProductSet: operation({ method: 'POST', path: `${P}/product-sets`, access: 'rules.write', summary: 'Makes a set of up to 100,000 article codes', params: inProgram, body: ps.newProductSet, answer: ps.productSetDetail, refusals: ['product_set_exists'] }),
  getProductSet: operation({ method: 'GET', path: `${P}/product-sets/{set}`, access: 'rules.read', summary: 'One set with its versions', params: at('set', s.productSetId), answer: ps.productSetDetail, refusals: [] }),
  getProductSetCodes: operation({ method: 'GET', path: `${P}/product-sets/{set}/codes`, access: 'rules.read', summary: 'All codes of a version, the newest when none is named', params: at('set', s.productSetId), query: ps.productSetCodesQuery, answer: ps.productSetCodes, refusals: [] }),
  changeProductSet: operation({ method: 'POST', path: `${P}/product-sets/{set}/versions`, access: 'rules.write', summary: 'A new version with other codes; rules in force go by it from now on', params: at('set', s.productSetId), body: ps.productSetChange, answer: ps.productSetDetail, refusals: ['rule_changed_meanwhile', 'product_set_full'] }),

  // events: what earns points besides purchases
  listEventTypes: operation({ method: 'GET', path: `${P}/event-types`, access: 'rules.read', summary: 'Events that rules may answer to: the built-in ones and the program’s own', params: inProgram, answer: e.eventTypeList, refusals: [] }),
  createEventType: operation({ method: 'POST', path: `${P}/event-types`, access: 'rules.write', summary: 'Adds an event of the program’s own, with typed fields', params: inProgram, body: e.newEventType, answer: e.eventType, refusals: ['event_type_exists'] }),
  changeEventType: operation({ method: 'PATCH', path: `${P}/event-types/{eventType}`, access: 'rules.write', summary: 'Changes the program’s own event, or retires it', params: at('eventType', s.code), body: e.eventTypeChange, answer: e.eventType, refusals: ['rule_changed_meanwhile'] }),
  recordEvent: operation({ method: 'POST', path: `${P}/events`, access: 'events.write', summary: 'Books an event of a member, once', params: inProgram, body: e.eventInput, answer: t.transactionAnswer, refusals: [...memberRefusals, 'event_type_unknown', 'event_automatic', 'document_differs', 'occurred_in_future', 'occurred_too_long_ago', 'busy', 'phone_invalid', 'adjust_own_account'] }),
  previewEvent: operation({ method: 'POST', path: `${P}/events/preview`, access: 'events.read', summary: 'What an event would earn; saves nothing', params: inProgram, body: e.eventPreviewInput, answer: t.transactionAnswer, refusals: [...memberRefusals, 'event_type_unknown', 'occurred_in_future', 'occurred_too_long_ago', 'phone_invalid'] }),

  // levels
  getTiers: operation({ method: 'GET', path: `${P}/tiers`, access: 'rules.read', summary: 'The ladder of levels, its versions and how many members stand on each', params: inProgram, answer: l.tierSettings, refusals: [] }),
  changeTiers: operation({ method: 'PATCH', path: `${P}/tiers`, access: 'rules.write', summary: 'Saves the draft of the ladder; a published version never changes', params: inProgram, body: l.tierDraft, answer: l.tierSettings, refusals: ['rule_changed_meanwhile'] }),
  publishTiers: operation({ method: 'POST', path: `${P}/tiers/publish`, access: 'rules.write', summary: 'Publishes the draft, in force from the start of a local day', params: inProgram, body: l.tierPublish, answer: l.tierSettings, refusals: ['rule_changed_meanwhile', 'tiers_nothing_to_publish', 'rule_starts_in_past'] }),
  previewTiers: operation({ method: 'POST', path: `${P}/tiers/preview`, access: 'rules.read', summary: 'What members measure today, to lay thresholds over', params: inProgram, body: l.tierPreviewInput, answer: l.tierPreview, refusals: [] }),
  getMemberTier: operation({ method: 'GET', path: `${P}/members/{member}/tier`, access: 'members.read', summary: 'The member’s level and what is missing to the next', params: at('member', s.memberRef), answer: l.memberTierAnswer, refusals: ['member_unknown'] }),
  grantTier: operation({ method: 'POST', path: `${P}/members/{member}/tier/grant`, access: 'tiers.write', summary: 'Gives a level by hand, through a day', params: at('member', s.memberRef), body: l.tierGrantInput, answer: l.memberTierAnswer, refusals: [...memberRefusals, 'tiers_none', 'tier_unknown', 'tier_grant_ended', 'adjust_own_account'] }),
  revokeTier: operation({ method: 'POST', path: `${P}/members/{member}/tier/revoke`, access: 'tiers.write', summary: 'Takes a level back that was given by hand', params: at('member', s.memberRef), body: l.tierRevokeInput, answer: l.memberTierAnswer, refusals: [...memberRefusals, 'tiers_none', 'tier_not_granted', 'adjust_own_account'] }),
  listTierChanges: operation({ method: 'GET', path: `${P}/members/{member}/tier/changes`, access: 'members.read', summary: 'Changes of the member’s level, newest first', params: at('member', s.memberRef), query: l.tierChangeQuery, answer: l.tierChangePage, refusals: ['member_unknown'] }),
  getReferralSettings: operation({ method: 'GET', path: `${P}/referral-settings`, access: 'events.read', summary: 'How long a friend’s first sale may still go back, and how many were invited', params: inProgram, answer: k.referralSettings, refusals: [] }),
  changeReferralSettings: operation({ method: 'PATCH', path: `${P}/referral-settings`, access: 'settings.write', summary: 'Changes the days in which a return stops the reward for an invitation', params: inProgram, body: k.referralSettingsChange, answer: k.referralSettings, refusals: [] }),
  listCodeBatches: operation({ method: 'GET', path: `${P}/code-batches`, access: 'events.read', summary: 'Batches of codes in packages, with how many are used', params: inProgram, answer: k.codeBatchList, refusals: [] }),
  createCodeBatch: operation({ method: 'POST', path: `${P}/code-batches`, access: 'rules.write', summary: 'Makes a batch of codes; they are shown once', params: inProgram, body: k.newCodeBatch, answer: k.madeCodeBatch, refusals: ['secret_shown_once'] }),
  stopCodeBatch: operation({ method: 'POST', path: `${P}/code-batches/{codeBatch}/stop`, access: 'rules.write', summary: 'Stops a batch: none of its codes can be used any more', params: at('codeBatch', s.codeBatchId), answer: k.codeBatch, refusals: [] }),
  redeemCode: operation({ method: 'POST', path: `${P}/codes/redeem`, access: 'events.write', summary: 'Uses a code from a package up for a member, once', params: inProgram, body: k.codeRedemption, answer: t.transactionAnswer, refusals: [...memberRefusals, 'package_code_wrong', 'package_code_used', 'package_code_over', 'package_code_early', 'too_many_requests', 'phone_invalid'] }),
  sendWorkReport: operation({ method: 'POST', path: `${P}/members/{member}/work-reports`, access: 'events.write', summary: 'Sends a report of completed works for a member; it waits for approval', params: at('member', s.memberRef), body: wr.newWorkReport, answer: wr.workReport, refusals: [...memberRefusals, ...reportRefusals] }),
  listWorkReports: operation({ method: 'GET', path: `${P}/work-reports`, access: 'events.read', summary: 'Reports of completed works: those that wait, oldest first; otherwise newest first', params: inProgram, query: wr.workReportListQuery, answer: wr.workReportPage, refusals: [] }),
  getWorkReport: operation({ method: 'GET', path: `${P}/work-reports/{report}`, access: 'events.read', summary: 'One report', params: at('report', s.workReportId), answer: wr.workReport, refusals: [] }),
  getWorkReportPicture: operation({ method: 'GET', path: `${P}/work-reports/{report}/pictures/{picture}`, access: 'events.read', summary: 'A picture of a report', params: at('report', s.workReportId).extend({ picture: wr.pictureNo }), answer: wr.workReportPicture, refusals: [] }),
  approveWorkReport: operation({ method: 'POST', path: `${P}/work-reports/{report}/approve`, access: 'events.write', summary: 'Approves a report: its event is booked, once', params: at('report', s.workReportId), answer: wr.workReport, refusals: ['work_report_decided', 'adjust_own_account', ...memberRefusals] }),
  rejectWorkReport: operation({ method: 'POST', path: `${P}/work-reports/{report}/reject`, access: 'events.write', summary: 'Rejects a report with a reason that the member reads', params: at('report', s.workReportId), body: wr.workReportRejection, answer: wr.workReport, refusals: ['work_report_decided', 'adjust_own_account'] }),
  startReplay: operation({ method: 'POST', path: `${P}/replays`, access: 'rules.write', summary: 'Decides history again with changed rules, to see what would be different; books nothing', params: inProgram, body: y.replayInput, answer: y.replay, refusals: ['replay_running', 'wallet_unknown', 'rule_state_wrong'] }),
  listReplays: operation({ method: 'GET', path: `${P}/replays`, access: 'reports.read', summary: 'Replays, newest first', params: inProgram, answer: y.replayList, refusals: [] }),
  getReplay: operation({ method: 'GET', path: `${P}/replays/{replay}`, access: 'reports.read', summary: 'How far a replay is, and what came of it', params: at('replay', s.replayId), answer: y.replay, refusals: [] }),
  cancelReplay: operation({ method: 'POST', path: `${P}/replays/{replay}/cancel`, access: 'rules.write', summary: 'Stops a replay that is not over', params: at('replay', s.replayId), answer: y.replay, refusals: [] }),
  getReplayTable: operation({ method: 'GET', path: `${P}/replays/{replay}/tables/{table}`, access: 'reports.read', summary: 'A table of the result as CSV', params: at('replay', s.replayId).extend({ table: y.replayTableName }), answer: y.replayTable, refusals: [] }),
  startRepair: operation({ method: 'POST', path: `${P}/repairs`, access: 'points.repair', summary: 'Decides the documents of a period again by the right rule, to see what members should have; books nothing yet', params: inProgram, body: h.repairInput, answer: h.repair, refusals: ['repair_running', 'rule_state_wrong'] }),
  listRepairs: operation({ method: 'GET', path: `${P}/repairs`, access: 'points.repair', summary: 'Repairs of history, newest first', params: inProgram, answer: h.repairList, refusals: [] }),
  getRepair: operation({ method: 'GET', path: `${P}/repairs/{repair}`, access: 'points.repair', summary: 'How far a repair is, and what it changes', params: at('repair', s.repairId), answer: h.repair, refusals: [] }),
  getRepairTable: operation({ method: 'GET', path: `${P}/repairs/{repair}/table`, access: 'points.repair', summary: 'The differences of all members as CSV', params: at('repair', s.repairId), answer: h.repairTable, refusals: [] }),
  cancelRepair: operation({ method: 'POST', path: `${P}/repairs/{repair}/cancel`, access: 'points.repair', summary: 'Stops a repair before anything is booked', params: at('repair', s.repairId), answer: h.repair, refusals: ['repair_state_wrong'] }),
  bookRepair: operation({ method: 'POST', path: `${P}/repairs/{repair}/book`, access: 'points.repair', summary: 'Books the differences as adjustments, each once; a worker does it and goes on where it stopped', params: at('repair', s.repairId), body: h.repairReason, answer: h.repair, refusals: ['repair_state_wrong', 'repair_not_exact', 'repair_outdated', 'repair_running'] }),
  undoRepair: operation({ method: 'POST', path: `${P}/repairs/{repair}/undo`, access: 'points.repair', summary: 'Undoes all that a repair booked, as one batch', params: at('repair', s.repairId), body: h.repairReason, answer: h.repair, refusals: ['repair_state_wrong', 'repair_running'] }),

  // thresholds, challenges, badges, leaderboards
  listGoals: operation({ method: 'GET', path: `${P}/goals`, access: 'rules.read', summary: 'Thresholds and challenges', params: inProgram, query: g.goalListQuery, answer: g.goalList, refusals: [] }),
  createGoal: operation({ method: 'POST', path: `${P}/goals`, access: 'rules.write', summary: 'Starts a threshold or a challenge as a draft', params: inProgram, body: g.newGoal, answer: g.goalDetail, refusals: ['event_type_unknown'] }),
  previewGoal: operation({ method: 'POST', path: `${P}/goals/preview`, access: 'rules.write', summary: 'How far members would be by now, on a sample; saves nothing', params: inProgram, body: g.newGoal, answer: g.goalPreview, refusals: ['event_type_unknown'] }),
  getGoal: operation({ method: 'GET', path: `${P}/goals/{goal}`, access: 'rules.read', summary: 'One threshold or challenge with its versions and how far members are', params: at('goal', s.goalId), answer: g.goalDetail, refusals: [] }),
  changeGoal: operation({ method: 'PATCH', path: `${P}/goals/{goal}`, access: 'rules.write', summary: 'Changes the draft; a published version never changes', params: at('goal', s.goalId), body: g.goalChange, answer: g.goalDetail, refusals: ['rule_changed_meanwhile', 'goal_state_wrong', 'event_type_unknown'] }),
  publishGoal: operation({ method: 'POST', path: `${P}/goals/{goal}/publish`, access: 'rules.write', summary: 'Publishes the draft: it counts from now on', params: at('goal', s.goalId), body: g.goalStep, answer: g.goalDetail, refusals: ['rule_changed_meanwhile', 'goal_state_wrong'] }),
  endGoal: operation({ method: 'POST', path: `${P}/goals/{goal}/end`, access: 'rules.write', summary: 'Ends it for good; what it gave stays', params: at('goal', s.goalId), body: g.goalStep, answer: g.goalDetail, refusals: ['rule_changed_meanwhile', 'goal_state_wrong'] }),
  listBadges: operation({ method: 'GET', path: `${P}/badges`, access: 'rules.read', summary: 'The catalogue of badges', params: inProgram, answer: g.badgeList, refusals: [] }),
  createBadge: operation({ method: 'POST', path: `${P}/badges`, access: 'rules.write', summary: 'Adds a badge', params: inProgram, body: g.badgeInput, answer: g.badge, refusals: [] }),
  changeBadge: operation({ method: 'PATCH', path: `${P}/badges/{badge}`, access: 'rules.write', summary: 'Changes a badge, also for those who have it', params: at('badge', s.badgeId), body: g.badgeChange, answer: g.badge, refusals: ['rule_changed_meanwhile'] }),
  getMemberGoals: operation({ method: 'GET', path: `${P}/members/{member}/goals`, access: 'points.read', summary: 'A member’s progress, badges, coupons and forecasts', params: at('member', s.memberRef), answer: g.memberGoals, refusals: ['member_unknown'] }),
  useCoupon: operation({ method: 'POST', path: `${P}/coupons/use`, access: 'orders.write', summary: 'Marks a member’s coupon as used, once', params: inProgram, body: g.couponUse, answer: g.usedCoupon, refusals: ['coupon_unknown', 'coupon_used'] }),
  listLeaderboards: operation({ method: 'GET', path: `${P}/leaderboards`, access: 'rules.read', summary: 'Leaderboards', params: inProgram, answer: g.leaderboardList, refusals: [] }),
  createLeaderboard: operation({ method: 'POST', path: `${P}/leaderboards`, access: 'rules.write', summary: 'Adds a leaderboard', params: inProgram, body: g.leaderboardInput, answer: g.leaderboard, refusals: ['wallet_unknown'] }),
  getLeaderboard: operation({ method: 'GET', path: `${P}/leaderboards/{leaderboard}`, access: 'rules.read', summary: 'One leaderboard with its places', params: at('leaderboard', s.leaderboardId), answer: g.leaderboardDetail, refusals: [] }),
  changeLeaderboard: operation({ method: 'PATCH', path: `${P}/leaderboards/{leaderboard}`, access: 'rules.write', summary: 'Changes a leaderboard, or hides it', params: at('leaderboard', s.leaderboardId), body: g.leaderboardChange, answer: g.leaderboard, refusals: ['rule_changed_meanwhile', 'wallet_unknown'] }),

  // rewards and orders
  listRewards: operation({ method: 'GET', path: `${P}/rewards`, access: 'rewards.read', summary: 'The catalogue', params: inProgram, answer: o.rewardList, refusals: [] }),
  createReward: operation({ method: 'POST', path: `${P}/rewards`, access: 'rewards.write', summary: 'Adds a reward', params: inProgram, body: o.rewardInput, answer: o.reward, refusals: ['wallet_unknown', 'wallet_not_spendable'] }),
  getReward: operation({ method: 'GET', path: `${P}/rewards/{reward}`, access: 'rewards.read', summary: 'One reward', params: at('reward', s.rewardId), answer: o.reward, refusals: [] }),
  changeReward: operation({ method: 'PATCH', path: `${P}/rewards/{reward}`, access: 'rewards.write', summary: 'Changes a reward or its stock', params: at('reward', s.rewardId), body: o.rewardChange, answer: o.reward, refusals: ['rule_changed_meanwhile', 'stock_not_enough'] }),
  placeOrder: operation({ method: 'POST', path: `${P}/orders`, access: 'orders.write', summary: 'Orders rewards for a member: holds the points and takes the stock', params: inProgram, body: o.orderInput, answer: o.orderAnswer, refusals: [...memberRefusals, 'points_not_enough', 'stock_not_enough', 'reward_not_offered', 'reward_limit_reached', 'one_wallet_an_order', 'account_suspended', 'phone_invalid'] }),
  listOrders: operation({ method: 'GET', path: `${P}/orders`, access: 'orders.read', summary: 'Orders, newest first', params: inProgram, query: o.orderListQuery, answer: o.orderPage, refusals: [] }),
  getOrder: operation({ method: 'GET', path: `${P}/orders/{order}`, access: 'orders.read', summary: 'One order', params: at('order', s.orderId), answer: o.order, refusals: [] }),
  confirmOrder: operation({ method: 'POST', path: `${P}/orders/{order}/confirm`, access: 'orders.write', summary: 'Captures the points: the reward is handed over', params: at('order', s.orderId), answer: o.orderAnswer, refusals: ['order_state_wrong'] }),
  cancelOrder: operation({ method: 'POST', path: `${P}/orders/{order}/cancel`, access: 'orders.write', summary: 'Gives points and stock back', params: at('order', s.orderId), body: o.orderCancel, answer: o.orderAnswer, refusals: ['order_state_wrong'] }),

  // portal: the member's own pages
  getPortal: operation({ method: 'GET', path: `${P}/portal`, access: 'public', summary: 'What anybody may know of the program', params: inProgram, answer: p.portalProgram, refusals: [] }),
  joinProgram: operation({ method: 'POST', path: `${P}/portal/join`, access: 'public', summary: 'Asks to join: a code goes to the address, which proves it', params: inProgram, body: m.joinInput, answer: m.codeSent, refusals: ['terms_version_unknown', 'phone_invalid', 'too_many_requests'] }),
  requestMemberCode: operation({ method: 'POST', path: `${P}/portal/code`, access: 'public', summary: 'Sends a one-time code; the answer is the same for unknown addresses', params: inProgram, body: m.codeRequest, answer: m.codeSent, refusals: ['too_many_requests'] }),
  confirmMemberCode: operation({ method: 'POST', path: `${P}/portal/code/confirm`, access: 'public', summary: 'Opens the member’s session with the code', params: inProgram, body: m.codeConfirm, answer: m.member, refusals: ['code_wrong', 'too_many_requests', 'identifier_taken'] }),
  memberSignOut: operation({ method: 'POST', path: `${P}/me/sign-out`, access: 'member', summary: 'Ends the member’s session', params: inProgram, answer: s.done, refusals: [] }),
  getMyself: operation({ method: 'GET', path: `${P}/me`, access: 'member', summary: 'The signed-in member', params: inProgram, answer: m.member, refusals: [] }),
  changeMyself: operation({ method: 'PATCH', path: `${P}/me`, access: 'member', summary: 'Changes the own profile', params: inProgram, body: m.myChange, answer: m.member, refusals: ['member_closed', 'identifier_taken', 'phone_invalid', 'too_many_requests'] }),
  requestMyEmailCode: operation({ method: 'POST', path: `${P}/me/email`, access: 'member', summary: 'Sends a code to a new e-mail address; the answer is the same for an address that somebody has', params: inProgram, body: m.codeRequest, answer: m.codeSent, refusals: ['too_many_requests'] }),
  confirmMyEmail: operation({ method: 'POST', path: `${P}/me/email/confirm`, access: 'member', summary: 'Makes the address that the code proves the own one', params: inProgram, body: m.codeConfirm, answer: m.member, refusals: ['code_wrong', 'too_many_requests', 'identifier_taken', 'member_closed'] }),
  closeMyAccount: operation({ method: 'POST', path: `${P}/me/close`, access: 'member', summary: 'Ends the own membership for good and signs out', params: inProgram, body: m.myClosing, answer: s.done, refusals: [] }),
  getMyBalances: operation({ method: 'GET', path: `${P}/me/balances`, access: 'member', summary: 'Own balances with every lot', params: inProgram, answer: w.balances, refusals: [] }),
  listMyHistory: operation({ method: 'GET', path: `${P}/me/history`, access: 'member', summary: 'Own movements, newest first', params: inProgram, query: s.pageQuery, answer: s.page('MyHistoryPage', w.historyEntry), refusals: [] }),
  explainMyTransfer: operation({ method: 'GET', path: `${P}/me/transfers/{transfer}/explanation`, access: 'member', summary: 'Why these points came or went', params: at('transfer', s.transferId), answer: w.explanation, refusals: [] }),
  getMyTier: operation({ method: 'GET', path: `${P}/me/tier`, access: 'member', summary: 'Own level and what is missing to the next', params: inProgram, answer: l.memberTierAnswer, refusals: [] }),
  getMyGoals: operation({ method: 'GET', path: `${P}/me/goals`, access: 'member', summary: 'Own progress, badges, coupons and forecasts', params: inProgram, answer: g.memberGoals, refusals: [] }),
  getMyLeaderboards: operation({ method: 'GET', path: `${P}/me/leaderboards`, access: 'member', summary: 'Leaderboards with the own place', params: inProgram, answer: g.myLeaderboards, refusals: [] }),
  joinLeaderboards: operation({ method: 'POST', path: `${P}/me/leaderboards/join`, access: 'member', summary: 'Agrees to stand on leaderboards under a nickname, or changes it', params: inProgram, body: g.nicknameInput, answer: g.myLeaderboards, refusals: ['nickname_taken', 'member_blocked', 'member_closed'] }),
  leaveLeaderboards: operation({ method: 'POST', path: `${P}/me/leaderboards/leave`, access: 'member', summary: 'Leaves every leaderboard at once', params: inProgram, answer: g.myLeaderboards, refusals: [] }),
  getMyWays: operation({ method: 'GET', path: `${P}/me/ways`, access: 'member', summary: 'Ways to more points that are open now', params: inProgram, answer: k.myWays, refusals: [] }),
  redeemMyCode: operation({ method: 'POST', path: `${P}/me/codes`, access: 'member', summary: 'Uses a code from a package up', params: inProgram, body: k.myCodeRedemption, answer: t.transactionAnswer, refusals: ['member_blocked', 'member_closed', 'package_code_wrong', 'package_code_used', 'package_code_over', 'package_code_early', 'too_many_requests'] }),
  sendMyWorkReport: operation({ method: 'POST', path: `${P}/me/work-reports`, access: 'member', summary: 'Sends a report of own completed works with pictures; it waits for approval', params: inProgram, body: wr.newWorkReport, answer: wr.workReport, refusals: ['member_blocked', 'member_closed', ...reportRefusals] }),
  listMyWorkReports: operation({ method: 'GET', path: `${P}/me/work-reports`, access: 'member', summary: 'Own reports, newest first', params: inProgram, query: s.pageQuery, answer: wr.workReportPage, refusals: [] }),
  getMyWorkReportPicture: operation({ method: 'GET', path: `${P}/me/work-reports/{report}/pictures/{picture}`, access: 'member', summary: 'A picture of an own report', params: at('report', s.workReportId).extend({ picture: wr.pictureNo }), answer: wr.workReportPicture, refusals: [] }),
  placeMyOrder: operation({ method: 'POST', path: `${P}/me/orders`, access: 'member', summary: 'Orders rewards for own points', params: inProgram, body: o.myOrderInput, answer: o.orderAnswer, refusals: ['points_not_enough', 'stock_not_enough', 'reward_not_offered', 'reward_limit_reached', 'one_wallet_an_order', 'member_blocked', 'account_suspended', 'member_closed'] }),
  listMyGrants: operation({ method: 'GET', path: `${P}/me/grants`, access: 'member', summary: 'Own coupons, badges and draw tickets that rules gave, newest first; tags and messages are the organiser’s own', params: inProgram, query: s.pageQuery, answer: t.grantPage, refusals: [] }),
  findMyRecipient: operation({ method: 'POST', path: `${P}/me/transfers/recipient`, access: 'member', summary: 'Whom a number or a card means, masked, before points are moved there; few wrong guesses an hour', params: inProgram, body: w.recipientQuestion, answer: w.recipient, refusals: ['transfer_recipient_wrong', 'transfers_not_allowed', 'member_blocked', 'member_closed', 'too_many_requests'] }),
  moveMyPoints: operation({ method: 'POST', path: `${P}/me/transfers`, access: 'member', summary: 'Moves own points to another member; an unknown receiver and one who cannot have points are refused alike', params: inProgram, body: w.memberTransferInput, answer: w.memberTransferAnswer, refusals: ['wallet_unknown', ...moveRefusals, 'member_blocked', 'member_closed', 'too_many_requests'] }),
  listMyOrders: operation({ method: 'GET', path: `${P}/me/orders`, access: 'member', summary: 'Own orders, newest first', params: inProgram, query: s.pageQuery, answer: o.orderPage, refusals: [] }),
  cancelMyOrder: operation({ method: 'POST', path: `${P}/me/orders/{order}/cancel`, access: 'member', summary: 'Cancels an order that is not confirmed yet', params: at('order', s.orderId), answer: o.orderAnswer, refusals: ['order_state_wrong', 'order_not_cancellable'] }),
} as const;

export type Operations = typeof operations;
export type OperationId = keyof Operations;
