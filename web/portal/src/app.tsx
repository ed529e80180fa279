import { Route, Router, Switch, useLocation } from 'wouter';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react';
import { CardPage } from './pages/card/card-page.tsx';
import { HomePage } from './pages/home/home-page.tsx';
import { LostPage } from './pages/welcome/lost-page.tsx';
import { RootPage } from './pages/welcome/root-page.tsx';
import { ProgramLayout } from './shell/layout.tsx';

const JoinPage = lazy(() => import('./pages/join/join-page.tsx').then((page) => ({ default: page.JoinPage })));
const SignInPage = lazy(() => import('./pages/sign-in/sign-in-page.tsx').then((page) => ({ default: page.SignInPage })));
const CodePage = lazy(() => import('./pages/sign-in/code-page.tsx').then((page) => ({ default: page.CodePage })));
const TermsPage = lazy(() => import('./pages/join/terms-page.tsx').then((page) => ({ default: page.TermsPage })));
const HistoryPage = lazy(() => import('./pages/history/history-page.tsx').then((page) => ({ default: page.HistoryPage })));
const RewardsPage = lazy(() => import('./pages/rewards/rewards-page.tsx').then((page) => ({ default: page.RewardsPage })));
const GoalsPage = lazy(() => import('./pages/goals/goals-page.tsx').then((page) => ({ default: page.GoalsPage })));
const OrdersPage = lazy(() => import('./pages/orders/orders-page.tsx').then((page) => ({ default: page.OrdersPage })));
const EnterCodePage = lazy(() => import('./pages/ways/enter-code-page.tsx').then((page) => ({ default: page.EnterCodePage })));
const InvitePage = lazy(() => import('./pages/ways/invite-page.tsx').then((page) => ({ default: page.InvitePage })));
const GivePage = lazy(() => import('./pages/ways/give-page.tsx').then((page) => ({ default: page.GivePage })));
const ReportsPage = lazy(() => import('./pages/reports/reports-page.tsx').then((page) => ({ default: page.ReportsPage })));
const MessagesPage = lazy(() => import('./pages/messages/messages-page.tsx').then((page) => ({ default: page.MessagesPage })));
const ProfilePage = lazy(() => import('./pages/profile/profile-page.tsx').then((page) => ({ default: page.ProfilePage })));

/** Every address of the portal. The home and the card come at once: they are what a queue waits for. */
export function App() {
  return (
    <Router base="/p">
      <TopOfNewPages />
      <Switch>
        <Route path="/"><RootPage /></Route>
        <Route path="/:program/*?">{({ program }) => <ProgramLayout code={program}><Pages /></ProgramLayout>}</Route>
        <Route><LostPage /></Route>
      </Switch>
    </Router>
  );
}

function Pages(): ReactNode {
  return (
    <Suspense fallback={<SkeletonList rows={4} height={72} />}>
      <Switch>
        <Route path="/:program"><HomePage /></Route>
        <Route path="/:program/card"><CardPage /></Route>
        <Route path="/:program/join"><JoinPage /></Route>
        <Route path="/:program/sign-in"><SignInPage /></Route>
        <Route path="/:program/code"><CodePage /></Route>
        <Route path="/:program/terms"><TermsPage /></Route>
        <Route path="/:program/history"><HistoryPage /></Route>
        <Route path="/:program/rewards/:reward?">{({ reward }) => <RewardsPage opened={reward ?? null} />}</Route>
        <Route path="/:program/challenges"><GoalsPage /></Route>
        <Route path="/:program/orders"><OrdersPage /></Route>
        <Route path="/:program/enter-code"><EnterCodePage /></Route>
        <Route path="/:program/report"><ReportsPage /></Route>
        <Route path="/:program/invite"><InvitePage /></Route>
        <Route path="/:program/give"><GivePage /></Route>
        <Route path="/:program/messages"><MessagesPage /></Route>
        <Route path="/:program/profile"><ProfilePage /></Route>
        <Route><LostPage /></Route>
      </Switch>
    </Suspense>
  );
}

/** Opening a reward lies over the catalogue, so the catalogue must not jump. */
const pageOf = (path: string) => path.split('/').slice(0, 3).join('/');

/** A page that is newly opened starts at its top, for eyes and for screen readers; going back is the browser's own business. */
function TopOfNewPages(): null {
  const [path] = useLocation();
  const page = pageOf(path);
  const shown = useRef(page);
  const wentBack = useRef(false);
  useEffect(() => {
    const mark = () => {
      wentBack.current = true;
    };
    window.addEventListener('popstate', mark);
    return () => window.removeEventListener('popstate', mark);
  }, []);
  useEffect(() => {
    if (shown.current !== page) {
      if (!wentBack.current) window.scrollTo(0, 0);
      // A screen reader follows the focus; a field that asked for it keeps it.
      const content = document.getElementById('content');
      if (content && !content.contains(document.activeElement)) content.focus({ preventScroll: true });
    }
    shown.current = page;
    wentBack.current = false;
  }, [page]);
  return null;
}
