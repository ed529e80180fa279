export { cancelOrder, confirmOrder, placeOrder } from './actions.ts';
