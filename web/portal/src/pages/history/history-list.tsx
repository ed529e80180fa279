import type { HistoryEntry } from '@wracam/sdk';
import { writeDate } from '@wracam/ui/date-text.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { useState } from 'react';
import { useProgram, walletOf } from '../../api/program.tsx';
import { writeSignedPoints } from '../../points/points-words.ts';
import { writeMoment } from '../../shell/days.ts';
import { useWords } from '../../words/words.ts';
import { ExplanationSheet } from './explanation-sheet.tsx';
import styles from './history-list.module.css';

/** Movements of points, each with its reason and "Dlaczego?". */
export function HistoryList({ entries }: { entries: readonly HistoryEntry[] }) {
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <>
      <ul className={styles.list}>
        {entries.map((entry) => <Row key={entry.id} entry={entry} onAsk={() => setAsked(entry.id)} />)}
      </ul>
      <ExplanationSheet transfer={asked} onClose={() => setAsked(null)} />
    </>
  );
}

function Row({ entry, onAsk }: { entry: HistoryEntry; onAsk: () => void }) {
  const program = useProgram();
  const { history } = useWords();
  const lang = useLang();
  const on = writeMoment(entry.at, program.timeZone, lang);
  const notes = [
    entry.reversed && history.reversed,
    entry.pendingUntil && history.pending(writeDate(entry.pendingUntil, lang)),
    entry.points > 0 && entry.expiresOn && !entry.reversed && history.expires(writeDate(entry.expiresOn, lang)),
  ].filter((note) => typeof note === 'string');
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        <span className={styles.reason}>{entry.reason}</span>
        <span className={styles.meta}>
          <time dateTime={entry.at}>{on}</time>
          {notes.map((note) => <span key={note}> · {note}</span>)}
        </span>
      </div>
      <div className={styles.side}>
        <span className={entry.points > 0 ? 'wracam-points' : styles.spent}>{writeSignedPoints(entry.points, walletOf(program, entry.wallet).forms, lang)}</span>
        <button type="button" className={styles.why} onClick={onAsk} aria-label={history.whyOf(entry.reason, on)}>{history.why}</button>
      </div>
    </li>
  );
}
