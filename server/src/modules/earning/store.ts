import type { Instant } from '@wracam/engine/calendar';
import type { RuleDefinition, Ruleset } from '@wracam/engine/rules';
import type { ProgramTx, Tx, Write } from '../../platform/db.ts';
import { sql, type Statement } from '../../platform/sql.ts';
import type { Proposal } from '../programs/index.ts';
import { stopped, type BaseSettings, type BaseVersion, type PlannedStop, type RuleState, type RuleStep } from './core.ts';

/** `stop`: planned for an instant that has not come; of one that has come the state speaks. */
export type RuleRow = { readonly id: number; readonly state: RuleState; readonly revision: number; readonly draft: RuleDefinition | null; readonly version: number; readonly changedAt: Instant; readonly proposal: RuleProposal | null; readonly stop: PlannedStop | null };
/** A step that waits for another person. */
export type RuleProposal = Proposal & { readonly step: RuleStep };
export type VersionRow = { readonly ruleId: number; readonly version: number; readonly definition: RuleDefinition; readonly publishedAt: Instant; readonly publishedBy: string; readonly inForceFrom: Instant };

type KeptRule = Omit<RuleRow, 'stop'> & { readonly stopStep: PlannedStop['step'] | null; readonly stopsAt: Instant | null };
const RULES = sql`select id, state, revision, draft, version, changed_at, proposal, stop_step, stops_at from earning_rule`;

/** A rule as it is now: nothing has to be written at the instant at which it stops. */
function ruleNow({ stopStep, stopsAt, ...rule }: KeptRule, now: Instant): RuleRow {
  if (stopStep === null || stopsAt === null) return { ...rule, stop: null };
  return stopsAt > now ? { ...rule, stop: { step: stopStep, from: stopsAt } } : { ...rule, state: stopped[stopStep], stop: null };
}

export const listRules = async (tx: ProgramTx): Promise<RuleRow[]> =>
  (await tx.rows<KeptRule>(sql`${RULES} where program_id = ${tx.program.id} order by id`)).map((row) => ruleNow(row, tx.program.now));

async function ruleWhere(tx: ProgramTx, rest: Statement): Promise<RuleRow | null> {
  const row = await tx.maybe<KeptRule>(sql`${RULES} where program_id = ${tx.program.id} and ${rest}`);
  return row && ruleNow(row, tx.program.now);
}

export const findRule = (tx: ProgramTx, id: number) => ruleWhere(tx, sql`id = ${id}`);

/** Under lock: two people who publish at once do so one after the other. */
export const findRuleForUpdate = (tx: ProgramTx, id: number) => ruleWhere(tx, sql`id = ${id} for update`);

export const insertRule = (tx: ProgramTx, id: number, draft: RuleDefinition) => tx.run(sql`
  insert into earning_rule (program_id, id, state, revision, draft, version, changed_at)
  values (${tx.program.id}, ${id}, 'draft', 1, ${JSON.stringify(draft)}, 0, ${new Date(tx.program.now)})`);

export const saveRule = (tx: ProgramTx, rule: RuleRow) => tx.run(sql`
  update earning_rule set state = ${rule.state}, revision = ${rule.revision}, draft = ${rule.draft === null ? null : JSON.stringify(rule.draft)}, version = ${rule.version}, changed_at = ${new Date(tx.program.now)},
    proposal = ${rule.proposal === null ? null : JSON.stringify(rule.proposal)}, stop_step = ${rule.stop?.step ?? null}, stops_at = ${rule.stop ? new Date(rule.stop.from) : null}
  where program_id = ${tx.program.id} and id = ${rule.id}`);

/** Writes down a planned stop whose instant has come, once; null: there is none. */
export async function takePlannedStop(tx: ProgramTx, id: number): Promise<PlannedStop['step'] | null> {
  const due = await tx.maybe<{ step: PlannedStop['step'] }>(sql`
    select stop_step as step from earning_rule where program_id = ${tx.program.id} and id = ${id} and stops_at <= ${new Date(tx.program.now)} for update`);
  if (!due) return null;
  await tx.run(sql`update earning_rule set state = ${stopped[due.step]}, stop_step = null, stops_at = null where program_id = ${tx.program.id} and id = ${id}`);
  return due.step;
}

/** When rules that run will stop, by their ids. */
export const stopsPlanned = async (tx: ProgramTx): Promise<ReadonlyMap<number, Instant>> =>
  new Map((await listRules(tx)).flatMap(({ id, stop }) => (stop === null ? [] : [[id, stop.from] as const])));

/** A rule that was never published; everything that decided by it would have its id. Fails by a foreign key where a repair names it. */
export const deleteRule = (tx: ProgramTx, id: number) => tx.run(sql`delete from earning_rule where program_id = ${tx.program.id} and id = ${id} and version = 0`);

export const listVersions = (tx: ProgramTx) => tx.rows<VersionRow>(sql`
  select rule_id, version, definition, published_at, published_by, in_force_from from earning_rule_version where program_id = ${tx.program.id} order by rule_id, version`);

