// Generated from contract/openapi.json by `npm run generate`. Do not edit.

export type AdjustmentInput = { wallet?: string; points: number; reason: string; expiresOn?: string | null; tell?: ("members" | "systems")[] };
export type ApiKey = { id: string; name: string; hint: string; scopes: (string)[]; createdAt: string; revokedAt: string | null; lastUsedAt: string | null };
export type ApiKeyInput = { name: string; scopes: ("members.read" | "members.write" | "transactions.read" | "transactions.write" | "points.read" | "points.adjust" | "points.clear" | "points.repair" | "points.spend" | "tiers.write" | "rules.read" | "rules.write" | "events.read" | "events.write" | "rewards.read" | "rewards.write" | "orders.read" | "orders.write" | "reports.read" | "messages.read" | "settings.read" | "settings.write" | "access.manage" | "audit.read" | "testclock.move")[] };
export type ApiKeyList = { items: (ApiKey)[] };
export type AuditEntry = { id: string; at: string; actor: string; action: string; subject: string | null; details: Record<string, string | number | boolean | null | (string)[]> };
export type AuditPage = { items: (AuditEntry)[]; next: string | null };
export type Award = { wallet: string; points: number; rule: string; reason: string; expiresOn: string | null; pendingUntil: string | null };
export type Badge = { id: string; name: string; description: string | null; shape: "circle" | "shield" | "hexagon" | "flower" | "star" | "ribbon"; icon: "cup" | "cake" | "heart" | "star" | "flame" | "crown" | "leaf" | "bolt" | "gift" | "map" | "sun" | "moon"; color: "amber" | "orange" | "rose" | "violet" | "blue" | "teal" | "green" | "slate"; code: string | null; revision: number; holders: number };
export type BadgeChange = { revision: number; name: string; description: string | null; shape: "circle" | "shield" | "hexagon" | "flower" | "star" | "ribbon"; icon: "cup" | "cake" | "heart" | "star" | "flame" | "crown" | "leaf" | "bolt" | "gift" | "map" | "sun" | "moon"; color: "amber" | "orange" | "rose" | "violet" | "blue" | "teal" | "green" | "slate"; code?: string | null };
export type BadgeFace = { id: string; name: string; description: string | null; shape: "circle" | "shield" | "hexagon" | "flower" | "star" | "ribbon"; icon: "cup" | "cake" | "heart" | "star" | "flame" | "crown" | "leaf" | "bolt" | "gift" | "map" | "sun" | "moon"; color: "amber" | "orange" | "rose" | "violet" | "blue" | "teal" | "green" | "slate" };
export type BadgeInput = { name: string; description: string | null; shape: "circle" | "shield" | "hexagon" | "flower" | "star" | "ribbon"; icon: "cup" | "cake" | "heart" | "star" | "flame" | "crown" | "leaf" | "bolt" | "gift" | "map" | "sun" | "moon"; color: "amber" | "orange" | "rose" | "violet" | "blue" | "teal" | "green" | "slate"; code?: string | null };
export type BadgeList = { items: (Badge)[] };
export type Balances = { balances: (WalletBalance)[]; lots: (Lot)[] };
export type Card = { number: string; active: boolean; since: string };
export type CardInput = { number: string; replaces?: string };
export type ChallengeDefinition = { kind: "challenge"; name: string; description: string | null; reward: GoalReward; onReturn: "takeBack" | "keep"; who?: Condition | null; trigger?: RuleTrigger; when: Condition | null; lines: Condition | null; task: ChallengeTask; window: { kind: "once" | "week" | "month"; from: string; until: string | null } };
export type ChallengeTask = { kind: "count"; of: "documents" | "lines" | "amount" | "quantity"; target: number } | { kind: "streak"; every: "day" | "week"; length: number } | { kind: "collection"; by: "category" | "sku" | "brand" | "store"; items: (string)[] };
export type Circle = { id: string; kind: "household" | "company"; name: string; members: number; createdAt: string };
export type CircleChange = { name: string };
export type CircleDetail = { id: string; kind: "household" | "company"; name: string; members: number; createdAt: string; people: (MemberRow)[] };
export type CirclePage = { items: (Circle)[]; next: string | null };
export type CircleRef = { id: string; name: string };
export type ClaimInput = { member: MemberPointer };
export type CodeBatch = { id: string; name: string; label: string; issued: number; used: number; validFrom: string | null; validUntil: string | null; state: "active" | "stopped"; createdAt: string };
export type CodeBatchList = { items: (CodeBatch)[] };
export type CodeConfirm = { email: string; code: string };
export type CodeRedemption = { code: string; member: MemberPointer };
export type CodeRequest = { email: string };
export type CodeSent = { sent: true; validMinutes: number };
export type Condition = { all: (Condition)[] } | { any: (Condition)[] } | { none: (Condition)[] } | { attribute: string; operator: string; value?: string | number | boolean | ((string | number)[]) };
export type Coupon = { code: string; title: string; goal: string; grantedAt: string; usedAt: string | null };
export type CouponUse = { code: string };
export type DiscardedDraft = { rule: EarningRuleDetail | null };
export type DocumentValues = { items: ({ attribute: string; values: (string)[] })[] };
export type Done = { done: true };
export type EarningBase = { kinds: ("goods" | "service" | "shipping" | "gift_card")[]; excludedCategories: (string)[]; excludedBrands: (string)[]; excludedSkus: (string)[]; paidWithPointsEarns: boolean; amounts: "gross" | "net"; netRounding: "down" | "nearest" | "up"; discount: "after" | "before"; multipliers: "add" | "multiply"; version: number; revision: number; ruleset: number; changedAt: string | null; draft: EarningBaseSettings | null; proposal: { version: number | null; inForceFrom: string | null; by: string; yours: boolean; at: string } | null; versions: ({ version: number; publishedAt: string; publishedBy: string; inForceFrom: string; withdrawnBy: number | null; settings: EarningBaseSettings })[] };
export type EarningBaseChange = { kinds: ("goods" | "service" | "shipping" | "gift_card")[]; excludedCategories: (string)[]; excludedBrands: (string)[]; excludedSkus: (string)[]; paidWithPointsEarns: boolean; amounts: "gross" | "net"; netRounding: "down" | "nearest" | "up"; discount: "after" | "before"; multipliers: "add" | "multiply"; revision: number };
export type EarningBaseSettings = { kinds: ("goods" | "service" | "shipping" | "gift_card")[]; excludedCategories: (string)[]; excludedBrands: (string)[]; excludedSkus: (string)[]; paidWithPointsEarns: boolean; amounts: "gross" | "net"; netRounding: "down" | "nearest" | "up"; discount: "after" | "before"; multipliers: "add" | "multiply" };
export type EarningRule = { id: string; name: string; state: "draft" | "active" | "paused" | "ended"; revision: number; draft: RuleDefinition | null; current: RuleVersion | null; sentence: string; changedAt: string; stop: { step: "pause" | "end"; inForceFrom: string } | null; proposal: { step: "publish" | "pause" | "resume" | "end"; version: number | null; inForceFrom: string | null; by: string; yours: boolean; at: string } | null };
export type EarningRuleChange = { revision: number; definition: RuleDefinition };
export type EarningRuleDetail = { id: string; name: string; state: "draft" | "active" | "paused" | "ended"; revision: number; draft: RuleDefinition | null; current: RuleVersion | null; sentence: string; changedAt: string; stop: { step: "pause" | "end"; inForceFrom: string } | null; proposal: { step: "publish" | "pause" | "resume" | "end"; version: number | null; inForceFrom: string | null; by: string; yours: boolean; at: string } | null; versions: (RuleVersion)[] };
export type EarningRuleList = { items: (EarningRule)[]; ruleset: number; base: { kinds: ("goods" | "service" | "shipping" | "gift_card")[]; excludedCategories: (string)[]; excludedBrands: (string)[]; excludedSkus: (string)[]; paidWithPointsEarns: boolean; amounts: "gross" | "net"; netRounding: "down" | "nearest" | "up"; discount: "after" | "before"; multipliers: "add" | "multiply" } };
export type EarningRulePublish = { revision: number; inForceFrom?: string; despiteNotice?: boolean };
export type EarningRuleRollback = { revision: number; inForceFrom?: string; despiteNotice?: boolean; version: number };
export type EarningRuleStep = { revision: number };
export type Effect = { kind: "perAmount"; points: number; perMinor: number; rounding: "down" | "nearest" | "up" | "steps"; per: "transaction" | "line" } | { kind: "perUnit"; points: number; perThousandths: number; rounding: "down" | "nearest" | "up" | "steps"; per: "transaction" | "line"; of?: { field: string } | null } | { kind: "fixed"; points: number } | { kind: "percent"; basisPoints: number; rounding: "down" | "nearest" | "up"; per: "transaction" | "line" } | { kind: "multiplier"; numerator: number; denominator: number } | { kind: "tierMultiplier"; tiers: ({ tier: string; hundredths: number })[] } | { kind: "grant"; what: "coupon" | "badge" | "ticket" | "tag" | "message" | "webhook"; code: string; count: number; perMinor?: number | null; message?: RuleMessage | null };
export type EventField = { key: string; kind: "text" | "number" | "amount" | "date" | "flag" | "choice"; name: string; required: boolean; options?: ({ value: string; name: string })[]; min?: number; max?: number };
export type EventInput = { source: string; externalId: string; type: string; occurredAt: string; member: MemberPointer; fields?: Record<string, string | number | boolean>; worthMinor?: number };
export type EventPreviewInput = { type: string; occurredAt: string; member: MemberPointer; fields?: Record<string, string | number | boolean>; worthMinor?: number };
export type EventType = { code: string; name: string; reason: string; fields: (EventField)[]; builtIn: boolean; automatic: boolean; reported: boolean; state: "active" | "retired"; revision: number };
export type EventTypeChange = { revision: number; name?: string; reason?: string; fields?: (EventField)[]; reported?: boolean; state?: "active" | "retired" };
export type EventTypeList = { items: (EventType)[] };
export type Excess = { lineId: string; quantity: number; amountMinor: number };
export type ExpiringPoints = { on: string; points: number };
export type ExpiryPolicy = { kind: "never" } | { kind: "months"; months: number; roundTo: "day" | "monthEnd" | "quarterEnd" | "yearEnd" } | { kind: "on"; date: string } | { kind: "yearly"; month: number; day: number; afterMonths: number } | { kind: "inactivity"; months: number };
export type ExplainedRule = { rule: string; version: number; applied: boolean; points: number; sentence: string };
export type Explanation = { transfer: HistoryEntry; sentence: string; rules: (ExplainedRule)[]; lines: ({ name: string; quantity: number; amountMinor: number; points: number; counted: boolean })[]; chain: { seq: number; hash: string; ruleset: number | null } };
export type Fault = { pointer: string; detail: string };
export type Forecast = { day: string | null; earliest: string | null; latest: string | null; why: ("fewDays" | "quiet" | "far") | null };
export type FoundCoupon = { found: UsedCoupon | null };
export type GivenBack = { wallet: string; points: number };
export type Goal = { proposal: { step: "publish" | "end"; version: number | null; inForceFrom: string | null; by: string; yours: boolean; at: string } | null; endsAt: string | null; id: string; kind: "threshold" | "challenge"; name: string; state: "draft" | "active" | "ended"; revision: number; draft: GoalDefinition | null; current: GoalVersion | null; sentence: string; changedAt: string; reward: { points: { wallet: string; points: number } | null; badge: BadgeFace | null; coupon: string | null }; figures: { begun: number; granted: number; takenBack: number; points: number } };
export type GoalChange = { revision: number; definition: GoalDefinition };
export type GoalDefinition = ThresholdDefinition | ChallengeDefinition;
export type GoalDetail = { proposal: { step: "publish" | "end"; version: number | null; inForceFrom: string | null; by: string; yours: boolean; at: string } | null; endsAt: string | null; id: string; kind: "threshold" | "challenge"; name: string; state: "draft" | "active" | "ended"; revision: number; draft: GoalDefinition | null; current: GoalVersion | null; sentence: string; changedAt: string; reward: { points: { wallet: string; points: number } | null; badge: BadgeFace | null; coupon: string | null }; figures: { begun: number; granted: number; takenBack: number; points: number }; versions: (GoalVersion)[]; period: { from: string; until: string | null } | null; distribution: ({ from: number; to: number; members: number })[] };
export type GoalList = { items: (Goal)[] };
export type GoalPreview = { sentence: string; members: number; taking: number; reached: number; distribution: ({ from: number; to: number; members: number })[]; countsFrom: string | null; fresh: boolean };
export type GoalReward = { points: { wallet: string; points: number } | null; badge: string | null; coupon: string | null };
export type GoalStep = { revision: number };
export type GoalVersion = { version: number; publishedAt: string; publishedBy: string; inForceFrom: string; withdrawnBy: number | null; definition: GoalDefinition };
export type Grant = { transaction: string; what: "coupon" | "badge" | "ticket" | "tag" | "message" | "webhook"; code: string; count: number; rule: string; kept: number; state: "granted" | "revoked"; grantedAt: string; revokedAt: string | null };
export type GrantGiven = { what: "coupon" | "badge" | "ticket" | "tag" | "message" | "webhook"; code: string; count: number; rule: string; reason: string };
export type GrantPage = { items: (Grant)[]; next: string | null };
export type Health = { ok: boolean; version: string };
export type HistoryEntry = { id: string; kind: "earn" | "return" | "spend" | "refund" | "adjust" | "move" | "expire" | "reverse"; wallet: string; points: number; at: string; reason: string; origin: { kind: "transaction" | "order" | "hold" | "adjustment" | "import" | "system" | "member"; id: string | null }; expiresOn: string | null; pendingUntil: string | null; reversible: boolean; reversed: boolean };
export type HistoryPage = { items: (HistoryEntry)[]; next: string | null };
export type Hold = { id: string; wallet: string; points: number; state: "held" | "captured" | "released"; expiresAt: string | null; balances: (WalletBalance)[] };
export type HoldInput = { wallet?: string; points: number; minutes?: number };
export type Home = { today: { date: string; sales: number; salesMinor: number; pointsEarned: number; pointsSpent: number; newMembers: number }; sameDayLastWeek: { date: string; sales: number; salesMinor: number; pointsEarned: number; pointsSpent: number; newMembers: number }; days: ({ date: string; sales: number; salesMinor: number; pointsEarned: number; pointsSpent: number; newMembers: number })[]; members: number; pointsOutstanding: number; ordersWaiting: number; wallet: string };
export type JoinInput = { firstName: string; phone?: string; email: string; birthDate?: string; termsVersion: number; invitation?: string; emailConsent?: boolean };
export type Leaderboard = { id: string; name: string; measure: { kind: "points"; wallet: string } | { kind: "challenge"; goal: string }; period: "week" | "month" | "all"; state: "shown" | "hidden"; revision: number };
export type LeaderboardChange = { revision: number; name: string; measure: { kind: "points"; wallet: string } | { kind: "challenge"; goal: string }; period: "week" | "month" | "all"; state: "shown" | "hidden" };
export type LeaderboardDetail = { id: string; name: string; measure: { kind: "points"; wallet: string } | { kind: "challenge"; goal: string }; period: "week" | "month" | "all"; state: "shown" | "hidden"; revision: number; counts: "points" | "documents" | "lines" | "amount" | "quantity" | "day" | "week" | "pieces"; wallet: string | null; stretch: { from: string; until: string | null } | null; standings: ({ place: number; nickname: string; score: number; member: string })[] };
export type LeaderboardInput = { name: string; measure: { kind: "points"; wallet: string } | { kind: "challenge"; goal: string }; period: "week" | "month" | "all"; state: "shown" | "hidden" };
export type LeaderboardList = { items: (Leaderboard)[]; members: number };
export type LevelMoves = { order: ({ code: string | null; name: string; color: string })[]; moves: ({ from: string | null; to: string | null; members: number })[]; segments: ({ by: "kind" | "membership" | "segment"; value: string; moves: ({ from: string | null; to: string | null; members: number })[] })[]; top: ({ member: string; name: string | null; from: string | null; to: string | null })[] };
export type Line = { lineId: string; kind?: "goods" | "service" | "shipping" | "gift_card"; sku?: string; name?: string; category?: string; brand?: string; quantity?: number; unit?: string; amountMinor: number; discountMinor?: number; taxRate?: number; attributes?: Record<string, string | number | boolean>; of?: LineOrigin };
export type LineOrigin = { source: string; externalId: string; lineId?: string };
export type Lot = { wallet: string; points: number; remaining: number; earnedAt: string; expiresOn: string | null; pendingUntil: string | null; transfer: string };
export type MadeCodeBatch = { batch: CodeBatch; codes: (string)[] };
export type Me = { id: string; name: string; email: string; programs: ({ id: string; code: string; name: string; role: "owner" | "manager" | "consultant" | "cashier"; adjustLimit: number | null; permissions: (string)[]; test: boolean; demo: boolean; hidden: boolean })[] };
export type Member = { id: string; number: string; kind: "person" | "company"; state: "active" | "blocked" | "closed"; firstName: string | null; lastName: string | null; phone: string | null; email: string | null; birthDate: string | null; externalId: string | null; language: "pl" | "en"; emailConsent: boolean; cards: (Card)[]; joinedAt: string; termsVersion: number | null; attributes: Record<string, string | number | boolean>; balances: (WalletBalance)[]; groups: (string)[]; household: CircleRef | null; company: CircleRef | null; salesCount: number; spentMinor: number; lastSaleOn: string | null; suspension: Suspension | null };
export type MemberChallenge = { id: string; name: string; description: string | null; sentence: string; reward: { points: { wallet: string; points: number } | null; badge: BadgeFace | null; coupon: string | null }; granted: number; state: "coming" | "running" | "reached" | "over"; period: { from: string; until: string | null }; repeats: "once" | "week" | "month"; daysLeft: number | null; counts: "documents" | "lines" | "amount" | "quantity" | "day" | "week" | "pieces"; value: number; target: number; pieces: ({ name: string; done: boolean })[]; reachedAt: string | null };
export type MemberChange = { firstName?: string | null; lastName?: string | null; phone?: string | null; email?: string | null; birthDate?: string | null; externalId?: string | null; attributes?: Record<string, string | number | boolean>; language?: "pl" | "en"; emailConsent?: boolean; groups?: (string)[]; household?: string | null; company?: string | null };
export type MemberComingGoal = { id: string; name: string; description: string | null; sentence: string; reward: { points: { wallet: string; points: number } | null; badge: BadgeFace | null; coupon: string | null }; kind: "threshold" | "challenge"; from: string; countsFrom: string | null };
export type MemberGoals = { thresholds: (MemberThreshold)[]; challenges: (MemberChallenge)[]; soon: (MemberComingGoal)[]; badges: ({ id: string; name: string; description: string | null; shape: "circle" | "shield" | "hexagon" | "flower" | "star" | "ribbon"; icon: "cup" | "cake" | "heart" | "star" | "flame" | "crown" | "leaf" | "bolt" | "gift" | "map" | "sun" | "moon"; color: "amber" | "orange" | "rose" | "violet" | "blue" | "teal" | "green" | "slate"; grantedAt: string })[]; coupons: (Coupon)[]; nextReward: { id: string; name: string; wallet: string; missing: number; forecast: Forecast } | null; nickname: string | null };
export type MemberGroupList = { items: ({ name: string; members: number })[] };
export type MemberList = { items: (MemberRow)[] };
export type MemberLookup = { phone?: string; email?: string; card?: string; number?: string; externalId?: string };
export type MemberMessage = { transaction: string; subject: string; text: string; at: string };
export type MemberMessagePage = { items: (MemberMessage)[]; next: string | null };
export type MemberPage = { items: (MemberRow)[]; next: string | null };
export type MemberPointer = { id?: string; number?: string; card?: string; externalId?: string; phone?: string; email?: string };
export type MemberRow = { id: string; number: string; name: string | null; state: "active" | "blocked" | "closed"; joinedAt: string; lastSaleOn: string | null; balances: ({ wallet: string; available: number })[] };
export type MemberSearch = { text: string; limit?: number };
export type MemberStateChange = { reason: string };
export type MemberTargets = { items: ({ id: string; name: string; description: string | null; sentence: string; side: "member" | "company" | "group"; of: string | null; counts: "amount" | "documents" | "quantity"; value: number; amount: number; percent: number; missing: number; own: number; state: "coming" | "running" | "reached" | "over"; period: { no: number; from: string; until: string }; daysLeft: number | null; settle: "atOnce" | "afterEnd"; countsUntil: string })[] };
export type MemberThreshold = { id: string; name: string; description: string | null; sentence: string; reward: { points: { wallet: string; points: number } | null; badge: BadgeFace | null; coupon: string | null }; granted: number; measure: "points" | "spent"; wallet: string | null; value: number; from: number; at: number; missing: number; repeats: boolean; reached: boolean; forecast: Forecast };
export type MemberTier = { level: { code: string; name: string; color: string } | null; since: string | null; until: string | null; granted: boolean; grant: { level: string; until: string | null } | null; value: number; next: { level: { code: string; name: string; color: string }; need: number; value: number; missing: number; by: string | null } | null; keep: { need: number; value: number; missing: number; by: string | null } | null; sentences: { value: string; next: string | null; keep: string | null; until: string | null }; benefits: ({ code: string; name: string })[]; levels: ({ code: string; name: string; color: string; threshold: number; thresholdText: string; reached: boolean; benefits: ({ code: string; name: string })[] })[] };
export type MemberTierAnswer = { tier: MemberTier | null };
export type MemberTransferAnswer = { id: string; wallet: string; points: number; at: string; balances: (WalletBalance)[] };
export type MemberTransferInput = { to: TransferRecipient; wallet?: string; points: number };
export type Message = { id: string; channel: "email"; to: string; subject: string; body: string; state: "queued" | "sent" | "kept" | "failed" | "uncertain" | "withdrawn"; at: string; tries: number; lastError: string | null };
export type MessagePage = { items: (Message)[]; next: string | null };
export type MilestoneAnswer = { transaction: string; fact: "delivered" | "paid"; at: string; duplicate: boolean; usable: ({ wallet: string; points: number })[]; balances: (WalletBalance)[] };
export type MilestoneInput = { fact: "delivered" | "paid" };
export type MyChange = { firstName?: string; lastName?: string | null; phone?: string | null; birthDate?: string | null; language?: "pl" | "en"; emailConsent?: boolean };
export type MyClosing = { confirm: true };
export type MyCodeRedemption = { code: string };
export type MyHistoryPage = { items: (HistoryEntry)[]; next: string | null };
export type MyLeaderboard = { id: string; name: string; counts: "points" | "documents" | "lines" | "amount" | "quantity" | "day" | "week" | "pieces"; wallet: string | null; stretch: { from: string; until: string | null } | null; standings: ({ place: number; nickname: string; score: number; me: boolean })[]; own: { place: number; score: number } | null };
export type MyLeaderboards = { nickname: string | null; items: (MyLeaderboard)[] };
export type MyOrderInput = { lines: ({ reward: string; quantity: number })[] };
export type MyWays = { codes: boolean; invitation: { code: string; waiting: number; done: number; stopped: number } | null; reports: ({ code: string; name: string; fields: (EventField)[] })[] };
export type NewApiKey = { apiKey: ApiKey; secret: string };
export type NewCircle = { kind: "household" | "company"; name: string };
export type NewCodeBatch = { name: string; label: string; count: number; validFrom?: string | null; validUntil?: string | null };
export type NewEarningRule = { definition: RuleDefinition };
export type NewEventType = { code: string; name: string; reason: string; fields: (EventField)[]; reported?: boolean };
export type NewGoal = { definition: GoalDefinition };
export type NewMember = { firstName?: string | null; lastName?: string | null; phone?: string | null; email?: string | null; birthDate?: string | null; externalId?: string | null; attributes?: Record<string, string | number | boolean>; language?: "pl" | "en"; emailConsent?: boolean; kind?: "person" | "company"; number?: string; card?: string; termsVersion: number; invitation?: string };
export type NewProductSet = { name: string; codes: (string)[] };
export type NewSegment = { name: string; condition: Condition };
export type NewTarget = { code: string; definition: TargetDefinition };
export type NewWebhook = { webhook: Webhook; secret: string };
export type NewWorkReport = { type: string; fields?: Record<string, string | number | boolean>; note?: string; pictures?: (string)[] };
export type NicknameInput = { nickname: string };
export type NotApplied = { rule: string; reason: string };
export type Order = { id: string; number: string; member: string; memberName: string | null; state: "placed" | "confirmed" | "cancelled"; wallet: string; totalPoints: number; lines: ({ reward: string; name: string; icon: "cup" | "cake" | "gift" | "ticket" | "bag" | "book" | "heart" | "star" | "shirt" | "discount"; quantity: number; pricePoints: number })[]; note: string | null; placedAt: string; confirmedAt: string | null; cancelledAt: string | null; cancelReason: string | null };
export type OrderAnswer = { order: Order; balances: (WalletBalance)[] };
export type OrderCancel = { reason?: string };
export type OrderInput = { member: MemberPointer; lines: ({ reward: string; quantity: number })[]; note?: string; confirm?: boolean };
export type OrderPage = { items: (Order)[]; next: string | null };
export type Payment = { kind: "cash" | "card" | "transfer" | "blik" | "voucher" | "points" | "other"; amountMinor: number; points?: number; wallet?: string; hold?: string };
export type PortalProgram = { code: string; name: string; brandColor: string; currency: string; timeZone: string; termsVersion: number; termsText: string; wallets: (Wallet)[]; rewards: ({ id: string; name: string; description: string | null; icon: "cup" | "cake" | "gift" | "ticket" | "bag" | "book" | "heart" | "star" | "shirt" | "discount"; category: string | null; wallet: string; pricePoints: number; stockLeft: number | null; levels: (string)[] })[]; levels: ({ code: string; name: string })[]; earning: ({ name: string; sentence: string })[]; promotion: string | null };
export type Problem = { type: string; title: string; status: number; code: string; detail: string; wayOut: string | null; errors?: (Fault)[]; requestId: string; params?: Record<string, string | number> };
export type ProductSet = { id: string; name: string; version: number; size: number; revision: number; changedAt: string; draft: { size: number } | null; proposal: { version: number | null; inForceFrom: string | null; by: string; yours: boolean; at: string } | null; versions: ({ version: number; publishedAt: string; publishedBy: string; inForceFrom: string; withdrawnBy: number | null; size: number })[] };
export type ProductSetChange = { revision: number; codes: (string)[]; keep?: boolean };
export type ProductSetCodes = { version: number | null; codes: (string)[] };
export type ProductSetList = { items: (ProductSet)[] };
export type Program = { id: string; code: string; name: string; organisation: string; currency: string; timeZone: string; test: boolean; demo: boolean; hidden: boolean; brandColor: string; termsVersion: number; wallets: (Wallet)[]; now: string; secondPerson: boolean; noticeDays: number; adjustDayLimits: { manager: number | null; consultant: number | null } };
export type ProgramChange = { name?: string; brandColor?: string; secondPerson?: boolean; noticeDays?: number; adjustDayLimits?: { manager: number | null; consultant: number | null } };
export type Publication = { revision: number; inForceFrom?: string; despiteNotice?: boolean };
export type PublicationRollback = { revision: number; inForceFrom?: string; despiteNotice?: boolean; version: number };
export type PublicationStep = { revision: number };
export type Recipient = { to: TransferRecipient; name: string | null; numberEnd: string };
export type RecipientQuestion = { numberOrCard: string };
export type ReferralSettings = { windowDays: number; waiting: number; done: number; stopped: number };
export type ReferralSettingsChange = { windowDays: number };
export type Repair = { id: string; state: "waiting" | "running" | "ready" | "booking" | "booked" | "undoing" | "undone" | "cancelled" | "failed"; rule: { id: string; name: string }; version: number | null; from: string; until: string; madeBy: string; madeAt: string; countedAt: string | null; booked: { by: string; at: string; reason: string; tells: ("members" | "systems")[] } | null; undone: { by: string; at: string; reason: string; tells: ("members" | "systems")[] } | null; proposal: { by: string; at: string; reason: string; tells: ("members" | "systems")[]; yours: boolean; step: "book" | "undo" } | null; done: number; total: number; result: RepairResult | null; since: { returned: number; late: number } | null };
export type RepairHead = { id: string; state: "waiting" | "running" | "ready" | "booking" | "booked" | "undoing" | "undone" | "cancelled" | "failed"; rule: { id: string; name: string }; version: number | null; from: string; until: string; madeBy: string; madeAt: string; countedAt: string | null; booked: { by: string; at: string; reason: string; tells: ("members" | "systems")[] } | null; undone: { by: string; at: string; reason: string; tells: ("members" | "systems")[] } | null; proposal: { by: string; at: string; reason: string; tells: ("members" | "systems")[]; yours: boolean; step: "book" | "undo" } | null; done: number; total: number };
export type RepairInput = { rule: string; version?: number; from: string; until: string };
export type RepairList = { items: (RepairHead)[] };
export type RepairReason = { reason: string; tell?: ("members" | "systems")[] };
export type RepairResult = { documents: number; check: { checked: number; differing: number; first: string | null }; bookable: boolean; leftOut: { members: number; top: ({ member: string; name: string | null; documents: number })[] }; levels: { up: number; down: number; wallet: string | null; top: ({ member: string; name: string | null; from: string; to: string; valueFrom: number; valueTo: number })[] } | null; goals: ({ goal: string; name: string; wallet: string; reached: number; lost: number; given: number; taken: number; kept: number; top: ({ member: string; name: string | null; valueFrom: number; valueTo: number; given: number; taken: number; kept: number })[] })[]; grants: ({ what: "coupon" | "badge" | "ticket" | "tag"; code: string; members: number; given: number; taken: number; kept: number })[]; members: { gaining: number; losing: number }; wallets: ({ wallet: string; added: number; taken: number })[]; forgiven: number; kept: number; top: ({ member: string; name: string | null; wallet: string; points: number })[] };
export type RepairStep = { step: "book" | "undo" };
export type RepairTable = { fileName: string; text: string };
export type Replay = { id: string; state: "waiting" | "running" | "done" | "cancelled" | "failed"; from: string; until: string; wallet: string; costPer100Minor: number; changes: ({ rule: string | null; name: string; change: "changed" | "added" | "left_out" })[]; ladder: boolean; base: boolean; sets: (string)[]; segments: (string)[]; wallets: (ReplayWallet)[]; membersAs: "then" | "today"; madeBy: string; madeAt: string; endedAt: string | null; done: number; total: number; result: ReplayResult | null };
export type ReplayChange = { rule?: string; definition?: RuleDefinition | null };
export type ReplayHead = { id: string; state: "waiting" | "running" | "done" | "cancelled" | "failed"; from: string; until: string; wallet: string; costPer100Minor: number; changes: ({ rule: string | null; name: string; change: "changed" | "added" | "left_out" })[]; ladder: boolean; base: boolean; sets: (string)[]; segments: (string)[]; wallets: (ReplayWallet)[]; membersAs: "then" | "today"; madeBy: string; madeAt: string; endedAt: string | null; done: number; total: number };
export type ReplayInput = { from: string; until: string; wallet?: string; costPer100Minor?: number; changes: (ReplayChange)[]; ladder?: "draft" | TierLadder; wallets?: (ReplayWallet)[]; base?: "draft" | EarningBaseSettings; sets?: (string)[]; segments?: (string)[]; membersAs?: "then" | "today" };
export type ReplayList = { items: (ReplayHead)[] };
export type ReplayResult = { documents: number; check: { checked: number; differing: number }; changingFacts: (string)[]; now: { earned: number; returned: number; spent: number; expired: number; outstanding: number; capped: number; cut: number; shortfalls: number; costMinor: number; owed: number | null }; draft: { earned: number; returned: number; spent: number; expired: number; outstanding: number; capped: number; cut: number; shortfalls: number; costMinor: number; owed: number | null }; months: ({ month: string; now: { earned: number; expired: number; outstanding: number }; draft: { earned: number; expired: number; outstanding: number } })[]; rules: ({ rule: string | null; name: string; now: { points: number; documents: number; capped: number; cut: number }; draft: { points: number; documents: number; capped: number; cut: number } })[]; members: { gaining: number; losing: number; unchanged: number }; spread: ({ from: number | null; to: number | null; members: number })[]; segments: ({ by: "kind" | "membership" | "segment"; value: string; members: number; now: number; draft: number })[]; thresholds: ({ points: number; now: number; draft: number; up: number; down: number; segments: ({ by: "kind" | "membership" | "segment"; value: string; members: number; now: number; draft: number; up: number; down: number })[] })[]; levels: LevelMoves | null; top: ({ member: string; name: string | null; now: number; draft: number })[] };
export type ReplayTable = { fileName: string; text: string };
export type ReplayWallet = { wallet: string; expiry?: ExpiryPolicy; pendingDays?: number; debtPolicy?: "allow" | "nextEarnings" | "refuse"; debtLimit?: number };
export type ReversalInput = { reason: string; tell?: ("members" | "systems")[] };
export type Reward = { id: string; name: string; description: string | null; icon: "cup" | "cake" | "gift" | "ticket" | "bag" | "book" | "heart" | "star" | "shirt" | "discount"; category: string | null; wallet: string; pricePoints: number; stockLeft: number | null; perMember: number | null; levels: (string)[]; state: "offered" | "hidden"; revision: number; ordered: number };
export type RewardChange = { revision: number; name?: string; description?: string | null; icon?: "cup" | "cake" | "gift" | "ticket" | "bag" | "book" | "heart" | "star" | "shirt" | "discount"; category?: string | null; pricePoints?: number; perMember?: number | null; levels?: (string)[]; state?: "offered" | "hidden"; limited?: boolean; stockChange?: number };
export type RewardInput = { name: string; description?: string | null; icon?: "cup" | "cake" | "gift" | "ticket" | "bag" | "book" | "heart" | "star" | "shirt" | "discount"; category?: string | null; wallet?: string; pricePoints: number; stockLeft?: number | null; perMember?: number | null; levels?: (string)[]; state?: "offered" | "hidden" };
export type RewardList = { items: (Reward)[] };
export type RuleCaps = { perTransaction: number | null; perMemberDay: number | null; perProgram: number | null; perMemberWeek?: number | null; perMemberMonth?: number | null; perMemberYear?: number | null; perMemberEver?: number | null; perHouseholdDay?: number | null; perHouseholdMonth?: number | null; perHouseholdEver?: number | null; perCompanyDay?: number | null; perCompanyMonth?: number | null; perCompanyEver?: number | null; programMoney?: { limitMinor: number; per1000: number } | null };
export type RuleDefinition = { name: string; description?: string; trigger?: RuleTrigger; wallet: string; when: Condition | null; lines: Condition | null; effect: Effect; schedule: { from: string | null; until: string | null }; priority: number; exclusiveGroup: string | null; bestOfGroup?: string | null; afterMultipliers?: boolean; caps: RuleCaps; expiry: RuleExpiry; pendingDays: number | null };
export type RuleDifference = { changes: ({ field: string; name: string; before: string; after: string; verdict: "worse" | "better" | "same" })[]; worse: string | null; noticeDays: number; earliest: string; withdraws: ({ version: number; inForceFrom: string })[] };
export type RuleExpiry = { kind: "wallet" } | { kind: "never" } | { kind: "months"; months: number; roundTo: "day" | "monthEnd" | "quarterEnd" | "yearEnd" } | { kind: "on"; date: string } | { kind: "yearly"; month: number; day: number; afterMonths: number };
export type RuleMessage = { pl: { subject: string; text: string }; en?: { subject: string; text: string } | null };
export type RuleTrigger = { kind: "sale" } | { kind: "event"; type: string };
export type RuleVersion = { version: number; publishedAt: string; publishedBy: string; inForceFrom: string; withdrawnBy: number | null; definition: RuleDefinition };
export type Segment = { id: string; name: string; archived: boolean; version: number; condition: Condition; sentence: string; revision: number; draft: { condition: Condition; sentence: string } | null; proposal: { version: number | null; inForceFrom: string | null; by: string; yours: boolean; at: string } | null; changedAt: string };
export type SegmentChange = { revision: number; condition: Condition };
export type SegmentCount = { condition: Condition; except?: Condition; after?: string };
export type SegmentCounted = { members: number; examined: number; total: number | null; next: string | null };
export type SegmentDetail = { id: string; name: string; archived: boolean; version: number; condition: Condition; sentence: string; revision: number; draft: { condition: Condition; sentence: string } | null; proposal: { version: number | null; inForceFrom: string | null; by: string; yours: boolean; at: string } | null; changedAt: string; rules: (string)[]; versions: ({ version: number; publishedAt: string; publishedBy: string; inForceFrom: string; withdrawnBy: number | null; condition: Condition; sentence: string })[] };
export type SegmentList = { items: (Segment)[] };
export type SegmentMembers = { items: (MemberRow)[]; examined: number; next: string | null };
export type SignInLink = { token: string };
export type Staff = { id: string; name: string; email: string; role: "owner" | "manager" | "consultant" | "cashier"; adjustLimit: number | null; active: boolean; lastSeenAt: string | null };
export type StaffChange = { name?: string; role?: "owner" | "manager" | "consultant" | "cashier"; adjustLimit?: number | null; active?: boolean };
export type StaffInput = { name: string; email: string; role: "owner" | "manager" | "consultant" | "cashier"; adjustLimit?: number | null };
export type StaffList = { items: (Staff)[] };
export type Suspension = { at: string | null; found: (string)[] };
export type TakenBack = { wallet: string; points: number; owed: number };
export type Target = { id: string; code: string; state: "draft" | "active" | "ended"; revision: number; definition: TargetDefinition; sentence: string; startedAt: string | null; changedAt: string; period: { no: number; from: string; until: string }; figures: { participants: number; reached: number; value: number; amount: number; events: number }; answered: boolean };
export type TargetAmounts = { revision: number; items: ({ participant: string; name: string | null; amount: number })[] };
export type TargetAmountsChange = { revision: number; items: ({ participant: string; amount: number })[] };
export type TargetChange = { revision: number; code: string; definition: TargetDefinition };
export type TargetDefinition = { name: string; description: string | null; side: "member" | "company" | "group"; groups: (string)[]; counts: "amount" | "documents" | "quantity"; when: Condition | null; lines: Condition | null; amount: number | null; window: { every: "once" | "month" | "quarter" | "year"; from: string; until: string | null }; settle: "atOnce" | "afterEnd"; returnDays: number };
export type TargetList = { items: (Target)[] };
export type TargetProgress = { period: { no: number; from: string; until: string }; periods: ({ no: number; from: string; until: string })[]; settled: boolean; figures: { participants: number; reached: number; value: number; amount: number }; participants: ({ member: string | null; number: string | null; name: string | null; value: number; amount: number; percent: number })[] };
export type TestClock = { now: string; jobsRun: number };
export type TestClockMove = { now: string };
export type ThresholdDefinition = { kind: "threshold"; name: string; description: string | null; reward: GoalReward; onReturn: "takeBack" | "keep"; who?: Condition | null; measure: { kind: "points"; wallet: string } | { kind: "spent" }; at: number; repeats: boolean; since: string | null };
export type TierBenefit = { code: string; pl: string; en: string };
export type TierChange = { no: number; at: string; reason: "started" | "reached" | "returned" | "ended" | "granted" | "revoked" | "repaired"; from: string | null; to: string | null; sentence: string; until: string | null; by: string | null; note: string | null };
export type TierChangePage = { items: (TierChange)[]; next: string | null };
export type TierCount = { level: string | null; members: number };
export type TierDraftInput = { revision: number; definition: TierLadder };
export type TierGrantInput = { level: string; until?: string | null; reason: string };
export type TierLadder = { levels: (TierLevel)[]; measure: TierMeasure; period: TierPeriod; promotion: "atOnce" | "periodEnd"; lasts: "nextPeriod" | "thisPeriod"; demotion: "toMeasure" | "oneLevel"; graceDays: number; returns: "takeLevel" | "keepLevel" };
export type TierLevel = { code: string; pl: string; en: string; plTo: string | null; color: string; threshold: number; keep: number | null; benefits: (TierBenefit)[] };
export type TierMeasure = { kind: "spent" } | { kind: "sales" } | { kind: "visits" } | { kind: "points"; wallet: string };
export type TierPeriod = { kind: "rolling"; months: number } | { kind: "calendar"; unit: "month" | "quarter" | "year" } | { kind: "lifetime" };
export type TierPreview = { values: ({ value: number; members: number })[]; members: number; sampled: boolean };
export type TierPreviewInput = { measure: TierMeasure; period: TierPeriod };
export type TierPublishInput = { revision: number; despiteNotice?: boolean; effectiveOn?: string };
export type TierRevokeInput = { reason: string };
export type TierRollbackInput = { revision: number; despiteNotice?: boolean; version: number; effectiveOn?: string };
export type TierSettings = { revision: number; draft: TierLadder | null; proposal: { version: number | null; inForceFrom: string | null; by: string; yours: boolean; at: string } | null; current: TierVersion | null; versions: (TierVersion)[]; counts: (TierCount)[]; members: number; lastLook: { day: string; members: number; changed: number; endedAt: string | null } | null };
export type TierVersion = { version: number; publishedAt: string; publishedBy: string; inForceFrom: string; withdrawnBy: number | null; effectiveOn: string; definition: TierLadder };
export type Transaction = { id: string; source: string; externalId: string; kind: "sale" | "return" | "correction" | "event"; state: "booked" | "unclaimed" | "parked" | "voided"; member: string | null; occurredAt: string; bookedAt: string; totalMinor: number; currency: string; event?: string; memberName: string | null; lines: (TransactionLine)[]; store: string | null; till: string | null; cashier: string | null; channel: string | null; payments: ({ kind: string; amountMinor: number; points: number | null })[]; grants?: (Grant)[]; awards: (Award)[]; notApplied: (NotApplied)[]; takenBack: (TakenBack)[]; givenBack?: (GivenBack)[]; excess?: (Excess)[]; milestones: ({ fact: "delivered" | "paid"; at: string })[]; fields?: Record<string, string | number | boolean>; related: ({ id: string; kind: "sale" | "return" | "correction" | "event"; state: "booked" | "unclaimed" | "parked" | "voided"; occurredAt: string; totalMinor: number })[] };
export type TransactionAnswer = { transaction: TransactionHead; awards: (Award)[]; notApplied: (NotApplied)[]; takenBack: (TakenBack)[]; balances: (WalletBalance)[]; duplicate: boolean; givenBack?: (GivenBack)[]; excess?: (Excess)[]; grants?: (GrantGiven)[] };
export type TransactionBatchAnswer = { results: ({ status: 200; answer: TransactionAnswer } | { status: number; problem: { code: string; detail: string; errors?: ({ pointer: string; detail: string })[] } })[] };
export type TransactionBatchInput = { transactions: (TransactionInput)[] };
export type TransactionHead = { id: string; source: string; externalId: string; kind: "sale" | "return" | "correction" | "event"; state: "booked" | "unclaimed" | "parked" | "voided"; member: string | null; occurredAt: string; bookedAt: string; totalMinor: number; currency: string; event?: string };
export type TransactionInput = { externalId: string; source: string; kind: "sale" | "return" | "correction"; occurredAt: string; member?: MemberPointer | null; lines?: (Line)[]; totalMinor: number; payments?: (Payment)[]; currency?: string; store?: string; till?: string; cashier?: string; channel?: string; attributes?: Record<string, string | number | boolean>; of?: { source: string; externalId: string } };
export type TransactionLine = { lineId: string; kind: "goods" | "service" | "shipping" | "gift_card"; sku: string | null; name: string | null; category: string | null; brand: string | null; quantity: number; unit: string | null; amountMinor: number; discountMinor: number; returnedQuantity: number; returnedMinor: number };
export type TransactionPage = { items: (TransactionRow)[]; next: string | null };
export type TransactionPreviewInput = { externalId?: string; source?: string; kind: "sale" | "return" | "correction"; occurredAt: string; member?: MemberPointer | null; lines?: (Line)[]; totalMinor: number; payments?: (Payment)[]; currency?: string; store?: string; till?: string; cashier?: string; channel?: string; attributes?: Record<string, string | number | boolean>; of?: { source: string; externalId: string } };
export type TransactionRow = { id: string; source: string; externalId: string; kind: "sale" | "return" | "correction" | "event"; state: "booked" | "unclaimed" | "parked" | "voided"; member: string | null; occurredAt: string; bookedAt: string; totalMinor: number; currency: string; event?: string; memberName: string | null; points: number };
export type TransferAnswer = { transfer: HistoryEntry; balances: (WalletBalance)[] };
export type TransferPolicy = { minPoints: number; dayPoints: number; dayTimes: number };
export type TransferRecipient = { card?: string; number?: string; phone?: string };
export type UsedCoupon = { coupon: Coupon; member: string };
export type VoidInput = { reason: string };
export type Wallet = { code: string; name: string; kind: "points" | "status" | "cashback" | "stamps"; forms: WordForms; expiry: ExpiryPolicy; pendingDays: number; pendingUntil: "days" | "delivered" | "paid"; debtLimit: number; debtPolicy: "allow" | "nextEarnings" | "refuse"; transfers: TransferPolicy | null; noticeDays: (number)[]; revision: number };
export type WalletBalance = { wallet: string; available: number; pending: number; held: number; debt: number; expiring: (ExpiringPoints)[] };
export type WalletChange = { revision: number; name?: string; forms?: WordForms; expiry?: ExpiryPolicy; pendingDays?: number; debtLimit?: number; pendingUntil?: "days" | "delivered" | "paid"; debtPolicy?: "allow" | "nextEarnings" | "refuse"; transfers?: TransferPolicy | null; noticeDays?: (number)[]; inForceOn?: string; despiteNotice?: boolean };
export type WalletDetail = { code: string; name: string; kind: "points" | "status" | "cashback" | "stamps"; forms: WordForms; expiry: ExpiryPolicy; pendingDays: number; pendingUntil: "days" | "delivered" | "paid"; debtLimit: number; debtPolicy: "allow" | "nextEarnings" | "refuse"; transfers: TransferPolicy | null; noticeDays: (number)[]; revision: number; inUse: boolean; proposal: { changes: ({ name: string; before: string; after: string; verdict: "worse" | "better" | "same" })[]; inForceOn: string | null; waits: boolean; by: string; yours: boolean; at: string } | null };
export type WalletDrop = { revision: number; despiteNotice?: boolean };
export type WalletInput = { code: string; name: string; kind?: "points" | "status" | "cashback" | "stamps"; forms: WordForms; expiry: ExpiryPolicy; pendingDays: number; debtLimit: number; pendingUntil?: "days" | "delivered" | "paid"; debtPolicy?: "allow" | "nextEarnings" | "refuse"; transfers?: TransferPolicy | null; noticeDays?: (number)[] };
export type WalletList = { items: (WalletDetail)[] };
export type WalletStep = { revision: number };
export type Webhook = { id: string; url: string; active: boolean; createdAt: string; failingSince: string | null };
export type WebhookChange = { url?: string; active?: boolean };
export type WebhookDelivery = { event: string; type: string; state: "queued" | "delivered" | "failed"; tries: number; answer: string | null; at: string; triedAt: string | null };
export type WebhookDeliveryPage = { items: (WebhookDelivery)[]; next: string | null };
export type WebhookInput = { url: string };
export type WebhookList = { items: (Webhook)[] };
export type WebhookTrial = { ok: boolean; answer: string; tookMs: number };
export type WordForms = { one: string; few: string; many: string; fraction: string; decimals?: number; en?: { one: string; many: string } };
export type WorkReport = { id: string; member: { id: string; number: string; name: string | null }; type: string; typeName: string; fields: ({ key: string; name: string; value: string | number | boolean })[]; note: string | null; pictures: number; state: "waiting" | "approved" | "rejected" | "voided"; sentAt: string; decidedAt: string | null; reason: string | null; transaction: string | null; sentBy: string | null; decidedBy: string | null };
export type WorkReportPage = { items: (WorkReport)[]; next: string | null };
export type WorkReportPicture = { type: "image/jpeg" | "image/png" | "image/webp"; base64: string };
export type WorkReportRejection = { reason: string };

