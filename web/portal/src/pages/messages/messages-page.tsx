import { Button } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { EmptyState } from '@wracam/ui/empty-state.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { useMyMessages } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { writeDay } from '../../shell/days.ts';
import { Notice } from '../../shell/notice.tsx';
import { SignedIn } from '../../shell/signed-in.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import styles from './messages-page.module.css';

/** What the program's rules wrote to the member, newest first. */
export function MessagesPage() {
  const { messages } = useWords();
  return (
    <Page title={messages.title}>
      <SignedIn>{() => <Messages />}</SignedIn>
    </Page>
  );
}

function Messages() {
  const { timeZone } = useProgram();
  const { messages: words } = useWords();
  const lang = useLang();
  const query = useMyMessages();
  if (query.isPending) return <SkeletonList rows={3} height={120} />;
  if (query.isError && !query.data) return <Notice error={query.error} onRetry={() => void query.refetch()} />;
  const messages = query.data.pages.flatMap(({ items }) => items);
  if (messages.length === 0) return <EmptyState icon={<IconMail />} title={words.empty} text={words.emptyText} />;
  return (
    <div className="stack">
      {messages.map((one, at) => (
        <article key={`${one.transaction} ${at}`} className="panel">
          <h2 className={styles.subject}>{one.subject}</h2>
          <p className={styles.when}>{writeDay(one.at, timeZone, lang)}</p>
          <p className={styles.text}>{one.text}</p>
        </article>
      ))}
      {query.isFetchNextPageError && <Notice error={query.error} />}
      {query.hasNextPage && <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{words.more}</Button>}
    </div>
  );
}
