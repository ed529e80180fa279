export { cancelOrder, confirmOrder, placeOrder } from './actions.ts';
export { orderedRewards } from './store.ts';
