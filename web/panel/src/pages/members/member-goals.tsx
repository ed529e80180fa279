import { Badge, Button, Code, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { countedText } from '@wracam/engine/goals/describe';
import { formatDecimal, formatMoneyShort } from '@wracam/engine/words';
import { BadgePicture, ConfirmDialog, ErrorNotice, SkeletonList, useLang, writeDate, writeInstant, writePoints } from '@wracam/ui';
import { useState } from 'react';
import { useMemberGoals, useSpendCoupon, type MemberGoals as Goals } from '../../api/goals.ts';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

type Challenge = Goals['challenges'][number];
type Threshold = Goals['thresholds'][number];
type Coupon = Goals['coupons'][number];

/** A member's challenges, thresholds, badges and coupons, with the forecast of the next step. */
export function MemberGoals({ id }: { id: string }) {
  const w = useWords().goals;
  const query = useMemberGoals(id);
  const goals = query.data;
  const none = goals && goals.thresholds.length + goals.challenges.length + goals.soon.length + goals.badges.length + goals.coupons.length === 0;
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="sm">{w.member}</Title>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !goals && <SkeletonList rows={3} height={40} />}
      {none && <Text c="dimmed" size="sm">{w.memberNone}</Text>}
      {goals && (
        <Stack gap="md">
          {goals.badges.length > 0 && <Group gap={8}>{goals.badges.map((badge) => <BadgePicture key={badge.id} face={badge} size={48} label={badge.name} />)}</Group>}
          {goals.challenges.map((one) => <ChallengeRow key={one.id} one={one} />)}
          {goals.thresholds.map((one) => <ThresholdRow key={one.id} one={one} />)}
          {goals.soon.map((one) => <ComingRow key={one.id} one={one} />)}
          {goals.nextReward && <NextReward next={goals.nextReward} />}
          {goals.coupons.length > 0 && <div><Text fw={650} mb={4}>{w.coupons}</Text><Stack gap="xs">{goals.coupons.map((coupon) => <CouponRow key={coupon.code} coupon={coupon} />)}</Stack></div>}
        </Stack>
      )}
    </Paper>
  );
}

function ChallengeRow({ one }: { one: Challenge }) {
  const w = useWords().goals;
  const lang = useLang();
  const { currency } = useProgram();
  const text = (value: number) => countedText(one.counts, value, { lang, currency });
  const state = one.state === 'reached' ? w.reached : one.state === 'coming' ? w.coming(writeDate(one.period.from, lang)) : one.state === 'over' ? w.over : one.daysLeft === null ? null : w.daysLeft(one.daysLeft);
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="baseline"><Text fw={650}>{one.name}</Text>{state && <Badge color={one.state === 'reached' ? 'forest' : 'gray'} style={{ flexShrink: 0 }}>{state}</Badge>}</Group>
      <Progress value={Math.min(100, (one.value / one.target) * 100)} my={4} aria-label={one.name} />
      <Text size="sm" c="dimmed">{w.ofTarget(one.counts === 'amount' || one.counts === 'quantity' ? text(one.value) : formatDecimal(one.value, 0, lang), text(one.target))}</Text>
    </div>
  );
}

function ThresholdRow({ one }: { one: Threshold }) {
  const w = useWords().goals;
  const lang = useLang();
  const { currency } = useProgram();
  const wallet = useWallet();
  const text = (value: number) => (one.wallet === null ? formatMoneyShort(value, currency, lang) : writePoints(value, wallet(one.wallet).forms, lang));
  return (
    <div>
      <Text fw={650}>{one.name}</Text>
      <Progress value={Math.min(100, Math.max(0, ((one.value - one.from) / (one.at - one.from)) * 100))} my={4} aria-label={one.name} />
      <Text size="sm" c="dimmed">{w.ofTarget(one.wallet === null ? text(one.value) : formatDecimal(one.value, 0, lang), text(one.at))}</Text>
      {!one.reached && <Pace forecast={one.forecast} />}
    </div>
  );
}

/** A goal that is planned: the member sees it as coming soon. */
function ComingRow({ one }: { one: Goals['soon'][number] }) {
  const w = useWords().goals;
  const lang = useLang();
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="baseline"><Text fw={650}>{one.name}</Text><Badge color="gray" style={{ flexShrink: 0 }}>{w.coming(writeDate(one.from, lang))}</Badge></Group>
      <Text size="sm" c="dimmed">{one.sentence}</Text>
    </div>
  );
}

function NextReward({ next }: { next: NonNullable<Goals['nextReward']> }) {
  const w = useWords().goals;
  const lang = useLang();
  const wallet = useWallet();
  return (
    <div>
      <Text fw={650}>{w.nextReward(next.name)}</Text>
      <Text size="sm" c="dimmed">{w.missing(writePoints(next.missing, wallet(next.wallet).forms, lang))}</Text>
      <Pace forecast={next.forecast} />
    </div>
  );
}

function Pace({ forecast }: { forecast: Threshold['forecast'] }) {
  const w = useWords().goals;
  const lang = useLang();
  if (forecast.day === null) return <Text size="sm" c="dimmed">{w.paceUnknown[forecast.why ?? 'fewDays']}</Text>;
  return <Text size="sm">{w.pace(writeDate(forecast.day, lang))} <Text span c="dimmed" size="sm">({w.paceBetween(writeDate(forecast.earliest ?? forecast.day, lang), writeDate(forecast.latest ?? forecast.day, lang))})</Text></Text>;
}

function CouponRow({ coupon }: { coupon: Coupon }) {
  const w = useWords().goals;
  const lang = useLang();
  const { timeZone } = useProgram();
  const can = useCan();
  const spend = useSpendCoupon();
  const [asked, setAsked] = useState(false);
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm"><Code>{coupon.code}</Code> {coupon.title}</Text>
        {coupon.usedAt && <Text size="sm" c="dimmed">{w.couponUsed(writeInstant(coupon.usedAt, timeZone, lang))}</Text>}
      </div>
      {!coupon.usedAt && can('orders.write') && <Button size="xs" variant="default" aria-label={`${w.useCoupon}: ${coupon.code}`} onClick={() => { spend.reset(); setAsked(true); }}>{w.useCoupon}</Button>}
      <ConfirmDialog
        opened={asked} onClose={() => setAsked(false)} title={`${w.useCoupon}: ${coupon.code}`} text={w.useCouponText(coupon.title)} action={w.useCoupon} busy={spend.isPending} error={spend.error}
        onConfirm={() => spend.mutate(coupon.code, { onSuccess: () => { setAsked(false); toast(w.couponDone); } })}
      />
    </Group>
  );
}
