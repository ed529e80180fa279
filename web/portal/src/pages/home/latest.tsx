import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { Link } from 'wouter';
import { useMyHistory } from '../../api/me.ts';
import { Notice } from '../../shell/notice.tsx';
import { useWords } from '../../words/words.ts';
import { HistoryList } from '../history/history-list.tsx';
import { usePlaces } from '../../shell/places.ts';

const SHOWN = 3;

/** The last few movements, with the way to all of them. */
export function Latest() {
  const to = usePlaces();
  const { home } = useWords();
  const history = useMyHistory();
  const entries = history.data?.pages.flatMap(({ items }) => items).slice(0, SHOWN) ?? [];
  return (
    <section className="panel" aria-labelledby="latest-title">
      <h2 id="latest-title" className="panel-title">{home.latest}</h2>
      {history.isPending && <SkeletonList rows={SHOWN} height={52} />}
      {history.isError && <Notice error={history.error} onRetry={() => void history.refetch()} />}
      {history.data && entries.length === 0 && <p className="quiet">{home.noHistory}</p>}
      <HistoryList entries={entries} />
      {entries.length > 0 && <Link className="text-link" href={to.history}>{home.seeHistory}</Link>}
    </section>
  );
}
