import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { SkeletonList } from '@wracam/ui';
import { HomeGate, NotFound, PageFault, ProgramGate } from './shell/gates.tsx';

type Search = Record<string, unknown>;
type TransactionSearch = { kind?: 'sale' | 'return' | 'correction' | 'event'; state?: 'booked' | 'unclaimed' | 'parked' | 'voided'; receipt?: string };
const textOf = (search: Search, name: string) => (typeof search[name] === 'string' ? search[name] : undefined);
const oneOf = <const V extends string>(search: Search, name: string, values: readonly V[]) => values.find((value) => value === search[name]);

const root = createRootRoute({ notFoundComponent: NotFound });
const home = createRoute({ getParentRoute: () => root, path: '/', component: HomeGate });
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Search): { next?: string } => ({ next: textOf(search, 'next') }),
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const program = createRoute({ getParentRoute: () => root, path: '/$program', component: ProgramGate });
const under = <const P extends string>(path: P) => ({ getParentRoute: () => program, path });

const programHome = createRoute({
  ...under('/'),
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$program/today', params });
  },
});
const today = createRoute({ ...under('/today'), component: lazyRouteComponent(() => import('./pages/today/today-page.tsx'), 'TodayPage') });

const newSale = createRoute({
  ...under('/sales/new'),
  validateSearch: (search: Search): { member?: string } => ({ member: textOf(search, 'member') }),
  component: lazyRouteComponent(() => import('./pages/sales/new-sale-page.tsx'), 'NewSalePage'),
});
const transactions = createRoute({
  ...under('/transactions'),
  validateSearch: (search: Search): TransactionSearch => ({
    kind: oneOf(search, 'kind', ['sale', 'return', 'correction', 'event']),
    state: oneOf(search, 'state', ['booked', 'unclaimed', 'parked', 'voided']),
    receipt: textOf(search, 'receipt'),
  }),
  component: lazyRouteComponent(() => import('./pages/transactions/transactions-page.tsx'), 'TransactionsPage'),
});
const transaction = createRoute({
  ...under('/transactions/$transaction'),
  component: lazyRouteComponent(() => import('./pages/transactions/transaction-page.tsx'), 'TransactionPage'),
});
const returnByHand = createRoute({
  ...under('/transactions/$transaction/return'),
  component: lazyRouteComponent(() => import('./pages/sales/return-page.tsx'), 'ReturnPage'),
});

const members = createRoute({
  ...under('/members'),
  validateSearch: (search: Search): { state?: 'active' | 'blocked' | 'closed' } => ({ state: oneOf(search, 'state', ['active', 'blocked', 'closed']) }),
  component: lazyRouteComponent(() => import('./pages/members/members-page.tsx'), 'MembersPage'),
});
const newMember = createRoute({ ...under('/members/new'), component: lazyRouteComponent(() => import('./pages/members/new-member-page.tsx'), 'NewMemberPage') });
const member = createRoute({
  ...under('/members/$member'),
  validateSearch: (search: Search): { why?: string } => ({ why: textOf(search, 'why') }),
  component: lazyRouteComponent(() => import('./pages/members/member-page.tsx'), 'MemberPage'),
});

const circles = createRoute({
  ...under('/circles'),
  validateSearch: (search: Search): { kind?: 'household' | 'company' } => ({ kind: oneOf(search, 'kind', ['household', 'company']) }),
  component: lazyRouteComponent(() => import('./pages/circles/circles-page.tsx'), 'CirclesPage'),
});
const circle = createRoute({ ...under('/circles/$circle'), component: lazyRouteComponent(() => import('./pages/circles/circle-page.tsx'), 'CirclePage') });

const rules = createRoute({ ...under('/rules'), component: lazyRouteComponent(() => import('./pages/rules/rules-page.tsx'), 'RulesPage') });
const newRule = createRoute({
  ...under('/rules/new'),
  /** `event`: the kind of event that the rule is to answer to. */
  validateSearch: (search: Search): { event?: string } => ({ event: textOf(search, 'event') }),
  component: lazyRouteComponent(() => import('./pages/rules/rule-form-page.tsx'), 'NewRulePage'),
});
const base = createRoute({ ...under('/rules/base'), component: lazyRouteComponent(() => import('./pages/rules/base-page.tsx'), 'BasePage') });
const rule = createRoute({ ...under('/rules/$rule'), component: lazyRouteComponent(() => import('./pages/rules/rule-page.tsx'), 'RulePage') });
const editRule = createRoute({ ...under('/rules/$rule/edit'), component: lazyRouteComponent(() => import('./pages/rules/rule-form-page.tsx'), 'EditRulePage') });

const tiers = createRoute({ ...under('/tiers'), component: lazyRouteComponent(() => import('./pages/tiers/tiers-page.tsx'), 'TiersPage') });

const events = createRoute({
  ...under('/events'),
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$program/events/$section', params: { ...params, section: 'types' } });
  },
});
const eventsSection = createRoute({ ...under('/events/$section'), component: lazyRouteComponent(() => import('./pages/events/events-page.tsx'), 'EventsPage') });
const wallets = createRoute({ ...under('/wallets'), component: lazyRouteComponent(() => import('./pages/wallets/wallets-page.tsx'), 'WalletsPage') });
const newWallet = createRoute({ ...under('/wallets/new'), component: lazyRouteComponent(() => import('./pages/wallets/wallet-form-page.tsx'), 'NewWalletPage') });
const editWallet = createRoute({ ...under('/wallets/$wallet'), component: lazyRouteComponent(() => import('./pages/wallets/wallet-form-page.tsx'), 'EditWalletPage') });