export const operations = {
  getHealth: { method: 'GET', path: '/health' },
  signInByLink: { method: 'POST', path: '/sign-in/link' },
  requestStaffCode: { method: 'POST', path: '/sign-in/code' },
  confirmStaffCode: { method: 'POST', path: '/sign-in/code/confirm' },
  signOut: { method: 'POST', path: '/sign-out' },
  getMe: { method: 'GET', path: '/me' },
  getProgram: { method: 'GET', path: '/programs/{program}' },
  changeProgram: { method: 'PATCH', path: '/programs/{program}' },
  addWallet: { method: 'POST', path: '/programs/{program}/wallets' },
  listWallets: { method: 'GET', path: '/programs/{program}/wallets' },
  changeWallet: { method: 'PATCH', path: '/programs/{program}/wallets/{wallet}' },
  approveWallet: { method: 'POST', path: '/programs/{program}/wallets/{wallet}/approve' },
  declineWallet: { method: 'POST', path: '/programs/{program}/wallets/{wallet}/decline' },
  hideDemo: { method: 'POST', path: '/programs/{program}/demo/hide' },
  getHome: { method: 'GET', path: '/programs/{program}/reports/home' },
  getTestClock: { method: 'GET', path: '/programs/{program}/test-clock' },
  moveTestClock: { method: 'POST', path: '/programs/{program}/test-clock' },
  listStaff: { method: 'GET', path: '/programs/{program}/staff' },
  addStaff: { method: 'POST', path: '/programs/{program}/staff' },
  changeStaff: { method: 'PATCH', path: '/programs/{program}/staff/{staff}' },
  listApiKeys: { method: 'GET', path: '/programs/{program}/api-keys' },
  createApiKey: { method: 'POST', path: '/programs/{program}/api-keys' },
  revokeApiKey: { method: 'POST', path: '/programs/{program}/api-keys/{apiKey}/revoke' },
  listWebhooks: { method: 'GET', path: '/programs/{program}/webhooks' },
  addWebhook: { method: 'POST', path: '/programs/{program}/webhooks' },
  changeWebhook: { method: 'PATCH', path: '/programs/{program}/webhooks/{webhook}' },
  tryWebhook: { method: 'POST', path: '/programs/{program}/webhooks/{webhook}/try' },
  listWebhookDeliveries: { method: 'GET', path: '/programs/{program}/webhooks/{webhook}/deliveries' },
  resendWebhookDelivery: { method: 'POST', path: '/programs/{program}/webhooks/{webhook}/deliveries/{event}/resend' },
  listAudit: { method: 'GET', path: '/programs/{program}/audit' },
  listMessages: { method: 'GET', path: '/programs/{program}/messages' },
  createMember: { method: 'POST', path: '/programs/{program}/members' },
  listMembers: { method: 'GET', path: '/programs/{program}/members' },
  searchMembers: { method: 'POST', path: '/programs/{program}/members/search' },
  lookupMember: { method: 'POST', path: '/programs/{program}/members/lookup' },
  getMember: { method: 'GET', path: '/programs/{program}/members/{member}' },
  changeMember: { method: 'PATCH', path: '/programs/{program}/members/{member}' },
  listMemberGroups: { method: 'GET', path: '/programs/{program}/member-groups' },
  listCircles: { method: 'GET', path: '/programs/{program}/circles' },
  createCircle: { method: 'POST', path: '/programs/{program}/circles' },
  getCircle: { method: 'GET', path: '/programs/{program}/circles/{circle}' },
  changeCircle: { method: 'PATCH', path: '/programs/{program}/circles/{circle}' },
  removeCircle: { method: 'POST', path: '/programs/{program}/circles/{circle}/remove' },
  addCard: { method: 'POST', path: '/programs/{program}/members/{member}/cards' },
  blockMember: { method: 'POST', path: '/programs/{program}/members/{member}/block' },
  unblockMember: { method: 'POST', path: '/programs/{program}/members/{member}/unblock' },
  clearMember: { method: 'POST', path: '/programs/{program}/members/{member}/clear' },
  closeMember: { method: 'POST', path: '/programs/{program}/members/{member}/close' },
  getBalances: { method: 'GET', path: '/programs/{program}/members/{member}/balances' },
  listHistory: { method: 'GET', path: '/programs/{program}/members/{member}/history' },
  listMemberGrants: { method: 'GET', path: '/programs/{program}/members/{member}/grants' },
  adjustPoints: { method: 'POST', path: '/programs/{program}/members/{member}/adjustments' },
  moveMemberPoints: { method: 'POST', path: '/programs/{program}/members/{member}/transfers' },
  createHold: { method: 'POST', path: '/programs/{program}/members/{member}/holds' },
  captureHold: { method: 'POST', path: '/programs/{program}/holds/{hold}/capture' },
  releaseHold: { method: 'POST', path: '/programs/{program}/holds/{hold}/release' },
  explainTransfer: { method: 'GET', path: '/programs/{program}/transfers/{transfer}/explanation' },
  reverseTransfer: { method: 'POST', path: '/programs/{program}/transfers/{transfer}/reverse' },
  recordTransaction: { method: 'POST', path: '/programs/{program}/transactions' },
  listTransactions: { method: 'GET', path: '/programs/{program}/transactions' },
  recordTransactions: { method: 'POST', path: '/programs/{program}/transactions/batch' },
  previewTransaction: { method: 'POST', path: '/programs/{program}/transactions/preview' },
  listDocumentValues: { method: 'GET', path: '/programs/{program}/document-values' },
  getTransaction: { method: 'GET', path: '/programs/{program}/transactions/{transaction}' },
  claimTransaction: { method: 'POST', path: '/programs/{program}/transactions/{transaction}/claim' },
  voidTransaction: { method: 'POST', path: '/programs/{program}/transactions/{transaction}/void' },
  markTransaction: { method: 'POST', path: '/programs/{program}/transactions/{transaction}/milestones' },
  listRules: { method: 'GET', path: '/programs/{program}/earning-rules' },
  createRule: { method: 'POST', path: '/programs/{program}/earning-rules' },
  getRule: { method: 'GET', path: '/programs/{program}/earning-rules/{rule}' },
  changeRule: { method: 'PATCH', path: '/programs/{program}/earning-rules/{rule}' },
  publishRule: { method: 'POST', path: '/programs/{program}/earning-rules/{rule}/publish' },
  rollbackRule: { method: 'POST', path: '/programs/{program}/earning-rules/{rule}/rollback' },
  compareRule: { method: 'GET', path: '/programs/{program}/earning-rules/{rule}/difference' },
  approveRule: { method: 'POST', path: '/programs/{program}/earning-rules/{rule}/approve' },
  declineRule: { method: 'POST', path: '/programs/{program}/earning-rules/{rule}/decline' },
  discardRule: { method: 'POST', path: '/programs/{program}/earning-rules/{rule}/discard' },
  pauseRule: { method: 'POST', path: '/programs/{program}/earning-rules/{rule}/pause' },
  resumeRule: { method: 'POST', path: '/programs/{program}/earning-rules/{rule}/resume' },
  endRule: { method: 'POST', path: '/programs/{program}/earning-rules/{rule}/end' },
  getEarningBase: { method: 'GET', path: '/programs/{program}/earning-base' },
  changeEarningBase: { method: 'PATCH', path: '/programs/{program}/earning-base' },
  compareEarningBase: { method: 'GET', path: '/programs/{program}/earning-base/difference' },
  publishEarningBase: { method: 'POST', path: '/programs/{program}/earning-base/publish' },
  rollbackEarningBase: { method: 'POST', path: '/programs/{program}/earning-base/rollback' },
  approveEarningBase: { method: 'POST', path: '/programs/{program}/earning-base/approve' },
  declineEarningBase: { method: 'POST', path: '/programs/{program}/earning-base/decline' },
  discardEarningBase: { method: 'POST', path: '/programs/{program}/earning-base/discard' },
  listProductSets: { method: 'GET', path: '/programs/{program}/product-sets' },
  createProductSet: { method: 'POST', path: '/programs/{program}/product-sets' },
  getProductSet: { method: 'GET', path: '/programs/{program}/product-sets/{set}' },
  changeProductSet: { method: 'PATCH', path: '/programs/{program}/product-sets/{set}' },
  getProductSetCodes: { method: 'GET', path: '/programs/{program}/product-sets/{set}/codes' },
  compareProductSet: { method: 'GET', path: '/programs/{program}/product-sets/{set}/difference' },
  publishProductSet: { method: 'POST', path: '/programs/{program}/product-sets/{set}/publish' },
  rollbackProductSet: { method: 'POST', path: '/programs/{program}/product-sets/{set}/rollback' },
  approveProductSet: { method: 'POST', path: '/programs/{program}/product-sets/{set}/approve' },
  declineProductSet: { method: 'POST', path: '/programs/{program}/product-sets/{set}/decline' },
  discardProductSet: { method: 'POST', path: '/programs/{program}/product-sets/{set}/discard' },
  listSegments: { method: 'GET', path: '/programs/{program}/segments' },
  createSegment: { method: 'POST', path: '/programs/{program}/segments' },
  countSegment: { method: 'POST', path: '/programs/{program}/segments/count' },
  getSegment: { method: 'GET', path: '/programs/{program}/segments/{segment}' },
  changeSegment: { method: 'PATCH', path: '/programs/{program}/segments/{segment}' },
  compareSegment: { method: 'GET', path: '/programs/{program}/segments/{segment}/difference' },
  publishSegment: { method: 'POST', path: '/programs/{program}/segments/{segment}/publish' },
  rollbackSegment: { method: 'POST', path: '/programs/{program}/segments/{segment}/rollback' },
  approveSegment: { method: 'POST', path: '/programs/{program}/segments/{segment}/approve' },
  declineSegment: { method: 'POST', path: '/programs/{program}/segments/{segment}/decline' },
  discardSegment: { method: 'POST', path: '/programs/{program}/segments/{segment}/discard' },
  archiveSegment: { method: 'POST', path: '/programs/{program}/segments/{segment}/archive' },
  restoreSegment: { method: 'POST', path: '/programs/{program}/segments/{segment}/restore' },
  listSegmentMembers: { method: 'GET', path: '/programs/{program}/segments/{segment}/members' },
  listEventTypes: { method: 'GET', path: '/programs/{program}/event-types' },
  createEventType: { method: 'POST', path: '/programs/{program}/event-types' },
  changeEventType: { method: 'PATCH', path: '/programs/{program}/event-types/{eventType}' },
  recordEvent: { method: 'POST', path: '/programs/{program}/events' },
  previewEvent: { method: 'POST', path: '/programs/{program}/events/preview' },
  getTiers: { method: 'GET', path: '/programs/{program}/tiers' },
  changeTiers: { method: 'PATCH', path: '/programs/{program}/tiers' },
  compareTiers: { method: 'GET', path: '/programs/{program}/tiers/difference' },
  publishTiers: { method: 'POST', path: '/programs/{program}/tiers/publish' },
  rollbackTiers: { method: 'POST', path: '/programs/{program}/tiers/rollback' },
  approveTiers: { method: 'POST', path: '/programs/{program}/tiers/approve' },
  declineTiers: { method: 'POST', path: '/programs/{program}/tiers/decline' },
  discardTiers: { method: 'POST', path: '/programs/{program}/tiers/discard' },
  previewTiers: { method: 'POST', path: '/programs/{program}/tiers/preview' },
  getMemberTier: { method: 'GET', path: '/programs/{program}/members/{member}/tier' },
  grantTier: { method: 'POST', path: '/programs/{program}/members/{member}/tier/grant' },
  revokeTier: { method: 'POST', path: '/programs/{program}/members/{member}/tier/revoke' },
  listTierChanges: { method: 'GET', path: '/programs/{program}/members/{member}/tier/changes' },
  getReferralSettings: { method: 'GET', path: '/programs/{program}/referral-settings' },
  changeReferralSettings: { method: 'PATCH', path: '/programs/{program}/referral-settings' },
  listCodeBatches: { method: 'GET', path: '/programs/{program}/code-batches' },
  createCodeBatch: { method: 'POST', path: '/programs/{program}/code-batches' },
  stopCodeBatch: { method: 'POST', path: '/programs/{program}/code-batches/{codeBatch}/stop' },
  redeemCode: { method: 'POST', path: '/programs/{program}/codes/redeem' },
  sendWorkReport: { method: 'POST', path: '/programs/{program}/members/{member}/work-reports' },
  listWorkReports: { method: 'GET', path: '/programs/{program}/work-reports' },
  getWorkReport: { method: 'GET', path: '/programs/{program}/work-reports/{report}' },
  getWorkReportPicture: { method: 'GET', path: '/programs/{program}/work-reports/{report}/pictures/{picture}' },
  approveWorkReport: { method: 'POST', path: '/programs/{program}/work-reports/{report}/approve' },
  rejectWorkReport: { method: 'POST', path: '/programs/{program}/work-reports/{report}/reject' },
  startReplay: { method: 'POST', path: '/programs/{program}/replays' },
  listReplays: { method: 'GET', path: '/programs/{program}/replays' },
  getReplay: { method: 'GET', path: '/programs/{program}/replays/{replay}' },
  cancelReplay: { method: 'POST', path: '/programs/{program}/replays/{replay}/cancel' },
  getReplayTable: { method: 'GET', path: '/programs/{program}/replays/{replay}/tables/{table}' },
  startRepair: { method: 'POST', path: '/programs/{program}/repairs' },
  listRepairs: { method: 'GET', path: '/programs/{program}/repairs' },
  getRepair: { method: 'GET', path: '/programs/{program}/repairs/{repair}' },
  getRepairTable: { method: 'GET', path: '/programs/{program}/repairs/{repair}/table' },
  cancelRepair: { method: 'POST', path: '/programs/{program}/repairs/{repair}/cancel' },
  countRepairAgain: { method: 'POST', path: '/programs/{program}/repairs/{repair}/again' },
  bookRepair: { method: 'POST', path: '/programs/{program}/repairs/{repair}/book' },
  undoRepair: { method: 'POST', path: '/programs/{program}/repairs/{repair}/undo' },
  approveRepair: { method: 'POST', path: '/programs/{program}/repairs/{repair}/approve' },
  declineRepair: { method: 'POST', path: '/programs/{program}/repairs/{repair}/decline' },
  listGoals: { method: 'GET', path: '/programs/{program}/goals' },
  createGoal: { method: 'POST', path: '/programs/{program}/goals' },
  previewGoal: { method: 'POST', path: '/programs/{program}/goals/preview' },
  getGoal: { method: 'GET', path: '/programs/{program}/goals/{goal}' },
  changeGoal: { method: 'PATCH', path: '/programs/{program}/goals/{goal}' },
  publishGoal: { method: 'POST', path: '/programs/{program}/goals/{goal}/publish' },
  rollbackGoal: { method: 'POST', path: '/programs/{program}/goals/{goal}/rollback' },
  endGoal: { method: 'POST', path: '/programs/{program}/goals/{goal}/end' },
  compareGoal: { method: 'GET', path: '/programs/{program}/goals/{goal}/difference' },
  approveGoal: { method: 'POST', path: '/programs/{program}/goals/{goal}/approve' },
  declineGoal: { method: 'POST', path: '/programs/{program}/goals/{goal}/decline' },
  listTargets: { method: 'GET', path: '/programs/{program}/targets' },
  createTarget: { method: 'POST', path: '/programs/{program}/targets' },
  getTarget: { method: 'GET', path: '/programs/{program}/targets/{target}' },
  changeTarget: { method: 'PATCH', path: '/programs/{program}/targets/{target}' },
  startTarget: { method: 'POST', path: '/programs/{program}/targets/{target}/start' },
  endTarget: { method: 'POST', path: '/programs/{program}/targets/{target}/end' },
  getTargetProgress: { method: 'GET', path: '/programs/{program}/targets/{target}/progress' },
  listTargetAmounts: { method: 'GET', path: '/programs/{program}/targets/{target}/amounts' },
  replaceTargetAmounts: { method: 'PATCH', path: '/programs/{program}/targets/{target}/amounts' },
  listBadges: { method: 'GET', path: '/programs/{program}/badges' },
  createBadge: { method: 'POST', path: '/programs/{program}/badges' },
  changeBadge: { method: 'PATCH', path: '/programs/{program}/badges/{badge}' },
  getMemberTargets: { method: 'GET', path: '/programs/{program}/members/{member}/targets' },
  getMemberGoals: { method: 'GET', path: '/programs/{program}/members/{member}/goals' },
  findCoupon: { method: 'POST', path: '/programs/{program}/coupons/find' },
  useCoupon: { method: 'POST', path: '/programs/{program}/coupons/use' },
  listLeaderboards: { method: 'GET', path: '/programs/{program}/leaderboards' },
  createLeaderboard: { method: 'POST', path: '/programs/{program}/leaderboards' },
  getLeaderboard: { method: 'GET', path: '/programs/{program}/leaderboards/{leaderboard}' },
  changeLeaderboard: { method: 'PATCH', path: '/programs/{program}/leaderboards/{leaderboard}' },
  listRewards: { method: 'GET', path: '/programs/{program}/rewards' },
  createReward: { method: 'POST', path: '/programs/{program}/rewards' },
  getReward: { method: 'GET', path: '/programs/{program}/rewards/{reward}' },
  changeReward: { method: 'PATCH', path: '/programs/{program}/rewards/{reward}' },
  placeOrder: { method: 'POST', path: '/programs/{program}/orders' },
  listOrders: { method: 'GET', path: '/programs/{program}/orders' },
  getOrder: { method: 'GET', path: '/programs/{program}/orders/{order}' },
  confirmOrder: { method: 'POST', path: '/programs/{program}/orders/{order}/confirm' },
  cancelOrder: { method: 'POST', path: '/programs/{program}/orders/{order}/cancel' },
  getPortal: { method: 'GET', path: '/programs/{program}/portal' },
  joinProgram: { method: 'POST', path: '/programs/{program}/portal/join' },
  requestMemberCode: { method: 'POST', path: '/programs/{program}/portal/code' },
  confirmMemberCode: { method: 'POST', path: '/programs/{program}/portal/code/confirm' },
  memberSignOut: { method: 'POST', path: '/programs/{program}/me/sign-out' },
  getMyself: { method: 'GET', path: '/programs/{program}/me' },
  changeMyself: { method: 'PATCH', path: '/programs/{program}/me' },
  requestMyEmailCode: { method: 'POST', path: '/programs/{program}/me/email' },
  confirmMyEmail: { method: 'POST', path: '/programs/{program}/me/email/confirm' },
  closeMyAccount: { method: 'POST', path: '/programs/{program}/me/close' },
  getMyBalances: { method: 'GET', path: '/programs/{program}/me/balances' },
  listMyHistory: { method: 'GET', path: '/programs/{program}/me/history' },
  explainMyTransfer: { method: 'GET', path: '/programs/{program}/me/transfers/{transfer}/explanation' },
  getMyTier: { method: 'GET', path: '/programs/{program}/me/tier' },
  getMyGoals: { method: 'GET', path: '/programs/{program}/me/goals' },
  getMyTargets: { method: 'GET', path: '/programs/{program}/me/targets' },
  getMyLeaderboards: { method: 'GET', path: '/programs/{program}/me/leaderboards' },
  joinLeaderboards: { method: 'POST', path: '/programs/{program}/me/leaderboards/join' },
  leaveLeaderboards: { method: 'POST', path: '/programs/{program}/me/leaderboards/leave' },
  getMyWays: { method: 'GET', path: '/programs/{program}/me/ways' },
  redeemMyCode: { method: 'POST', path: '/programs/{program}/me/codes' },
  sendMyWorkReport: { method: 'POST', path: '/programs/{program}/me/work-reports' },
  listMyWorkReports: { method: 'GET', path: '/programs/{program}/me/work-reports' },
  getMyWorkReportPicture: { method: 'GET', path: '/programs/{program}/me/work-reports/{report}/pictures/{picture}' },
  placeMyOrder: { method: 'POST', path: '/programs/{program}/me/orders' },
  listMyOrders: { method: 'GET', path: '/programs/{program}/me/orders' },
  listMyGrants: { method: 'GET', path: '/programs/{program}/me/grants' },
  listMyMessages: { method: 'GET', path: '/programs/{program}/me/messages' },
  findMyRecipient: { method: 'POST', path: '/programs/{program}/me/transfers/recipient' },
  moveMyPoints: { method: 'POST', path: '/programs/{program}/me/transfers' },
  cancelMyOrder: { method: 'POST', path: '/programs/{program}/me/orders/{order}/cancel' },
} as const;

