import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconHistoryToggle, IconListCheck, IconPlus, IconTool } from '@tabler/icons-react';
import { EmptyState, ErrorNotice, PageHeader, SkeletonList } from '@wracam/ui';
import { useCan, useProgram } from '../../api/program.tsx';
import { useRules } from '../../api/rules.ts';
import type { Rule, RuleList } from '../../api/shapes.ts';
import { ButtonLink, RowLink, TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { toEngine } from './definition.ts';
import { useTellRule } from './tell-rule.ts';

const order = ['active', 'draft', 'paused', 'ended'] as const;
export const ruleColor = { active: 'forest', draft: 'amber', paused: 'gray', ended: 'gray' } as const;

/** Every rule as the sentence a person reads, grouped by where it stands: of one that runs, what it gives now. */
export function RulesPage() {
  const w = useWords();
  const query = useRules();
  const { code } = useProgram();
  const can = useCan();
  const sets = <><ButtonLink variant="default" to="/$program/segments" params={{ program: code }}>{w.segments.link}</ButtonLink><ButtonLink variant="default" to="/$program/product-sets" params={{ program: code }}>{w.productSets.link}</ButtonLink></>;
  const add = can('rules.write') && <ButtonLink to="/$program/rules/new" params={{ program: code }} leftSection={<IconPlus size={16} aria-hidden />}>{w.shell.newRule}</ButtonLink>;
  return (
    <>
      <PageHeader title={w.rules.title} text={w.rules.text} actions={<>{sets}{can('reports.read') && <ButtonLink variant="default" to="/$program/replays" params={{ program: code }} leftSection={<IconHistoryToggle size={16} aria-hidden />}>{w.replays.title}</ButtonLink>}{can('points.repair') && <ButtonLink variant="default" to="/$program/repairs" params={{ program: code }} leftSection={<IconTool size={16} aria-hidden />}>{w.repairs.title}</ButtonLink>}{add}</>} />
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !query.data && <SkeletonList rows={5} height={80} />}
      {query.data?.items.length === 0 && <EmptyState icon={<IconListCheck />} title={w.rules.empty} text={w.rules.emptyText} action={add} />}
      <Stack gap="xl">
        {order.map((state) => <RuleGroup key={state} state={state} rules={query.data?.items.filter((rule) => rule.state === state) ?? []} />)}
        {query.data && <Base list={query.data} />}
      </Stack>
    </>
  );
}

function RuleGroup({ state, rules }: { state: Rule['state']; rules: readonly Rule[] }) {
  const w = useWords().rules;
  const { code } = useProgram();
  const tell = useTellRule();
  if (rules.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h3" mb="sm">{w.groups[state]} <Text span c="dimmed">{rules.length}</Text></Title>
      <Stack gap="sm">
        {rules.map((rule) => (
          <Paper key={rule.id} withBorder p="md" className="wracam-row">
            <Group justify="space-between" align="flex-start" wrap="nowrap">
              <div>
                <RowLink to="/$program/rules/$rule" params={{ program: code, rule: rule.id }}>{rule.name}</RowLink>
                <Text c="dimmed" size="sm">{tell(toEngine(rule.current?.definition ?? rule.draft!))}</Text>
              </div>
              {(rule.proposal ?? (rule.draft && rule.current)) && <Badge color="amber" style={{ flexShrink: 0 }}>{rule.proposal ? w.proposed : w.waiting}</Badge>}
            </Group>
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

function Base({ list }: { list: RuleList }) {
  const w = useWords().rules;
  const { code } = useProgram();
  const can = useCan();
  const { base } = list;
  return (
    <section>
      <Title order={2} size="h3" mb="sm">{w.baseTitle}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {w.baseSentence(base.kinds.map((kind) => w.baseKinds[kind] ?? kind).join(', '))}
        {base.excludedCategories.length > 0 && ` ${w.baseExcluded(base.excludedCategories.join(', '))}`}
        {base.excludedBrands.length + base.excludedSkus.length > 0 && ` ${w.baseExcludedMore}`}
        {` ${w.baseAmounts[base.amounts]} ${w.basePaid(base.paidWithPointsEarns)} ${w.ruleset(list.ruleset)}`}
      </Text>
      <TextLink to="/$program/rules/base" params={{ program: code }}>{can('rules.write') ? w.baseChange : w.baseSee}</TextLink>
    </section>
  );
}
