export { createReward, levelRewards, listOffered, returnStock, takeStock, type RewardInput } from './actions.ts';
export type { Reward, RewardIcon } from './store.ts';
