import { IconCheck, IconTrophy } from '@tabler/icons-react';
import { countedText } from '@wracam/engine/goals/describe';
import { formatDecimal, formatMoneyShort } from '@wracam/engine/words';
import { BadgePicture } from '@wracam/ui/badge-picture.tsx';
import { writeDate } from '@wracam/ui/date-text.tsx';
import { EmptyState } from '@wracam/ui/empty-state.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { useMyGoals, useMyTargets, type MyGoals } from '../../api/goals.ts';
import { useProgram, walletOf } from '../../api/program.tsx';
import { writeGenitive, writePoints } from '../../points/points-words.ts';
import { ProgressBar } from '../../points/progress-bar.tsx';
import { Notice } from '../../shell/notice.tsx';
import { SignedIn } from '../../shell/signed-in.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import styles from './goals-page.module.css';
import { Grants } from './grants.tsx';
import { Leaderboards } from './leaderboards.tsx';
import { Targets } from './targets.tsx';

type Challenge = MyGoals['challenges'][number];
type Threshold = MyGoals['thresholds'][number];
type Coming = Pick<MyGoals['soon'][number], 'id' | 'name' | 'description' | 'sentence' | 'reward' | 'from' | 'countsFrom'>;

/** Challenges with progress and deadline, thresholds with a forecast, what comes soon, sales targets, the shelf of badges, coupons, what else rules gave, and leaderboards. */
export function GoalsPage() {
  const { goals } = useWords();
  return (
    <Page wide title={goals.title}>
      <SignedIn>{() => <Goals />}</SignedIn>
    </Page>
  );
}

function Goals() {
  const words = useWords().goals;
  const query = useMyGoals();
  const { data: targets } = useMyTargets();
  if (query.isPending) return <SkeletonList rows={3} height={150} />;
  if (query.isError && !query.data) return <Notice error={query.error} onRetry={() => void query.refetch()} />;
  const goals = query.data;
  const challenges = goals.challenges.filter((one) => one.state !== 'coming');
  // What is planned, and what is published with a first day that has not come.
  const soon: Coming[] = [...goals.soon, ...goals.challenges.filter((one) => one.state === 'coming').map((one) => ({ ...one, from: one.period.from, countsFrom: one.period.from }))].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return (
    <div className={styles.page}>
      {challenges.length + goals.thresholds.length + soon.length + (targets?.items.length ?? 0) === 0 && <EmptyState icon={<IconTrophy />} title={words.empty} text={words.emptyText} />}
      {challenges.length + goals.thresholds.length > 0 && (
        <section className="panel" aria-label={words.title}>
          <ul className={styles.list}>
            {challenges.map((one) => <ChallengeRow key={one.id} one={one} />)}
            {goals.thresholds.map((one) => <ThresholdRow key={one.id} one={one} />)}
          </ul>
        </section>
      )}
      {soon.length > 0 && <Soon goals={soon} />}
      <Targets />
      {goals.coupons.length > 0 && <Coupons coupons={goals.coupons} />}
      <Grants />
      {goals.badges.length > 0 && <Shelf badges={goals.badges} />}
      <Leaderboards />
    </div>
  );
}

/** "40 punktów, odznaka „Kawosz”, kupon: kawa gratis". */
function useRewardText(): (reward: Challenge['reward']) => string {
  const words = useWords().goals;
  const program = useProgram();
  const lang = useLang();
  return ({ points, badge, coupon }) => [
    points && writePoints(points.points, walletOf(program, points.wallet).forms, lang), badge && words.badge(badge.name), coupon !== null && words.coupon(coupon),
  ].filter((part) => typeof part === 'string').join(', ');
}

function ChallengeRow({ one }: { one: Challenge }) {
  const words = useWords().goals;
  const { currency } = useProgram();
  const lang = useLang();
  const reward = useRewardText();
  const written = (value: number) => (one.counts === 'amount' || one.counts === 'quantity' ? countedText(one.counts, value, { lang, currency }) : formatDecimal(value, 0, lang));
  const percent = Math.min(100, Math.floor((one.value * 100) / one.target));
  const deadline = one.state === 'over' ? words.over : one.daysLeft !== null && one.period.until !== null ? words.until(writeDate(one.period.until, lang), one.daysLeft) : null;
  return (
    <li>
      <div className={styles.head}>
        {one.reward.badge && <BadgePicture face={one.reward.badge} size={52} faded={one.state !== 'reached'} />}
        <div className={styles.text}>
          <h2 className={styles.name}>{one.name}</h2>
          <p className={styles.line}>{one.description ?? one.sentence}</p>
          <p className={styles.quiet}>{words.reward(reward(one.reward))}</p>
        </div>
      </div>
      <div className={styles.bar}><ProgressBar percent={percent} label={words.progress(one.name, percent)} /></div>
      <p className={styles.line}>
        {one.state === 'reached' ? words.reached : words.ofTarget(written(one.value), countedText(one.counts, one.target, { lang, currency }))}
        {deadline && one.state !== 'reached' && <span className={styles.quiet}> · {deadline}</span>}
      </p>
      {one.pieces.length > 0 && (
        <ul className={styles.pieces}>
          {one.pieces.map((piece) => <li key={piece.name} data-done={piece.done || undefined}>{piece.done && <IconCheck size={16} aria-label={words.have} />}{piece.name}</li>)}
        </ul>
      )}
    </li>
  );
}

