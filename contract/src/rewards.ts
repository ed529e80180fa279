import { z } from 'zod';
import { code, instant, longText, memberId, named, orderId, page, pageQuery, points, pointsSum, positivePoints, rewardId, text } from './shapes.ts';
import { walletBalance } from './wallets.ts';
import { memberPointer } from './transactions.ts';

export const rewardIcon = z.enum(['cup', 'cake', 'gift', 'ticket', 'bag', 'book', 'heart', 'star', 'shirt', 'discount']);
const rewardFields = {
  name: text(80), description: longText(1000).nullable(), icon: rewardIcon, category: text(40).nullable(),
  wallet: code, pricePoints: positivePoints,
  /** Pieces left to give; null when there is no limit. */
  stockLeft: z.int().min(0).max(10_000_000).nullable(), perMember: z.int().min(1).max(1000).nullable(),
  /** Codes of the levels whose members may take it; empty: everybody may. */
  levels: z.array(code).max(20),
};
export const reward = named('Reward', z.object({ id: rewardId, ...rewardFields, state: z.enum(['offered', 'hidden']), revision: z.int(), ordered: z.int() }));
export const rewardInput = named('RewardInput', z.strictObject({
  name: rewardFields.name, description: rewardFields.description.optional(), icon: rewardIcon.optional(), category: rewardFields.category.optional(),
  wallet: code.optional(), pricePoints: positivePoints, stockLeft: rewardFields.stockLeft.optional(), perMember: rewardFields.perMember.optional(), levels: rewardFields.levels.optional(),
  state: z.enum(['offered', 'hidden']).optional(),
}));
/** `stockChange` adds or takes pieces, so that two people who count stock at once do not overwrite each other. */
export const rewardChange = named('RewardChange', z.strictObject({
  revision: z.int().min(1), name: rewardFields.name.optional(), description: rewardFields.description.optional(), icon: rewardIcon.optional(),
  category: rewardFields.category.optional(), pricePoints: positivePoints.optional(), perMember: rewardFields.perMember.optional(), levels: rewardFields.levels.optional(),
  state: z.enum(['offered', 'hidden']).optional(), limited: z.boolean().optional(), stockChange: z.int().min(-10_000_000).max(10_000_000).optional(),
}));
export const rewardList = named('RewardList', z.object({ items: z.array(reward) }));

export const orderState = z.enum(['placed', 'confirmed', 'cancelled']);
export const orderLineInput = z.strictObject({ reward: rewardId, quantity: z.int().min(1).max(100) });
export const orderInput = named('OrderInput', z.strictObject({
  member: memberPointer, lines: z.array(orderLineInput).min(1).max(20), note: text(300).optional(), confirm: z.boolean().optional(),
}));
export const myOrderInput = named('MyOrderInput', z.strictObject({ lines: z.array(orderLineInput).min(1).max(20) }));
export const order = named('Order', z.object({
  id: orderId, number: z.string(), member: memberId, memberName: z.string().nullable(), state: orderState, wallet: code, totalPoints: pointsSum,
  lines: z.array(z.object({ reward: rewardId, name: z.string(), icon: rewardIcon, quantity: z.int(), pricePoints: points })),
  note: z.string().nullable(), placedAt: instant, confirmedAt: instant.nullable(), cancelledAt: instant.nullable(), cancelReason: z.string().nullable(),
}));
export const orderAnswer = named('OrderAnswer', z.object({ order, balances: z.array(walletBalance) }));
export const orderPage = page('OrderPage', order);
export const orderListQuery = pageQuery.extend({ state: orderState.optional(), member: memberId.optional() });
export const orderCancel = named('OrderCancel', z.strictObject({ reason: text(300).optional() }));
