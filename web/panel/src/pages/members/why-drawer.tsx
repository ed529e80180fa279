import { Badge, Drawer, Group, Stack, Table, Text, Title } from '@mantine/core';
import { ErrorNotice, InstantText, MoneyText, PointsAmount, SkeletonList } from '@wracam/ui';
import { useExplanation } from '../../api/members.ts';
import { useProgram, useWallet } from '../../api/program.tsx';
import type { Explanation } from '../../api/shapes.ts';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';

/** Why these points came or went: one sentence, then every rule, applied or not, then the lines that counted. */
export function WhyDrawer({ transfer, onClose }: { transfer: string | null; onClose: () => void }) {
  const w = useWords();
  const query = useExplanation(transfer);
  return (
    <Drawer opened={transfer !== null} onClose={onClose} title={<Text fw={700}>{w.member.explanation}</Text>} closeButtonProps={{ 'aria-label': w.shell.close }}>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && (query.data ? <Reasons explanation={query.data} /> : <SkeletonList />)}
    </Drawer>
  );
}

function Reasons({ explanation }: { explanation: Explanation }) {
  const w = useWords().member;
  const { timeZone } = useProgram();
  const wallet = useWallet();
  const { transfer, chain } = explanation;
  const unit = wallet(transfer.wallet).forms;
  return (
    <Stack gap="lg">
      <div>
        <Text fz={32} lh={1.2} component="div"><PointsAmount points={transfer.points} unit={unit} signed /></Text>
        <Text>{explanation.sentence}</Text>
        <Text size="sm" c="dimmed"><InstantText at={transfer.at} timeZone={timeZone} /></Text>
        <OriginLink origin={transfer.origin} />
      </div>
      {explanation.rules.length > 0 && (
        <section>
          <Title order={3} size="h3" mb="xs">{w.explanationRules}</Title>
          <Stack gap="md">
            {explanation.rules.map((rule) => (
              <div key={`${rule.rule}${rule.version}`}>
                <Group justify="space-between" wrap="nowrap" align="flex-start">
                  <Text fw={650} size="sm">{rule.rule} <Text span size="sm" c="dimmed" fw={400}>({w.version(rule.version)})</Text></Text>
                  {rule.applied ? <PointsAmount points={rule.points} unit={unit} signed /> : <Badge color="gray" style={{ flexShrink: 0 }}>{w.notApplied}</Badge>}
                </Group>
                <Text size="sm" c="dimmed">{rule.sentence}</Text>
              </div>
            ))}
          </Stack>
        </section>
      )}
      {explanation.lines.length > 0 && <CountedLines lines={explanation.lines} />}
      <Text size="sm" c="dimmed">{w.chain(chain.seq, chain.ruleset)}</Text>
    </Stack>
  );
}

function OriginLink({ origin }: { origin: Explanation['transfer']['origin'] }) {
  const w = useWords().member;
  const { code } = useProgram();
  if (origin.id === null) return null;
  if (origin.kind === 'transaction') return <TextLink to="/$program/transactions/$transaction" params={{ program: code, transaction: origin.id }}>{w.openDocument}</TextLink>;
  if (origin.kind === 'order') return <TextLink to="/$program/orders/$order" params={{ program: code, order: origin.id }}>{w.openOrder}</TextLink>;
  return null;
}

function CountedLines({ lines }: { lines: Explanation['lines'] }) {
  const w = useWords().member;
  const { currency } = useProgram();
  return (
    <section>
      <Title order={3} size="h3" mb="xs">{w.explanationLines}</Title>
      <Table verticalSpacing="xs" horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr><Table.Th>{w.lineName}</Table.Th><Table.Th ta="end">{w.lineValue}</Table.Th><Table.Th ta="end">{w.linePoints}</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line, at) => (
            <Table.Tr key={at}>
              <Table.Td>{line.name}</Table.Td>
              <Table.Td className="wracam-number"><MoneyText minor={line.amountMinor} currency={currency} /></Table.Td>
              <Table.Td className="wracam-number">{line.counted ? line.points : <Text span size="sm" c="dimmed">{w.notCounted}</Text>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
