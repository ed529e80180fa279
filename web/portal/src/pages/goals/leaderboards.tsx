import { Button, TextInput } from '@mantine/core';
import { countedText } from '@wracam/engine/goals/describe';
import { useLang } from '@wracam/ui/lang.tsx';
import { useRef, useState } from 'react';
import { useMyLeaderboards, useNickname, type MyLeaderboards } from '../../api/goals.ts';
import { useProgram, walletOf } from '../../api/program.tsx';
import { Notice } from '../../shell/notice.tsx';
import { useWords } from '../../words/words.ts';
import styles from './goals-page.module.css';

type Board = MyLeaderboards['items'][number];

/** Leaderboards with the own place, and the choice to stand on them under a nickname or not at all. */
export function Leaderboards() {
  const words = useWords().goals;
  const query = useMyLeaderboards();
  if (query.isError && !query.data) return <Notice error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data || query.data.items.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="boards-title">
      <h2 id="boards-title" className="panel-title">{words.boards}</h2>
      {query.data.items.map((board) => <Places key={board.id} board={board} />)}
      <Nickname nickname={query.data.nickname} />
    </section>
  );
}

function Places({ board }: { board: Board }) {
  const words = useWords().goals;
  const program = useProgram();
  const lang = useLang();
  const written = (score: number) => countedText(board.counts, score, { lang, currency: program.currency, ...(board.wallet === null ? {} : { unit: walletOf(program, board.wallet).forms }) });
  return (
    <>
      <h3 className={styles.name}>{board.name}</h3>
      <p className={styles.quiet}>{board.own ? words.own(board.own.place, written(board.own.score)) : words.ownNone}</p>
      {board.standings.length > 0 && (
        <ol className={styles.places}>
          {board.standings.map((one) => (
            <li key={one.nickname} data-me={one.me || undefined}><span className={styles.place}>{one.place}.</span><span className={styles.nick}>{one.nickname}{one.me && ` (${words.me})`}</span><span>{written(one.score)}</span></li>
          ))}
        </ol>
      )}
    </>
  );
}

function Nickname({ nickname }: { nickname: string | null }) {
  const words = useWords().goals;
  const change = useNickname();
  const [draft, setDraft] = useState(nickname ?? '');
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const take = (next: string | null) => change.mutate(next, {
    onSuccess: () => {
      setDraft(next ?? '');
      setSaid(next === null ? words.unnamed : words.named(next));
      field.current?.focus(); // what was pressed can no longer be
    },
  });
  return (
    <>
      <form className={styles.form} onSubmit={(event) => { event.preventDefault(); take(draft.trim()); }}>
        <TextInput ref={field} label={words.nickname} description={words.nicknameHint} maxLength={24} value={draft} onChange={(event) => setDraft(event.currentTarget.value)} />
        <Button type="submit" disabled={draft.trim().length < 2 || draft.trim() === nickname} loading={change.isPending}>{nickname === null ? words.join : words.changeName}</Button>
        {nickname !== null && <Button variant="default" loading={change.isPending} onClick={() => take(null)}>{words.leave}</Button>}
      </form>
      <p role="status" className={styles.quiet}>{!change.isError && said}</p>
      {change.isError && <Notice error={change.error} />}
    </>
  );
}
