import type { Explanation } from '@wracam/sdk';
import { formatMoney, formatQuantity } from '@wracam/engine/words';
import { useLang } from '@wracam/ui/lang.tsx';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { useMyExplanation } from '../../api/me.ts';
import { useProgram, walletOf } from '../../api/program.tsx';
import { writeSignedPoints } from '../../points/points-words.ts';
import { Notice } from '../../shell/notice.tsx';
import { Sheet } from '../../shell/sheet.tsx';
import { useWords } from '../../words/words.ts';
import styles from './explanation-sheet.module.css';

/** Quantities travel in thousandths; a single piece needs no number. */
const ONE_PIECE = 1000;

/** Why points came or went: the sentence, the receipt, and every rule that did or did not apply. */
export function ExplanationSheet({ transfer, onClose }: { transfer: string | null; onClose: () => void }) {
  const { history } = useWords();
  const explanation = useMyExplanation(transfer);
  return (
    <Sheet opened={transfer !== null} onClose={onClose} title={history.why}>
      {explanation.isPending && <SkeletonList rows={3} height={44} />}
      {explanation.isError && <Notice error={explanation.error} onRetry={() => void explanation.refetch()} />}
      {explanation.data && <Answer explanation={explanation.data} />}
    </Sheet>
  );
}

function Answer({ explanation }: { explanation: Explanation }) {
  const program = useProgram();
  const { history } = useWords();
  const lang = useLang();
  const write = (points: number) => writeSignedPoints(points, walletOf(program, explanation.transfer.wallet).forms, lang);
  const applied = explanation.rules.filter((rule) => rule.applied);
  const notApplied = explanation.rules.filter((rule) => !rule.applied);
  return (
    <>
      <p className={styles.sentence}>{explanation.sentence}</p>
      {applied.length > 0 && (
        <section aria-labelledby="applied-title">
          <h3 id="applied-title" className={styles.heading}>{history.applied}</h3>
          <ul className={styles.rules}>
            {applied.map((rule) => <li key={`${rule.rule}-${rule.version}`}><span>{rule.sentence}</span>{rule.points !== 0 && <span className="wracam-points">{write(rule.points)}</span>}</li>)}
          </ul>
        </section>
      )}
      {explanation.lines.length > 0 && <Lines explanation={explanation} write={write} />}
      {notApplied.length > 0 && (
        <section aria-labelledby="not-applied-title">
          <h3 id="not-applied-title" className={styles.heading}>{history.notApplied}</h3>
          <ul className={styles.rules}>
            {notApplied.map((rule) => <li key={`${rule.rule}-${rule.version}`} className="quiet">{rule.sentence}</li>)}
          </ul>
        </section>
      )}
    </>
  );
}

function Lines({ explanation, write }: { explanation: Explanation; write: (points: number) => string }) {
  const program = useProgram();
  const { history } = useWords();
  const lang = useLang();
  return (
    <section aria-labelledby="lines-title">
      <h3 id="lines-title" className={styles.heading}>{history.lines}</h3>
      <ul className={styles.rules}>
        {explanation.lines.map((line, at) => (
          <li key={at}>
            <span>
              {line.quantity === ONE_PIECE ? line.name : `${line.name} × ${formatQuantity(line.quantity, lang)}`}
              <br /><span className="quiet small">{formatMoney(line.amountMinor, program.currency, lang)}</span>
            </span>
            {!line.counted && <span className="quiet small">{history.notCounted}</span>}
            {line.counted && line.points !== 0 && <span className="wracam-points">{write(line.points)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
