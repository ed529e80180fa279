export { cancelOrder, confirmOrder, placeOrder } from './actions.ts';
export { orderRoutes } from './routes.ts';
