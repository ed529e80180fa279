/** A paper card has no more places; where a reward costs more, a row of circles says less than a number. */
const PLACES_MAX = 20;
const PLACES = 10;

export type StampPlaces = {
  /** Places on the card: what the cheapest reward of the wallet costs. */
  readonly size: number;
  /** Stamps on the card in hand; all of them when a card is full. */
  readonly filled: number;
  /** Cards that are full. */
  readonly full: number;
  readonly reward: string | null;
};

/** The stamp card of a wallet; null when its cheapest reward costs more than a card has places. */
export function stampsOn(wallet: string, available: number, rewards: readonly { wallet: string; name: string; pricePoints: number }[]): StampPlaces | null {
  const [cheapest] = rewards.filter((reward) => reward.wallet === wallet).sort((a, b) => a.pricePoints - b.pricePoints);
  const size = cheapest?.pricePoints ?? PLACES;
  if (size > PLACES_MAX) return null;
  const full = Math.floor(available / size);
  return { size, filled: full > 0 ? size : available, full, reward: cheapest?.name ?? null };
}
