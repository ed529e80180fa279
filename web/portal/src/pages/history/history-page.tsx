import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { EmptyState } from '@wracam/ui/empty-state.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { useMyHistory } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { byMonth } from '../../shell/days.ts';
import { Notice } from '../../shell/notice.tsx';
import { SignedIn } from '../../shell/signed-in.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import { EndingPoints } from './ending-points.tsx';
import { HistoryList } from './history-list.tsx';
import styles from './history-page.module.css';

/** Every movement of points, newest first, by month. */
export function HistoryPage() {
  const { history } = useWords();
  return (
    <Page wide title={history.title}>
      <SignedIn>{() => <><EndingPoints /><Months /></>}</SignedIn>
    </Page>
  );
}

function Months() {
  const program = useProgram();
  const words = useWords();
  const lang = useLang();
  const history = useMyHistory();
  if (history.isPending) return <SkeletonList rows={6} height={64} />;
  if (history.isError && !history.data) return <Notice error={history.error} onRetry={() => void history.refetch()} />;
  const entries = history.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) return <EmptyState icon={<IconHistory />} title={words.history.empty} text={words.history.emptyText} />;
  return (
    <div className="stack">
      {byMonth(entries, program.timeZone, lang).map(({ month, entries: inMonth }) => (
        <section key={month} className="panel" aria-label={month}>
          <h2 className={styles.month}>{month}</h2>
          <HistoryList entries={inMonth} />
        </section>
      ))}
      {history.isFetchNextPageError && <Notice error={history.error} />}
      {history.hasNextPage && <Button variant="default" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>{words.history.more}</Button>}
    </div>
  );
}
