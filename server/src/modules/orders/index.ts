export { cancelOrder, confirmOrder, placeOrder } from './actions.ts';
export { orderedRewards } from './store.ts';
export { insertPastOrders, orderInPast, piecesTaken, type PastOrder } from './history.ts';
