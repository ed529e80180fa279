import { Button } from '@mantine/core';
import { phrasesOf } from '@wracam/engine/phrases';
import { writeInstant } from '@wracam/ui/date-text.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { useMyGrants } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { writePoints } from '../../points/points-words.ts';
import { Notice } from '../../shell/notice.tsx';
import { useWords } from '../../words/words.ts';
import styles from './goals-page.module.css';

/** Coupons, badges and draw tickets that rules gave; nothing while there are none. */
export function Grants() {
  const words = useWords().goals;
  const lang = useLang();
  const { timeZone } = useProgram();
  const query = useMyGrants();
  const grants = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isError) return <Notice error={query.error} onRetry={() => void query.refetch()} />;
  if (grants.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="grants-title">
      <h2 id="grants-title" className="panel-title">{words.grants}</h2>
      <ul className={styles.list}>
        {grants.map((one) => (
          <li key={`${one.transaction} ${one.rule}`}>
            <p className={styles.name}>{words.grant(writePoints(one.kept > 0 ? one.kept : one.count, phrasesOf(lang).grantUnit(one.what), lang), one.code)}</p>
            <p className={styles.quiet}>{one.rule}, {writeInstant(one.grantedAt, timeZone, lang).split(',')[0]}</p>
            {one.kept < one.count && <p className={styles.quiet}>{one.kept === 0 ? words.grantRevoked : words.grantLess(one.count - one.kept)}</p>}
          </li>
        ))}
      </ul>
      {query.hasNextPage && <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{words.moreGrants}</Button>}
    </section>
  );
}