const productSets = createRoute({ ...under('/product-sets'), component: lazyRouteComponent(() => import('./pages/product-sets/product-sets-page.tsx'), 'ProductSetsPage') });
const segments = createRoute({ ...under('/segments'), component: lazyRouteComponent(() => import('./pages/segments/segments-page.tsx'), 'SegmentsPage') });
const segment = createRoute({ ...under('/segments/$segment'), component: lazyRouteComponent(() => import('./pages/segments/segment-page.tsx'), 'SegmentPage') });
const goals = createRoute({
  ...under('/goals'),
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$program/goals/$section', params: { ...params, section: 'challenges' } });
  },
});
const goalsSection = createRoute({ ...under('/goals/$section'), component: lazyRouteComponent(() => import('./pages/goals/goals-page.tsx'), 'GoalsPage') });
const newGoal = createRoute({ ...under('/goals/new/$kind'), component: lazyRouteComponent(() => import('./pages/goals/goal-form-page.tsx'), 'NewGoalPage') });
const goal = createRoute({ ...under('/goals/of/$goal'), component: lazyRouteComponent(() => import('./pages/goals/goal-page.tsx'), 'GoalPage') });
const editGoal = createRoute({ ...under('/goals/of/$goal/edit'), component: lazyRouteComponent(() => import('./pages/goals/goal-form-page.tsx'), 'EditGoalPage') });
const newTarget = createRoute({ ...under('/targets/new'), component: lazyRouteComponent(() => import('./pages/targets/target-form-page.tsx'), 'NewTargetPage') });
const target = createRoute({ ...under('/targets/$target'), component: lazyRouteComponent(() => import('./pages/targets/target-page.tsx'), 'TargetPage') });
const editTarget = createRoute({ ...under('/targets/$target/edit'), component: lazyRouteComponent(() => import('./pages/targets/target-form-page.tsx'), 'EditTargetPage') });
const leaderboard = createRoute({ ...under('/leaderboards/$leaderboard'), component: lazyRouteComponent(() => import('./pages/goals/board-page.tsx'), 'BoardPage') });

const replays = createRoute({
  ...under('/replays'),
  validateSearch: (search: Search): { rule?: string; base?: boolean; ladder?: boolean; set?: string; segment?: string } => ({ rule: textOf(search, 'rule'), set: textOf(search, 'set'), segment: textOf(search, 'segment'), ...(search['base'] === true && { base: true }), ...(search['ladder'] === true && { ladder: true }) }),
  component: lazyRouteComponent(() => import('./pages/replays/replays-page.tsx'), 'ReplaysPage'),
});
const replay = createRoute({ ...under('/replays/$replay'), component: lazyRouteComponent(() => import('./pages/replays/replay-page.tsx'), 'ReplayPage') });
const repairs = createRoute({
  ...under('/repairs'),
  validateSearch: (search: Search): { rule?: string } => ({ rule: textOf(search, 'rule') }),
  component: lazyRouteComponent(() => import('./pages/repairs/repairs-page.tsx'), 'RepairsPage'),
});
const repair = createRoute({ ...under('/repairs/$repair'), component: lazyRouteComponent(() => import('./pages/repairs/repair-page.tsx'), 'RepairPage') });
const rewards = createRoute({ ...under('/rewards'), component: lazyRouteComponent(() => import('./pages/rewards/rewards-page.tsx'), 'RewardsPage') });
const newReward = createRoute({ ...under('/rewards/new'), component: lazyRouteComponent(() => import('./pages/rewards/reward-form-page.tsx'), 'NewRewardPage') });
const reward = createRoute({ ...under('/rewards/$reward'), component: lazyRouteComponent(() => import('./pages/rewards/reward-form-page.tsx'), 'EditRewardPage') });

const orders = createRoute({
  ...under('/orders'),
  validateSearch: (search: Search): { state?: 'placed' | 'confirmed' | 'cancelled' } => ({ state: oneOf(search, 'state', ['placed', 'confirmed', 'cancelled']) }),
  component: lazyRouteComponent(() => import('./pages/orders/orders-page.tsx'), 'OrdersPage'),
});
const newOrder = createRoute({
  ...under('/orders/new'),
  validateSearch: (search: Search): { member?: string } => ({ member: textOf(search, 'member') }),
  component: lazyRouteComponent(() => import('./pages/orders/new-order-page.tsx'), 'NewOrderPage'),
});
const order = createRoute({ ...under('/orders/$order'), component: lazyRouteComponent(() => import('./pages/orders/order-page.tsx'), 'OrderPage') });

const messages = createRoute({ ...under('/messages'), component: lazyRouteComponent(() => import('./pages/messages/messages-page.tsx'), 'MessagesPage') });
const settings = createRoute({
  ...under('/settings'),
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$program/settings/$section', params: { ...params, section: 'program' } });
  },
});
const settingsSection = createRoute({ ...under('/settings/$section'), component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage') });

const routeTree = root.addChildren([
  home,
  signIn,
  program.addChildren([
    programHome, today, newSale, transactions, transaction, returnByHand,
    members, newMember, member, circles, circle,
    rules, newRule, base, rule, editRule,
    wallets, newWallet, editWallet,
    tiers, productSets, segments, segment, replays, replay, repairs, repair,
    events, eventsSection,
    goals, goalsSection, newGoal, goal, editGoal, newTarget, target, editTarget, leaderboard,
    rewards, newReward, reward, orders, newOrder, order,
    messages, settings, settingsSection,
  ]),
]);

export const router = createRouter({
  routeTree,
  basepath: '/panel',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: () => <SkeletonList />,
  defaultErrorComponent: PageFault,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