export type OperationTypes = {
  /** Tells that the process answers and reaches its database */
  getHealth: { input: {  }; answer: Health };
  /** Opens a staff session with a one-time link */
  signInByLink: { input: { body: SignInLink }; answer: Me };
  /** Sends a one-time code to a staff address; the answer is the same for unknown addresses */
  requestStaffCode: { input: { body: CodeRequest }; answer: CodeSent };
  /** Opens a staff session with the code */
  confirmStaffCode: { input: { body: CodeConfirm }; answer: Me };
  /** Ends the staff session */
  signOut: { input: {  }; answer: Done };
  /** The signed-in person and the programs within reach */
  getMe: { input: {  }; answer: Me };
  /** The program with its wallets */
  getProgram: { input: { params: { program: string } }; answer: Program };
  /** Changes the name, the colour, or how rules are published */
  changeProgram: { input: { params: { program: string }; body: ProgramChange }; answer: Program };
  /** Adds a wallet */
  addWallet: { input: { params: { program: string }; body: WalletInput }; answer: Program };
  /** Wallets with their policies */
  listWallets: { input: { params: { program: string } }; answer: WalletList };
  /** Changes a wallet for later documents; booked points keep their dates. What may harm members keeps the program’s notice and, where the program asks for it, waits for a second person */
  changeWallet: { input: { params: { program: string; wallet: string }; body: WalletChange }; answer: WalletDetail };
  /** Approves the change of a wallet that another person proposed */
  approveWallet: { input: { params: { program: string; wallet: string }; body: WalletStep }; answer: WalletDetail };
  /** Drops a change of a wallet that is not in force yet. What members were promised keeps the program’s notice and, where the program asks for it, waits for a second person */
  declineWallet: { input: { params: { program: string; wallet: string }; body: WalletDrop }; answer: WalletDetail };
  /** Takes the demo program off the lists */
  hideDemo: { input: { params: { program: string } }; answer: Done };
  /** Figures of today and of the last days */
  getHome: { input: { params: { program: string }; query?: { days?: number } }; answer: Home };
  /** The time in a test program */
  getTestClock: { input: { params: { program: string } }; answer: TestClock };
  /** Moves the time forward and runs everything that falls due on the way */
  moveTestClock: { input: { params: { program: string }; body: TestClockMove }; answer: TestClock };
  /** Who may sign in */
  listStaff: { input: { params: { program: string } }; answer: StaffList };
  /** Gives a person access */
  addStaff: { input: { params: { program: string }; body: StaffInput }; answer: Staff };
  /** Changes a role or a limit, or takes access away */
  changeStaff: { input: { params: { program: string; staff: string }; body: StaffChange }; answer: Staff };
  /** API keys of the program */
  listApiKeys: { input: { params: { program: string } }; answer: ApiKeyList };
  /** Makes a key; its secret is shown once */
  createApiKey: { input: { params: { program: string }; body: ApiKeyInput }; answer: NewApiKey };
  /** Stops a key at once */
  revokeApiKey: { input: { params: { program: string; apiKey: string } }; answer: ApiKey };
  /** Where events go */
  listWebhooks: { input: { params: { program: string } }; answer: WebhookList };
  /** Adds an address to which events go, signed; the secret is shown once */
  addWebhook: { input: { params: { program: string }; body: WebhookInput }; answer: NewWebhook };
  /** Changes the address, or switches it off or on */
  changeWebhook: { input: { params: { program: string; webhook: string }; body: WebhookChange }; answer: Webhook };
  /** Sends a signed trial notice at once, also to an address that is switched off, and says what came of it */
  tryWebhook: { input: { params: { program: string; webhook: string } }; answer: WebhookTrial };
  /** Events on their way to an address, newest first, with what came of the last try */
  listWebhookDeliveries: { input: { params: { program: string; webhook: string }; query?: { cursor?: string; limit?: number } }; answer: WebhookDeliveryPage };
  /** Sends an event that was given up once more: at once, and again later as a new one */
  resendWebhookDelivery: { input: { params: { program: string; webhook: string; event: string } }; answer: WebhookDelivery };
  /** What staff and keys changed, newest first */
  listAudit: { input: { params: { program: string }; query?: { cursor?: string; limit?: number } }; answer: AuditPage };
  /** Messages sent or kept, newest first */
  listMessages: { input: { params: { program: string }; query?: { cursor?: string; limit?: number } }; answer: MessagePage };
  /** Adds a member who accepted the terms */
  createMember: { input: { params: { program: string }; body: NewMember }; answer: Member };
  /** Members, newest first; balances here and with every member only for who may read points (points.read) */
  listMembers: { input: { params: { program: string }; query?: { cursor?: string; limit?: number; state?: "active" | "blocked" | "closed" } }; answer: MemberPage };
  /** Looks through names and identifiers */
  searchMembers: { input: { params: { program: string }; body: MemberSearch }; answer: MemberList };
  /** The member with exactly this identifier */
  lookupMember: { input: { params: { program: string }; body: MemberLookup }; answer: Member };
  /** One member */
  getMember: { input: { params: { program: string; member: string } }; answer: Member };
  /** Changes the profile */
  changeMember: { input: { params: { program: string; member: string }; body: MemberChange }; answer: Member };
  /** Groups that members are in, with how many */
  listMemberGroups: { input: { params: { program: string } }; answer: MemberGroupList };
  /** Households and companies that members belong to, newest first */
  listCircles: { input: { params: { program: string }; query?: { cursor?: string; limit?: number; kind?: "household" | "company" } }; answer: CirclePage };
  /** Adds a household or a company; members are put into it one by one */
  createCircle: { input: { params: { program: string }; body: NewCircle }; answer: Circle };
  /** One household or company with its members */
  getCircle: { input: { params: { program: string; circle: string } }; answer: CircleDetail };
  /** Changes the name */
  changeCircle: { input: { params: { program: string; circle: string }; body: CircleChange }; answer: Circle };
  /** Takes a household or company that nobody is in off the list */
  removeCircle: { input: { params: { program: string; circle: string } }; answer: Done };
  /** Adds a card, or replaces a lost one */
  addCard: { input: { params: { program: string; member: string }; body: CardInput }; answer: Member };
  /** Stops earning and spending */
  blockMember: { input: { params: { program: string; member: string }; body: MemberStateChange }; answer: Member };
  /** Lets the member in again */
  unblockMember: { input: { params: { program: string; member: string }; body: MemberStateChange }; answer: Member };
  /** Lets a member spend again whom the auditor stopped; the differences found so far are taken as explained */
  clearMember: { input: { params: { program: string; member: string }; body: MemberStateChange }; answer: Member };
  /** Ends membership for good and frees the identifiers */
  closeMember: { input: { params: { program: string; member: string }; body: MemberStateChange }; answer: Member };
  /** Balances with every lot */
  getBalances: { input: { params: { program: string; member: string } }; answer: Balances };
  /** Movements of points, newest first */
  listHistory: { input: { params: { program: string; member: string }; query?: { cursor?: string; limit?: number } }; answer: HistoryPage };
  /** Coupons, badges, draw tickets and other grants that rules gave, newest first */
  listMemberGrants: { input: { params: { program: string; member: string }; query?: { cursor?: string; limit?: number } }; answer: GrantPage };
  /** Adds or takes points by hand, with a reason */
  adjustPoints: { input: { params: { program: string; member: string }; body: AdjustmentInput }; answer: TransferAnswer };
  /** Moves points to another member, for the one who has them */
  moveMemberPoints: { input: { params: { program: string; member: string }; body: MemberTransferInput }; answer: MemberTransferAnswer };
  /** Reserves points for a payment */
  createHold: { input: { params: { program: string; member: string }; body: HoldInput }; answer: Hold };
  /** Spends reserved points */
  captureHold: { input: { params: { program: string; hold: string } }; answer: Hold };
  /** Gives reserved points back to their lots */
  releaseHold: { input: { params: { program: string; hold: string } }; answer: Hold };
  /** Why these points came or went */
  explainTransfer: { input: { params: { program: string; transfer: string } }; answer: Explanation };
  /** Takes an adjustment back */
  reverseTransfer: { input: { params: { program: string; transfer: string }; body: ReversalInput }; answer: TransferAnswer };
  /** Books a sale, a return or a correction, once */
  recordTransaction: { input: { params: { program: string }; body: TransactionInput }; answer: TransactionAnswer };
  /** Documents, newest first */
  listTransactions: { input: { params: { program: string }; query?: { cursor?: string; limit?: number; member?: string; kind?: "sale" | "return" | "correction" | "event"; state?: "booked" | "unclaimed" | "parked" | "voided"; externalId?: string } }; answer: TransactionPage };
  /** Books up to 500 documents, with a result for each */
  recordTransactions: { input: { params: { program: string }; body: TransactionBatchInput }; answer: TransactionBatchAnswer };
  /** What a document would earn; saves nothing */
  previewTransaction: { input: { params: { program: string }; body: TransactionPreviewInput }; answer: TransactionAnswer };
  /** Categories, brands, article codes, stores and the like as documents carry them: of the newest ones and of many from the past */
  listDocumentValues: { input: { params: { program: string } }; answer: DocumentValues };
  /** One document with lines, awards and reasons */
  getTransaction: { input: { params: { program: string; transaction: string } }; answer: Transaction };
  /** Gives a sale without a member to a member */
  claimTransaction: { input: { params: { program: string; transaction: string }; body: ClaimInput }; answer: TransactionAnswer };
  /** Undoes a sale, an event or a return booked by mistake: as if it had never been */
  voidTransaction: { input: { params: { program: string; transaction: string }; body: VoidInput }; answer: TransactionAnswer };
  /** Tells that a sale was delivered or paid, once: points that waited for it can be used */
  markTransaction: { input: { params: { program: string; transaction: string }; body: MilestoneInput }; answer: MilestoneAnswer };
  /** Earning rules */
  listRules: { input: { params: { program: string } }; answer: EarningRuleList };
  /** Starts a rule as a draft */
  createRule: { input: { params: { program: string }; body: NewEarningRule }; answer: EarningRuleDetail };
  /** One rule with its versions */
  getRule: { input: { params: { program: string; rule: string } }; answer: EarningRuleDetail };
  /** Changes the draft; a published version never changes */
  changeRule: { input: { params: { program: string; rule: string }; body: EarningRuleChange }; answer: EarningRuleDetail };
  /** Publishes the draft as a new version; it takes the place of what was planned for later */
  publishRule: { input: { params: { program: string; rule: string }; body: EarningRulePublish }; answer: EarningRuleDetail };
  /** Publishes an older version again, as a new one; the draft stays, what was planned for later goes */
  rollbackRule: { input: { params: { program: string; rule: string }; body: EarningRuleRollback }; answer: EarningRuleDetail };
  /** What differs between two versions, or what publishing or stopping from a day on would change, and whether members may get less */
  compareRule: { input: { params: { program: string; rule: string }; query?: { from?: number; to?: number; inForceFrom?: string; step?: "pause" | "end" } }; answer: RuleDifference };
  /** Takes the step that another person proposed */
  approveRule: { input: { params: { program: string; rule: string }; body: EarningRuleStep }; answer: EarningRuleDetail };
  /** Drops the proposed step */
  declineRule: { input: { params: { program: string; rule: string }; body: EarningRuleStep }; answer: EarningRuleDetail };
  /** Throws the draft away: what is published goes on, a rule that never was is gone whole */
  discardRule: { input: { params: { program: string; rule: string }; body: EarningRuleStep }; answer: DiscardedDraft };
  /** Stops the rule for new sales, from now or a later day on, until it is resumed; what members may lose keeps the program’s notice */
  pauseRule: { input: { params: { program: string; rule: string }; body: EarningRulePublish }; answer: EarningRuleDetail };
  /** Starts a paused rule again, or calls a planned stop off */
  resumeRule: { input: { params: { program: string; rule: string }; body: EarningRuleStep }; answer: EarningRuleDetail };
  /** Ends the rule for good, from now or a later day on; what members may lose keeps the program’s notice */
  endRule: { input: { params: { program: string; rule: string }; body: EarningRulePublish }; answer: EarningRuleDetail };
  /** What earns points, settled once for the program */
  getEarningBase: { input: { params: { program: string } }; answer: EarningBase };
  /** Changes the draft of what earns; what is published goes on */
  changeEarningBase: { input: { params: { program: string }; body: EarningBaseChange }; answer: EarningBase };
  /** What differs between two versions, or what publishing from a day on would change, and whether members may get less */
  compareEarningBase: { input: { params: { program: string }; query?: { from?: number; to?: number; inForceFrom?: string } }; answer: RuleDifference };
  /** Publishes the draft as a new version, for documents of its days; it takes the place of what was planned for later */
  publishEarningBase: { input: { params: { program: string }; body: Publication }; answer: EarningBase };
  /** Publishes an older version again, as a new one; the draft stays */
  rollbackEarningBase: { input: { params: { program: string }; body: PublicationRollback }; answer: EarningBase };
  /** Publishes what another person proposed */
  approveEarningBase: { input: { params: { program: string }; body: PublicationStep }; answer: EarningBase };
  /** Drops what waits for another person; the draft stays */
  declineEarningBase: { input: { params: { program: string }; body: PublicationStep }; answer: EarningBase };
  /** Throws the draft away */
  discardEarningBase: { input: { params: { program: string }; body: PublicationStep }; answer: EarningBase };
  /** Sets of articles */
  listProductSets: { input: { params: { program: string } }; answer: ProductSetList };
  /** Makes a set of up to 100,000 article codes */
  createProductSet: { input: { params: { program: string }; body: NewProductSet }; answer: ProductSet };
  /** One set with its versions */
  getProductSet: { input: { params: { program: string; set: string } }; answer: ProductSet };
  /** Saves other codes as a draft; what is published goes on */
  changeProductSet: { input: { params: { program: string; set: string }; body: ProductSetChange }; answer: ProductSet };
  /** All codes of a version or of the draft; of what is in force when none is named */
  getProductSetCodes: { input: { params: { program: string; set: string }; query?: { version?: "draft" | number } }; answer: ProductSetCodes };
  /** What differs between two versions of a set, or what publishing from a day on would change, and whether members may get less */
  compareProductSet: { input: { params: { program: string; set: string }; query?: { from?: number; to?: number; inForceFrom?: string } }; answer: RuleDifference };
  /** Publishes the draft as a new version, for sales of its days; it takes the place of what was planned for later */
  publishProductSet: { input: { params: { program: string; set: string }; body: Publication }; answer: ProductSet };
  /** Publishes an older version of a set again, as a new one; the draft stays */
  rollbackProductSet: { input: { params: { program: string; set: string }; body: PublicationRollback }; answer: ProductSet };
  /** Publishes what another person proposed */
  approveProductSet: { input: { params: { program: string; set: string }; body: PublicationStep }; answer: ProductSet };
  /** Drops what waits for another person; the draft stays */
  declineProductSet: { input: { params: { program: string; set: string }; body: PublicationStep }; answer: ProductSet };
  /** Throws the draft of a set away */
  discardProductSet: { input: { params: { program: string; set: string }; body: PublicationStep }; answer: ProductSet };
  /** Segments: named conditions on members, decided by the facts of the moment */
  listSegments: { input: { params: { program: string } }; answer: SegmentList };
  /** Makes a segment */
  createSegment: { input: { params: { program: string }; body: NewSegment }; answer: SegmentDetail };
  /** How many members a condition holds for now and, where it is given, another one does not, one part of the members at a time */
  countSegment: { input: { params: { program: string }; body: SegmentCount }; answer: SegmentCounted };
  /** One segment with its versions and the rules that ask for it */
  getSegment: { input: { params: { program: string; segment: string } }; answer: SegmentDetail };
  /** Saves another condition as a draft; what is published goes on */
  changeSegment: { input: { params: { program: string; segment: string }; body: SegmentChange }; answer: SegmentDetail };
  /** What differs between two versions of a segment, or what publishing from a day on would change, and which rules and goals may give members less by it */
  compareSegment: { input: { params: { program: string; segment: string }; query?: { from?: number; to?: number; inForceFrom?: string } }; answer: RuleDifference };
  /** Publishes the draft as a new version, for documents of its days; it takes the place of what was planned for later */
  publishSegment: { input: { params: { program: string; segment: string }; body: Publication }; answer: SegmentDetail };
  /** Publishes an older version of a segment again, as a new one; the draft stays */
  rollbackSegment: { input: { params: { program: string; segment: string }; body: PublicationRollback }; answer: SegmentDetail };
  /** Publishes what another person proposed */
  approveSegment: { input: { params: { program: string; segment: string }; body: PublicationStep }; answer: SegmentDetail };
  /** Drops what waits for another person; the draft stays */
  declineSegment: { input: { params: { program: string; segment: string }; body: PublicationStep }; answer: SegmentDetail };
  /** Throws the draft of a segment away */
  discardSegment: { input: { params: { program: string; segment: string }; body: PublicationStep }; answer: SegmentDetail };
  /** Takes a segment that no rule or goal asks for off the list */
  archiveSegment: { input: { params: { program: string; segment: string } }; answer: SegmentDetail };
  /** Puts an archived segment back */
  restoreSegment: { input: { params: { program: string; segment: string } }; answer: SegmentDetail };
  /** Members who are in a segment now */
  listSegmentMembers: { input: { params: { program: string; segment: string }; query?: { cursor?: string; limit?: number } }; answer: SegmentMembers };
  /** Events that rules may answer to: the built-in ones and the program’s own */
  listEventTypes: { input: { params: { program: string } }; answer: EventTypeList };
  /** Adds an event of the program’s own, with typed fields */
  createEventType: { input: { params: { program: string }; body: NewEventType }; answer: EventType };
  /** Changes the program’s own event, or retires it */
  changeEventType: { input: { params: { program: string; eventType: string }; body: EventTypeChange }; answer: EventType };
  /** Books an event of a member, once */
  recordEvent: { input: { params: { program: string }; body: EventInput }; answer: TransactionAnswer };
  /** What an event would earn; saves nothing */
  previewEvent: { input: { params: { program: string }; body: EventPreviewInput }; answer: TransactionAnswer };
  /** The ladder of levels, its versions and how many members stand on each */
  getTiers: { input: { params: { program: string } }; answer: TierSettings };
  /** Saves the draft of the ladder; a published version never changes */
  changeTiers: { input: { params: { program: string }; body: TierDraftInput }; answer: TierSettings };
  /** What differs between two versions of the ladder, or what publishing from a day on would change, and whether members may get less */
  compareTiers: { input: { params: { program: string }; query?: { from?: number; to?: number; inForceFrom?: string } }; answer: RuleDifference };
  /** Publishes the draft, in force from the start of a local day; it takes the place of what was planned for later */
  publishTiers: { input: { params: { program: string }; body: TierPublishInput }; answer: TierSettings };
  /** Publishes an older ladder again, as a new version; the draft stays */
  rollbackTiers: { input: { params: { program: string }; body: TierRollbackInput }; answer: TierSettings };
  /** Publishes the ladder that another person proposed */
  approveTiers: { input: { params: { program: string }; body: PublicationStep }; answer: TierSettings };
  /** Drops what waits for another person; the draft stays */
  declineTiers: { input: { params: { program: string }; body: PublicationStep }; answer: TierSettings };
  /** Throws the draft of the ladder away */
  discardTiers: { input: { params: { program: string }; body: PublicationStep }; answer: TierSettings };
  /** What members measure today, to lay thresholds over */
  previewTiers: { input: { params: { program: string }; body: TierPreviewInput }; answer: TierPreview };
  /** The member’s level and what is missing to the next */
  getMemberTier: { input: { params: { program: string; member: string } }; answer: MemberTierAnswer };
  /** Gives a level by hand, through a day */
  grantTier: { input: { params: { program: string; member: string }; body: TierGrantInput }; answer: MemberTierAnswer };
  /** Takes a level back that was given by hand */
  revokeTier: { input: { params: { program: string; member: string }; body: TierRevokeInput }; answer: MemberTierAnswer };
  /** Changes of the member’s level, newest first */
  listTierChanges: { input: { params: { program: string; member: string }; query?: { cursor?: string; limit?: number } }; answer: TierChangePage };
  /** How long a friend’s first sale may still go back, and how many were invited */
  getReferralSettings: { input: { params: { program: string } }; answer: ReferralSettings };
  /** Changes the days in which a return stops the reward for an invitation */
  changeReferralSettings: { input: { params: { program: string }; body: ReferralSettingsChange }; answer: ReferralSettings };
  /** Batches of codes in packages, with how many are used */
  listCodeBatches: { input: { params: { program: string } }; answer: CodeBatchList };
  /** Makes a batch of codes; they are shown once */
  createCodeBatch: { input: { params: { program: string }; body: NewCodeBatch }; answer: MadeCodeBatch };
  /** Stops a batch: none of its codes can be used any more */
  stopCodeBatch: { input: { params: { program: string; codeBatch: string } }; answer: CodeBatch };
  /** Uses a code from a package up for a member, once */
  redeemCode: { input: { params: { program: string }; body: CodeRedemption }; answer: TransactionAnswer };
  /** Sends a report of completed works for a member; it waits for approval */
  sendWorkReport: { input: { params: { program: string; member: string }; body: NewWorkReport }; answer: WorkReport };
  /** Reports of completed works: those that wait, oldest first; otherwise newest first */
  listWorkReports: { input: { params: { program: string }; query?: { cursor?: string; limit?: number; state?: "waiting" | "approved" | "rejected" } }; answer: WorkReportPage };
  /** One report */
  getWorkReport: { input: { params: { program: string; report: string } }; answer: WorkReport };
  /** A picture of a report */
  getWorkReportPicture: { input: { params: { program: string; report: string; picture: string } }; answer: WorkReportPicture };
  /** Approves a report: its event is booked, once */
  approveWorkReport: { input: { params: { program: string; report: string } }; answer: WorkReport };
  /** Rejects a report with a reason that the member reads */
  rejectWorkReport: { input: { params: { program: string; report: string }; body: WorkReportRejection }; answer: WorkReport };
  /** Decides history again with changed rules, to see what would be different; books nothing */
  startReplay: { input: { params: { program: string }; body: ReplayInput }; answer: Replay };
  /** Replays, newest first */
  listReplays: { input: { params: { program: string } }; answer: ReplayList };
  /** How far a replay is, and what came of it */
  getReplay: { input: { params: { program: string; replay: string } }; answer: Replay };
  /** Stops a replay that is not over */
  cancelReplay: { input: { params: { program: string; replay: string } }; answer: Replay };
  /** A table of the result as CSV */
  getReplayTable: { input: { params: { program: string; replay: string; table: "months" | "rules" | "members" | "segments" | "thresholds" | "levels" } }; answer: ReplayTable };
  /** Decides the documents of a period again by the right rule, to see what members should have; books nothing yet */
  startRepair: { input: { params: { program: string }; body: RepairInput }; answer: Repair };
  /** Repairs of history, newest first */
  listRepairs: { input: { params: { program: string } }; answer: RepairList };
  /** How far a repair is, and what it changes */
  getRepair: { input: { params: { program: string; repair: string } }; answer: Repair };
  /** The differences of all members as CSV */
  getRepairTable: { input: { params: { program: string; repair: string } }; answer: RepairTable };
  /** Stops a repair before anything is booked */
  cancelRepair: { input: { params: { program: string; repair: string } }; answer: Repair };
  /** Counts the same once more, of history as it stands now: what came since a repair was booked; books nothing yet */
  countRepairAgain: { input: { params: { program: string; repair: string } }; answer: Repair };
  /** Books the differences as adjustments, each once; a worker does it and goes on where it stopped. Where the program asks for two people it waits for another one */
  bookRepair: { input: { params: { program: string; repair: string }; body: RepairReason }; answer: Repair };
  /** Undoes all that a repair booked, as one batch; later repairs of the same accounts have to be undone first. Where the program asks for two people it waits for another one */
  undoRepair: { input: { params: { program: string; repair: string }; body: RepairReason }; answer: Repair };
  /** Agrees to what another person asked for: the repair is booked, or undone */
  approveRepair: { input: { params: { program: string; repair: string }; body: RepairStep }; answer: Repair };
  /** Drops what waits for another person; the repair stays as it is */
  declineRepair: { input: { params: { program: string; repair: string }; body: RepairStep }; answer: Repair };
  /** Thresholds and challenges */
  listGoals: { input: { params: { program: string }; query?: { kind?: "threshold" | "challenge" } }; answer: GoalList };
  /** Starts a threshold or a challenge as a draft */
  createGoal: { input: { params: { program: string }; body: NewGoal }; answer: GoalDetail };
  /** How far members would be by now, on a sample; saves nothing */
  previewGoal: { input: { params: { program: string }; body: NewGoal }; answer: GoalPreview };
  /** One threshold or challenge with its versions and how far members are */
  getGoal: { input: { params: { program: string; goal: string } }; answer: GoalDetail };
  /** Changes the draft; a published version never changes */
  changeGoal: { input: { params: { program: string; goal: string }; body: GoalChange }; answer: GoalDetail };
  /** Publishes the draft as a new version: it counts by it from now or a later day on; what members may lose keeps the program’s notice */
  publishGoal: { input: { params: { program: string; goal: string }; body: EarningRulePublish }; answer: GoalDetail };
  /** Publishes an older version again, as a new one; the draft stays, what was planned for later goes */
  rollbackGoal: { input: { params: { program: string; goal: string }; body: EarningRuleRollback }; answer: GoalDetail };
  /** Ends it for good, from now or a later day on; what it gave stays, and what members may lose keeps the program’s notice */
  endGoal: { input: { params: { program: string; goal: string }; body: EarningRulePublish }; answer: GoalDetail };
  /** What differs between two versions, or what publishing or ending from a day on would change, and whether members may get less */
  compareGoal: { input: { params: { program: string; goal: string }; query?: { from?: number; to?: number; inForceFrom?: string; step?: "end" } }; answer: RuleDifference };
  /** Takes the step that another person proposed */
  approveGoal: { input: { params: { program: string; goal: string }; body: GoalStep }; answer: GoalDetail };
  /** Drops the step that waits for another person; the draft stays. Where nothing waits, it calls a planned end off */
  declineGoal: { input: { params: { program: string; goal: string }; body: GoalStep }; answer: GoalDetail };
  /** Sales targets */
  listTargets: { input: { params: { program: string } }; answer: TargetList };
  /** Starts a sales target as a draft */
  createTarget: { input: { params: { program: string }; body: NewTarget }; answer: Target };
  /** One sales target */
  getTarget: { input: { params: { program: string; target: string } }; answer: Target };
  /** Changes a sales target; of a running one the name, the description, the groups, the amount and the last day */
  changeTarget: { input: { params: { program: string; target: string }; body: TargetChange }; answer: Target };
  /** Starts it: it counts from now on */
  startTarget: { input: { params: { program: string; target: string }; body: GoalStep }; answer: Target };
  /** Ends it for good; what it gave stays */
  endTarget: { input: { params: { program: string; target: string }; body: GoalStep }; answer: Target };
  /** Who is how far in a period, those nearest to their amount first */
  getTargetProgress: { input: { params: { program: string; target: string }; query?: { period?: number } }; answer: TargetProgress };
  /** Amounts of single members, companies or groups */
  listTargetAmounts: { input: { params: { program: string; target: string } }; answer: TargetAmounts };
  /** Sets all amounts of single members, companies or groups anew; whoever is not named has the common one */
  replaceTargetAmounts: { input: { params: { program: string; target: string }; body: TargetAmountsChange }; answer: TargetAmounts };
  /** The catalogue of badges */
  listBadges: { input: { params: { program: string } }; answer: BadgeList };
  /** Adds a badge */
  createBadge: { input: { params: { program: string }; body: BadgeInput }; answer: Badge };
  /** Changes a badge, also for those who have it */
  changeBadge: { input: { params: { program: string; badge: string }; body: BadgeChange }; answer: Badge };
  /** A member’s sales targets, and those of the member’s company and groups, with how far they are */
  getMemberTargets: { input: { params: { program: string; member: string } }; answer: MemberTargets };
  /** A member’s progress, badges, coupons and forecasts */
  getMemberGoals: { input: { params: { program: string; member: string } }; answer: MemberGoals };
  /** Whose coupon a code is, and whether it was used; changes nothing */
  findCoupon: { input: { params: { program: string }; body: CouponUse }; answer: FoundCoupon };
  /** Marks a member’s coupon as used, once */
  useCoupon: { input: { params: { program: string }; body: CouponUse }; answer: UsedCoupon };
  /** Leaderboards */
  listLeaderboards: { input: { params: { program: string } }; answer: LeaderboardList };
  /** Adds a leaderboard */
  createLeaderboard: { input: { params: { program: string }; body: LeaderboardInput }; answer: Leaderboard };
  /** One leaderboard with its places */
  getLeaderboard: { input: { params: { program: string; leaderboard: string } }; answer: LeaderboardDetail };
  /** Changes a leaderboard, or hides it */
  changeLeaderboard: { input: { params: { program: string; leaderboard: string }; body: LeaderboardChange }; answer: Leaderboard };
  /** The catalogue */
  listRewards: { input: { params: { program: string } }; answer: RewardList };
  /** Adds a reward */
  createReward: { input: { params: { program: string }; body: RewardInput }; answer: Reward };
  /** One reward */
  getReward: { input: { params: { program: string; reward: string } }; answer: Reward };
  /** Changes a reward or its stock */
  changeReward: { input: { params: { program: string; reward: string }; body: RewardChange }; answer: Reward };
  /** Orders rewards for a member: holds the points and takes the stock */
  placeOrder: { input: { params: { program: string }; body: OrderInput }; answer: OrderAnswer };
  /** Orders, newest first */
  listOrders: { input: { params: { program: string }; query?: { cursor?: string; limit?: number; state?: "placed" | "confirmed" | "cancelled"; member?: string } }; answer: OrderPage };
  /** One order */
  getOrder: { input: { params: { program: string; order: string } }; answer: Order };
  /** Captures the points: the reward is handed over */
  confirmOrder: { input: { params: { program: string; order: string } }; answer: OrderAnswer };
  /** Gives points and stock back */
  cancelOrder: { input: { params: { program: string; order: string }; body: OrderCancel }; answer: OrderAnswer };
  /** What anybody may know of the program */
  getPortal: { input: { params: { program: string } }; answer: PortalProgram };
  /** Asks to join: a code goes to the address, which proves it */
  joinProgram: { input: { params: { program: string }; body: JoinInput }; answer: CodeSent };
  /** Sends a one-time code; the answer is the same for unknown addresses */
  requestMemberCode: { input: { params: { program: string }; body: CodeRequest }; answer: CodeSent };
  /** Opens the member’s session with the code */
  confirmMemberCode: { input: { params: { program: string }; body: CodeConfirm }; answer: Member };
  /** Ends the member’s session */
  memberSignOut: { input: { params: { program: string } }; answer: Done };
  /** The signed-in member */
  getMyself: { input: { params: { program: string } }; answer: Member };
  /** Changes the own profile */
  changeMyself: { input: { params: { program: string }; body: MyChange }; answer: Member };
  /** Sends a code to a new e-mail address; the answer is the same for an address that somebody has */
  requestMyEmailCode: { input: { params: { program: string }; body: CodeRequest }; answer: CodeSent };
  /** Makes the address that the code proves the own one */
  confirmMyEmail: { input: { params: { program: string }; body: CodeConfirm }; answer: Member };
  /** Ends the own membership for good and signs out */
  closeMyAccount: { input: { params: { program: string }; body: MyClosing }; answer: Done };
  /** Own balances with every lot */
  getMyBalances: { input: { params: { program: string } }; answer: Balances };
  /** Own movements, newest first */
  listMyHistory: { input: { params: { program: string }; query?: { cursor?: string; limit?: number } }; answer: MyHistoryPage };
  /** Why these points came or went */
  explainMyTransfer: { input: { params: { program: string; transfer: string } }; answer: Explanation };
  /** Own level and what is missing to the next */
  getMyTier: { input: { params: { program: string } }; answer: MemberTierAnswer };
  /** Own progress, badges, coupons and forecasts */
  getMyGoals: { input: { params: { program: string } }; answer: MemberGoals };
  /** Own sales targets, and those of the own company and groups, with how far they are */
  getMyTargets: { input: { params: { program: string } }; answer: MemberTargets };
  /** Leaderboards with the own place */
  getMyLeaderboards: { input: { params: { program: string } }; answer: MyLeaderboards };
  /** Agrees to stand on leaderboards under a nickname, or changes it */
  joinLeaderboards: { input: { params: { program: string }; body: NicknameInput }; answer: MyLeaderboards };
  /** Leaves every leaderboard at once */
  leaveLeaderboards: { input: { params: { program: string } }; answer: MyLeaderboards };
  /** Ways to more points that are open now */
  getMyWays: { input: { params: { program: string } }; answer: MyWays };
  /** Uses a code from a package up */
  redeemMyCode: { input: { params: { program: string }; body: MyCodeRedemption }; answer: TransactionAnswer };
  /** Sends a report of own completed works with pictures; it waits for approval */
  sendMyWorkReport: { input: { params: { program: string }; body: NewWorkReport }; answer: WorkReport };
  /** Own reports, newest first */
  listMyWorkReports: { input: { params: { program: string }; query?: { cursor?: string; limit?: number } }; answer: WorkReportPage };
  /** A picture of an own report */
  getMyWorkReportPicture: { input: { params: { program: string; report: string; picture: string } }; answer: WorkReportPicture };
  /** Orders rewards for own points */
  placeMyOrder: { input: { params: { program: string }; body: MyOrderInput }; answer: OrderAnswer };
  /** Own orders, newest first */
  listMyOrders: { input: { params: { program: string }; query?: { cursor?: string; limit?: number } }; answer: OrderPage };
  /** Own coupons, badges and draw tickets that rules gave, newest first; tags and notices to other systems are the organiser’s own */
  listMyGrants: { input: { params: { program: string }; query?: { cursor?: string; limit?: number } }; answer: GrantPage };
  /** What rules wrote to oneself, newest first, in the language of the request */
  listMyMessages: { input: { params: { program: string }; query?: { cursor?: string; limit?: number } }; answer: MemberMessagePage };
  /** Whom a number or a card means, masked, before points are moved there; few wrong guesses an hour */
  findMyRecipient: { input: { params: { program: string }; body: RecipientQuestion }; answer: Recipient };
  /** Moves own points to another member; an unknown receiver and one who cannot have points are refused alike */
  moveMyPoints: { input: { params: { program: string }; body: MemberTransferInput }; answer: MemberTransferAnswer };
  /** Cancels an order that is not confirmed yet */
  cancelMyOrder: { input: { params: { program: string; order: string } }; answer: OrderAnswer };
};
