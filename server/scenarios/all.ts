import { claims, lateDocument, lostCard, paidWithPoints, returnAfterSpending, returnsInParts } from './counter.ts';
import { adjustments, blockedAndClosed, ordersAndTheirEnds, twoWallets } from './rewards.ts';
import type { Stage } from './stage.ts';
import { clockOfATestProgram, expiryOnDaysOfAnyLength, pendingUntilTheReturnWindowEnds, yearInACafe } from './time.ts';

/** Every scenario by what it shows. */
export const scenarios: readonly (readonly [promise: string, play: (stage: Stage) => Promise<void>])[] = [
  ['a year in a café: points come, are spent soonest-ending first, and end with their own day', yearInACafe],
  ['points end with the last second of their day, on days of 23, 24 and 25 hours', expiryOnDaysOfAnyLength],
  ['pending points wait until the return window is over, to the midnight', pendingUntilTheReturnWindowEnds],
  ['a test clock moves forward only and runs every night once', clockOfATestProgram],
  ['a return after spending leaves a debt that the next purchases pay', returnAfterSpending],
  ['returns in parts leave what the kept lines earn, in any order', returnsInParts],
  ['a lost card opens nothing, its successor carries on', lostCard],
  ['a late document is decided by the rule of its own day', lateDocument],
  ['a receipt without a card is claimed within thirty days, once', claims],
  ['a sale paid with points, and its return, put every point back into its lot', paidWithPoints],
  ['orders cancelled before and after they are handed over give back points and stock once', ordersAndTheirEnds],
  ['two wallets earn, end and pay apart', twoWallets],
  ['an adjustment is taken back once and never makes a balance negative', adjustments],
  ['a blocked or closed member earns and spends nothing, and the sale is still recorded', blockedAndClosed],
];
