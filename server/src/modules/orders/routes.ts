import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { cancelOrder, confirmOrder, getOrder, listOrders, placeOrder, type OrderNeeds } from './actions.ts';

export const orderRoutes = (needs: OrderNeeds): readonly Route[] => [
  route('placeOrder', (deps, { ctx, body }) => placeOrder(deps, ctx, body.member, body, needs)),
  route('listOrders', (deps, { ctx, query }) => listOrders(deps, ctx, { ...query, memberId: query.member === undefined ? undefined : deps.publicIds.decode('mem', query.member) ?? refuse('not_found') })),
  route('getOrder', (deps, { ctx, params }) => getOrder(deps, ctx, params.order)),
  route('confirmOrder', (deps, { ctx, params }) => confirmOrder(deps, ctx, params.order)),
  route('cancelOrder', (deps, { ctx, params, body }) => cancelOrder(deps, ctx, params.order, body.reason ?? null)),
  route('placeMyOrder', (deps, { ctx, body }) => placeOrder(deps, ctx, { memberId: ctx.memberId! }, body, needs)),
  route('listMyOrders', (deps, { ctx, query }) => listOrders(deps, ctx, { ...query, memberId: ctx.memberId! })),
  route('cancelMyOrder', (deps, { ctx, params }) => cancelOrder(deps, ctx, params.order, null, ctx.memberId!)),
];
