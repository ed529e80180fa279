import { Button } from '@mantine/core';
import { useLang } from '@wracam/ui/lang.tsx';
import { Thumbnail } from '@wracam/ui/picture-field.tsx';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { useState } from 'react';
import { useMyWays } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { useMyReportPictures, useMyReports, type MyReport } from '../../api/reports.ts';
import { writeDay } from '../../shell/days.ts';
import { Notice } from '../../shell/notice.tsx';
import { SignedIn } from '../../shell/signed-in.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import { ClosedWay } from '../ways/closed-way.tsx';
import { ReportForm } from './report-form.tsx';

/** A report of completed works with photos, and what became of the earlier ones. */
export function ReportsPage() {
  const { reports } = useWords();
  return (
    <Page title={reports.title} text={reports.text}>
      <SignedIn>{() => <div className="stack"><NewReport /><Sent /></div>}</SignedIn>
    </Page>
  );
}

function NewReport() {
  const { reports } = useWords();
  const ways = useMyWays();
  // Another number is another form: after one is sent, an empty one stands there.
  const [sent, setSent] = useState(0);
  if (ways.isError) return <Notice error={ways.error} onRetry={() => void ways.refetch()} />;
  if (!ways.data) return <SkeletonList rows={2} height={72} />;
  if (ways.data.reports.length === 0) return <ClosedWay text={reports.closed} />;
  return (
    <>
      <ReportForm key={sent} types={ways.data.reports} onSent={() => setSent(sent + 1)} />
      <p aria-live="polite" style={{ margin: 0 }}>{sent > 0 ? reports.thanks : ''}</p>
    </>
  );
}

function Sent() {
  const { reports } = useWords();
  const list = useMyReports();
  if (list.isError && !list.data) return <Notice error={list.error} onRetry={() => void list.refetch()} />;
  const all = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="sent-title">
      <h2 id="sent-title" className="panel-title">{reports.sent}</h2>
      <ul className="plain-list stack">{all.map((report) => <ReportCard key={report.id} report={report} />)}</ul>
      {list.hasNextPage && <Button mt="md" fullWidth variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{reports.more}</Button>}
    </section>
  );
}

function ReportCard({ report }: { report: MyReport }) {
  const { reports } = useWords();
  const lang = useLang();
  const { timeZone } = useProgram();
  const [shown, setShown] = useState(false);
  const pictures = useMyReportPictures(report.id, report.pictures, shown);
  return (
    <li className="panel stack">
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', justifyContent: 'space-between' }}>
        <strong>{report.fields.find((one) => one.key === 'name')?.value ?? report.typeName}</strong>
        <span className="small">{reports.states[report.state]}</span>
      </div>
      <p className="quiet small" style={{ margin: 0 }}>{report.typeName}, {writeDay(report.sentAt, timeZone, lang)}</p>
      {report.reason !== null && <p style={{ margin: 0 }}>{reports.reason(report.reason)}</p>}
      {report.pictures > 0 && !shown && <button type="button" className="text-link" onClick={() => setShown(true)}>{reports.showPictures(report.pictures)}</button>}
      {pictures.isError && <Notice error={pictures.error} />}
      {pictures.data && <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>{pictures.data.map((one, at) => <Thumbnail key={at} {...one} name={reports.picture(at + 1)} side={128} />)}</div>}
    </li>
  );
}