export const insertVersion = (tx: ProgramTx, row: VersionRow) => tx.run(sql`
  insert into earning_rule_version (program_id, rule_id, version, definition, published_at, published_by, in_force_from)
  values (${tx.program.id}, ${row.ruleId}, ${row.version}, ${JSON.stringify(row.definition)}, ${new Date(row.publishedAt)}, ${row.publishedBy}, ${new Date(row.inForceFrom)})`);

export type BaseRow = { readonly revision: number; readonly draft: BaseSettings | null; readonly proposal: Proposal | null };

/** Null: nobody ever touched what earns. */
export const findBase = (tx: ProgramTx) => tx.maybe<BaseRow>(sql`select revision, draft, proposal from earning_base where program_id = ${tx.program.id}`);

/** Under the lock of the program, which every publisher takes first. */
export const saveBase = (tx: ProgramTx, { revision, draft, proposal }: BaseRow) => tx.run(sql`
  insert into earning_base (program_id, revision, draft, proposal, changed_at)
  values (${tx.program.id}, ${revision}, ${draft === null ? null : JSON.stringify(draft)}, ${proposal === null ? null : JSON.stringify(proposal)}, ${new Date(tx.program.now)})
  on conflict (program_id) do update set revision = excluded.revision, draft = excluded.draft, proposal = excluded.proposal, changed_at = excluded.changed_at`);

export const listBaseVersions = (tx: ProgramTx) => tx.rows<BaseVersion>(sql`
  select version, base, published_at, published_by, in_force_from from earning_base_version where program_id = ${tx.program.id} order by version`);

export const insertBaseVersion = (tx: ProgramTx, row: BaseVersion) => tx.run(sql`
  insert into earning_base_version (program_id, version, base, published_at, published_by, in_force_from)
  values (${tx.program.id}, ${row.version}, ${JSON.stringify(row.base)}, ${new Date(row.publishedAt)}, ${row.publishedBy}, ${new Date(row.inForceFrom)})`);

export const insertRuleset = (tx: ProgramTx, ruleset: Ruleset, inForceFrom: Instant) => tx.run(sql`
  insert into ruleset (program_id, no, published_at, in_force_from, content) values (${tx.program.id}, ${ruleset.no}, ${new Date(tx.program.now)}, ${new Date(inForceFrom)}, ${JSON.stringify(ruleset)})`);

/** Publishing takes this lock first, so ruleset numbers have no gap and no two publishers overwrite each other. */
export const lockProgram = async (tx: ProgramTx) => (await tx.maybe<{ rulesetNo: number }>(sql`select ruleset_no from program where id = ${tx.program.id} for no key update`))!.rulesetNo;

export const rulesetsUpTo = (tx: ProgramTx, no: number) => tx.rows<{ no: number; inForceFrom: Instant }>(sql`
  select no, in_force_from from ruleset where program_id = ${tx.program.id} and no <= ${no} order by no`);

export const rulesetContents = (tx: ProgramTx, nos: readonly number[]) => tx.rows<{ content: Ruleset }>(sql`
  select content from ruleset where program_id = ${tx.program.id} and no = any(${nos}::int4[])`);

/** What every budget of the program has spent, by rule: a handful of rows, so nobody asks for some of them. */
export async function budgetsUsed(tx: Tx, programId: number, lock: boolean): Promise<Map<number, number>> {
  const { rows } = lock ? await tx.hot('lock_budgets', `${BUDGETS} order by rule_id for update`, [programId]) : await tx.hot('budgets', BUDGETS, [programId]);
  return new Map(rows as [number, number][]);
}
const BUDGETS = 'select rule_id, used from rule_budget where program_id = $1';

export const insertBudget = (tx: ProgramTx, ruleId: number) => tx.run(sql`
  insert into rule_budget (program_id, rule_id, used) values (${tx.program.id}, ${ruleId}, 0) on conflict do nothing`);

/** Takes from a budget, or gives back. Breaks its `check (used >= 0)` when the budget would be passed: the batch then decides again with the budget under lock. */
export const takingBudget = (programId: number, ruleId: number, points: number, limit: number): Write => ({
  name: 'take_budget', values: [programId, ruleId, points, limit],
  text: `update rule_budget set used = case when $3::int8 <= 0 or used + $3::int8 <= $4::int8 then greatest(0, used + $3::int8) else -1 end where program_id = $1 and rule_id = $2`,
});
/** The error of a write that found its budget spent. */
export const isBudgetSpent = (error: unknown): boolean => error instanceof Error && (error as Error & { constraint?: string }).constraint === 'rule_budget_used_check';

/** Every ruleset with its content, by number. A program that changes its rules every week has five hundred after ten years. */
export const publishedRulesets = (tx: ProgramTx) => tx.rows<{ ruleset: Ruleset; inForceFrom: Instant }>(sql`
  select content as ruleset, in_force_from from ruleset where program_id = ${tx.program.id} order by no`);
