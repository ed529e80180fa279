import type { Client, OperationTypes } from '@wracam/sdk';

type OperationId = keyof OperationTypes;
/** What an operation answers. */
export type Answer<Id extends OperationId> = OperationTypes[Id]['answer'];
/** What it takes in its body. */
export type Body<Id extends OperationId> = OperationTypes[Id]['input'] extends { body: infer B } ? B : never;
/** What stands after the question mark. */
export type Query<Id extends OperationId> = Parameters<Client[Id]>[0] extends infer Input ? Input extends { query?: infer Q } ? NonNullable<Q> : never : never;

export type Me = Answer<'getMe'>;
export type Membership = Me['programs'][number];
export type Program = Answer<'getProgram'>;
export type Wallet = Program['wallets'][number];
export type Home = Answer<'getHome'>;
export type Day = Home['today'];
export type Member = Answer<'getMember'>;
export type MemberRow = Answer<'listMembers'>['items'][number];
export type Circle = Answer<'listCircles'>['items'][number];
export type CircleDetail = Answer<'getCircle'>;
export type WalletBalance = Member['balances'][number];
export type Lot = Answer<'getBalances'>['lots'][number];
export type HistoryEntry = Answer<'listHistory'>['items'][number];
export type Explanation = Answer<'explainTransfer'>;
export type Transaction = Answer<'getTransaction'>;
export type TransactionLine = Transaction['lines'][number];
export type TransactionRow = Answer<'listTransactions'>['items'][number];
export type TransactionAnswer = Answer<'recordTransaction'>;
export type TransactionInput = Body<'recordTransaction'>;
export type PreviewInput = Body<'previewTransaction'>;
export type MemberPointer = NonNullable<TransactionInput['member']>;
export type Base = Answer<'getEarningBase'>;
export type Grant = Answer<'listMemberGrants'>['items'][number];
export type Rule = Answer<'listRules'>['items'][number];
export type RuleList = Answer<'listRules'>;
export type RuleDetail = Answer<'getRule'>;
export type CodeBatch = Answer<'listCodeBatches'>['items'][number];
export type EventType = Answer<'listEventTypes'>['items'][number];
export type WorkReport = Answer<'listWorkReports'>['items'][number];
export type ProductSet = Answer<'listProductSets'>['items'][number];
export type Segment = Answer<'listSegments'>['items'][number];
export type Reward = Answer<'getReward'>;
export type Order = Answer<'getOrder'>;
export type OrderState = Order['state'];
export type Message = Answer<'listMessages'>['items'][number];
export type Staff = Answer<'listStaff'>['items'][number];
export type StaffRole = Staff['role'];
export type ApiKey = Answer<'listApiKeys'>['items'][number];
export type Webhook = Answer<'listWebhooks'>['items'][number];
export type WebhookDelivery = Answer<'listWebhookDeliveries'>['items'][number];
export type AuditEntry = Answer<'listAudit'>['items'][number];
export type ReplayHead = Answer<'listReplays'>['items'][number];
export type RepairHead = Answer<'listRepairs'>['items'][number];
export type Repair = Answer<'getRepair'>;
export type RepairResult = NonNullable<Repair['result']>;
export type Replay = Answer<'getReplay'>;
export type ReplayResult = NonNullable<Replay['result']>;
export type LevelMoves = NonNullable<ReplayResult['levels']>;
export type TierSettings = Answer<'getTiers'>;
