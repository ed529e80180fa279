import { Accordion, Box, Divider, Group, List, Stack, Text } from '@mantine/core';
import { PointsAmount, useLang, writeDate, writePoints } from '@wracam/ui';
import { phrasesOf } from '@wracam/engine/phrases';
import { useWallet } from '../../api/program.tsx';
import type { TransactionAnswer } from '../../api/shapes.ts';
import { useWords } from '../../words/words.tsx';

type Awards = TransactionAnswer['awards'];

/** Points in total by wallet, in the order of the program's wallets in the awards. */
function totals(awards: Awards): { wallet: string; points: number }[] {
  const sums = new Map<string, number>();
  for (const award of awards) sums.set(award.wallet, (sums.get(award.wallet) ?? 0) + award.points);
  return Array.from(sums, ([wallet, points]) => ({ wallet, points }));
}

/** What a sale gives: points in large, the sentence of every rule, and under a fold what did not apply and why. */
export function Outcome({ answer, showBalance, nothing }: { answer: Pick<TransactionAnswer, 'awards' | 'grants' | 'notApplied' | 'balances'>; showBalance: boolean; /** What is said of what earns nothing; absent: it is a purchase. */ nothing?: string }) {
  const words = useWords();
  const w = words.sale;
  const lang = useLang();
  const wallet = useWallet();
  return (
    <Stack gap="md">
      {answer.awards.length === 0 && !answer.grants
        ? <Text>{nothing ?? w.nothing}</Text>
        : totals(answer.awards).map((one) => (
          <Text key={one.wallet} fz={34} lh={1.15} component="div"><PointsAmount points={one.points} unit={wallet(one.wallet).forms} signed /></Text>
        ))}
      <AwardList awards={answer.awards} />
      {answer.grants?.map((grant) => (
        <div key={grant.rule}>
          <Text fw={650} size="sm">{grant.rule}: {words.member.grantOf(writePoints(grant.count, phrasesOf(lang).grantUnit(grant.what), lang), grant.code)}</Text>
          <Text size="sm" c="dimmed">{grant.reason}</Text>
        </div>
      ))}
      <NotAppliedList notApplied={answer.notApplied} />
      {showBalance && answer.balances.length > 0 && (
        <Box>
          <Divider mb="sm" />
          {answer.balances.map((balance) => (
            <Group key={balance.wallet} justify="space-between">
              <Text size="sm" c="dimmed">{w.afterwards}</Text>
              <PointsAmount points={balance.available + balance.pending} unit={wallet(balance.wallet).forms} />
            </Group>
          ))}
        </Box>
      )}
    </Stack>
  );
}

/** One sentence for each award, with its points and dates. */
export function AwardList({ awards }: { awards: Awards }) {
  const w = useWords().sale;
  const lang = useLang();
  const wallet = useWallet();
  if (awards.length === 0) return null;
  return (
    <List listStyleType="none" spacing="sm">
      {awards.map((award) => (
        <List.Item key={`${award.rule}${award.wallet}`} styles={{ itemWrapper: { display: 'block', width: '100%' }, itemLabel: { width: '100%' } }}>
          <Group justify="space-between" wrap="nowrap" align="flex-start" gap="md">
            <div>
              <Text fw={650} size="sm">{award.rule}</Text>
              <Text size="sm" c="dimmed">
                {[award.reason, award.pendingUntil && w.pending(writeDate(award.pendingUntil, lang)), award.expiresOn && w.expires(writeDate(award.expiresOn, lang))].filter(Boolean).join(' ')}
              </Text>
            </div>
            <PointsAmount points={award.points} unit={wallet(award.wallet).forms} signed />
          </Group>
        </List.Item>
      ))}
    </List>
  );
}

/** Rules that gave nothing, each with its reason, under a fold. */
export function NotAppliedList({ notApplied }: { notApplied: TransactionAnswer['notApplied'] }) {
  const w = useWords().sale;
  if (notApplied.length === 0) return null;
  return (
    <Accordion variant="separated" radius="md">
      <Accordion.Item value="not">
        <Accordion.Control>{`${w.notApplied} (${notApplied.length})`}</Accordion.Control>
        <Accordion.Panel>
          <Stack gap="xs">
            {notApplied.map((one) => (
              <div key={one.rule}>
                <Text size="sm" fw={650}>{one.rule}</Text>
                <Text size="sm" c="dimmed">{one.reason}</Text>
              </div>
            ))}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

/** Points that came back when a return was undone or corrected, by wallet. */
export function GivenBack({ givenBack, none }: { givenBack: NonNullable<TransactionAnswer['givenBack']>; none: string }) {
  const wallet = useWallet();
  if (givenBack.length === 0) return <Text>{none}</Text>;
  return <Stack gap="xs">{givenBack.map((one) => <Text key={one.wallet} fz={34} lh={1.15} component="div"><PointsAmount points={one.points} unit={wallet(one.wallet).forms} signed /></Text>)}</Stack>;
}

/** Points a return takes, by wallet, and what becomes a debt; the words say whether it has happened. */
export function TakenBack({ takenBack, none, owed }: { takenBack: TransactionAnswer['takenBack']; none: string; owed: (points: string) => string }) {
  const lang = useLang();
  const wallet = useWallet();
  const moved = takenBack.filter((one) => one.points > 0);
  if (moved.length === 0) return <Text>{none}</Text>;
  return (
    <Stack gap="xs">
      {moved.map((one) => (
        <div key={one.wallet}>
          <Text fz={34} lh={1.15} component="div"><PointsAmount points={-one.points} unit={wallet(one.wallet).forms} /></Text>
          {one.owed > 0 && <Text size="sm">{owed(writePoints(one.owed, wallet(one.wallet).forms, lang))}</Text>}
        </div>
      ))}
    </Stack>
  );
}
