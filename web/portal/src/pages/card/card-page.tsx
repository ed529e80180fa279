import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { useEffect } from 'react';
import { Redirect } from 'wouter';
import { useMe } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { rememberedCard } from '../../session/remembered-card.ts';
import { Notice } from '../../shell/notice.tsx';
import { useTitle } from '../../shell/title.ts';
import { useWords } from '../../words/words.ts';
import { usePlaces } from '../../shell/places.ts';
import { CodeImage } from './code-image.tsx';
import styles from './card-page.module.css';

/** The card for the till: large, white, and there without a network. */
export function CardPage() {
  const to = usePlaces();
  const program = useProgram();
  const { card } = useWords();
  const me = useMe();
  useTitle(card.title, program.name);
  useAwakeScreen();
  const number = me.data?.number ?? (me.data === null ? null : rememberedCard(program.code));
  if (number) return <MemberCard number={number} name={me.data?.firstName ?? null} />;
  if (me.data === null) return <Redirect href={to.signIn} replace />;
  if (me.isError) return <Notice error={me.error} onRetry={() => void me.refetch()} />;
  return <SkeletonList rows={2} height={200} />;
}

function MemberCard({ number, name }: { number: string; name: string | null }) {
  const program = useProgram();
  const { card } = useWords();
  return (
    <section className={styles.card} aria-labelledby="card-title">
      <h1 id="card-title" className={styles.program}>{program.name}</h1>
      {name && <p className={styles.name}>{name}</p>}
      <p className={styles.hint}>{card.text}</p>
      <div className={styles.qr}><CodeImage kind="qr" text={number} label={card.qr(number)} failed={card.noCode} /></div>
      <div className={styles.barcode}><CodeImage kind="barcode" text={number} label={card.barcode(number)} failed={card.noCode} /></div>
      <p className={styles.number}><span className={styles.numberLabel}>{card.number}</span> {number}</p>
      <p className={styles.foot}>{card.offline}</p>
    </section>
  );
}

/** Keeps the screen lit while the card is shown; a queue can be slow. Browsers without it just dim. */
function useAwakeScreen(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let left = false;
    const ask = () => {
      if (document.visibilityState !== 'visible') return;
      navigator.wakeLock?.request('screen').then((granted) => {
        lock = granted;
        if (left) void granted.release();
      }, () => undefined); // a low battery refuses, which is its right
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}