function ThresholdRow({ one }: { one: Threshold }) {
  const words = useWords().goals;
  const program = useProgram();
  const lang = useLang();
  const reward = useRewardText();
  const missing = one.wallet === null ? formatMoneyShort(one.missing, program.currency, lang) : writeGenitive(one.missing, walletOf(program, one.wallet).forms, lang);
  const percent = Math.min(100, Math.max(0, Math.floor(((one.value - one.from) * 100) / (one.at - one.from))));
  return (
    <li>
      <h2 className={styles.name}>{one.name}</h2>
      <p className={styles.line}>{one.description ?? one.sentence}</p>
      <p className={styles.quiet}>{words.reward(reward(one.reward))}</p>
      <div className={styles.bar}><ProgressBar percent={percent} label={words.progress(one.name, percent)} /></div>
      <p className={styles.line}>{one.reached ? words.reached : words.missing(missing)}</p>
      {!one.reached && <Pace forecast={one.forecast} />}
    </li>
  );
}

/** Goals that have not begun: what to do, what for, and from which day it counts. */
function Soon({ goals }: { goals: readonly Coming[] }) {
  const words = useWords().goals;
  const lang = useLang();
  const reward = useRewardText();
  return (
    <section className="panel" aria-labelledby="soon-title">
      <h2 id="soon-title" className="panel-title">{words.soon}</h2>
      <ul className={styles.list}>
        {goals.map((one) => (
          <li key={one.id}>
            <div className={styles.head}>
              {one.reward.badge && <BadgePicture face={one.reward.badge} size={52} faded />}
              <div className={styles.text}>
                <h3 className={styles.name}>{one.name}</h3>
                <p className={styles.line}>{one.sentence}</p>
                {one.description !== null && <p className={styles.line}>{one.description}</p>}
                <p className={styles.quiet}>{words.reward(reward(one.reward))}</p>
                <p className={styles.line}><strong>{words.begins(writeDate(one.from, lang))}</strong> {one.countsFrom === null ? words.countsAll : one.countsFrom < one.from && words.countsFrom(writeDate(one.countsFrom, lang))}</p>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** When it will be, at the member's own pace; or that nobody knows yet. */
export function Pace({ forecast }: { forecast: Threshold['forecast'] }) {
  const words = useWords().goals;
  const lang = useLang();
  return <p className={styles.quiet}>{forecast.day === null ? words.paceUnknown[forecast.why ?? 'fewDays'] : words.pace(writeDate(forecast.day, lang))}</p>;
}

function Coupons({ coupons }: { coupons: MyGoals['coupons'] }) {
  const words = useWords().goals;
  const lang = useLang();
  return (
    <section className="panel" aria-labelledby="coupons-title">
      <h2 id="coupons-title" className="panel-title">{words.coupons}</h2>
      <ul className={styles.list}>
        {coupons.map((one) => (
          <li key={one.code}>
            <p className={styles.line}>{one.title}</p>
            <p className={`${styles.code} ${one.usedAt ? styles.used : ''}`}>{one.code}</p>
            <p className={styles.quiet}>{one.usedAt ? words.couponUsed(writeDate(one.usedAt.slice(0, 10), lang)) : words.showCoupon}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Shelf({ badges }: { badges: MyGoals['badges'] }) {
  const words = useWords().goals;
  return (
    <section className="panel" aria-labelledby="badges-title">
      <h2 id="badges-title" className="panel-title">{words.badges}</h2>
      <ul className={styles.shelf}>
        {badges.map((badge) => <li key={badge.id}><BadgePicture face={badge} size={72} /><strong>{badge.name}</strong>{badge.description && <span className={styles.quiet}>{badge.description}</span>}</li>)}
      </ul>
    </section>
  );
}
