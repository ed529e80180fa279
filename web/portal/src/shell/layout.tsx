import { problemOf } from '@wracam/ui/error-notice.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { useKeptFocus } from '@wracam/ui/kept-focus.ts';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { IconMapPinOff, IconWifiOff } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useMe } from '../api/me.ts';
import { ProgramProvider, usePortal, useProgram } from '../api/program.tsx';
import { BrandProvider } from '../brand/brand-provider.tsx';
import { rememberedCard, rememberProgram } from '../session/remembered-card.ts';
import { useWords } from '../words/words.ts';
import { usePlaces } from './places.ts';
import { useChooseLanguage } from './language.tsx';
import { FaultBoundary } from './fault-boundary.tsx';
import { Notice } from './notice.tsx';
import { useOnline } from './online.ts';
import { DeadEnd } from './dead-end.tsx';
import { TabBar } from './tab-bar.tsx';
import styles from './layout.module.css';

/** Everything of one program: its colour, its pages, its footer. */
export function ProgramLayout({ code, children }: { code: string; children: ReactNode }) {
  const portal = usePortal(code);
  const words = useWords();
  useEffect(() => {
    if (portal.data) rememberProgram(portal.data.code);
  }, [portal.data]);
  if (portal.data) {
    return (
      <BrandProvider color={portal.data.brandColor}>
        <ProgramProvider value={portal.data}><Frame>{children}</Frame></ProgramProvider>
      </BrandProvider>
    );
  }
  return (
    <main className={styles.main}>
      {portal.isError && problemOf(portal.error)?.status === 404 && <DeadEnd icon={<IconMapPinOff />} title={words.unknownProgram.title} text={words.unknownProgram.text} />}
      {portal.isError && problemOf(portal.error)?.status !== 404 && <Notice error={portal.error} onRetry={() => void portal.refetch()} />}
      {portal.isPending && <SkeletonList rows={3} height={120} />}
    </main>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const to = usePlaces();
  const program = useProgram();
  const words = useWords();
  const me = useMe();
  useKeptFocus();
  const member = Boolean(me.data) || (me.isError && rememberedCard(program.code) !== null);
  return (
    <>
      <a className={styles.skip} href="#content">{words.skip}</a>
      <header className={styles.header}>
        <Link href={to.home} className={styles.name}>{program.name}</Link>
        {member && <TabBar />}
      </header>
      <OfflineBanner />
      <main id="content" tabIndex={-1} className={styles.main}><FaultBoundary>{children}</FaultBoundary></main>
      <Footer tabs={member} />
    </>
  );
}

function OfflineBanner() {
  const program = useProgram().code;
  const { offline } = useWords();
  if (useOnline()) return null;
  return (
    <p className={styles.offline} role="status">
      <IconWifiOff size={20} aria-hidden />
      {rememberedCard(program) === null ? offline.bannerNoCard : offline.banner}
    </p>
  );
}

function Footer({ tabs }: { tabs: boolean }) {
  const to = usePlaces();
  const words = useWords();
  const lang = useLang();
  const choose = useChooseLanguage();
  return (
    <footer className={tabs ? `${styles.footer} ${styles.aboveTabs}` : styles.footer}>
      <Link href={to.terms} className={styles.footLink}>{words.terms}</Link>
      <button type="button" className={styles.footLink} lang={lang === 'pl' ? 'en' : 'pl'} onClick={() => choose(lang === 'pl' ? 'en' : 'pl')}>
        {lang === 'pl' ? 'English' : 'Polski'}
      </button>
      <span>{words.poweredBy}</span>
    </footer>
  );
}
