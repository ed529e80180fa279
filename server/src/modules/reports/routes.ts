import { route, type Route } from '../../platform/http.ts';
import { getHome } from './actions.ts';

export const reportRoutes: readonly Route[] = [
  route('getHome', (deps, { ctx, query }) => getHome(deps, ctx, query.days)),
];
