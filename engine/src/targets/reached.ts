/** Somebody who has the event of one participant in one period, with the amount that was reached then. */
export type Reached = { readonly memberId: number; readonly amount: number };

export type ParticipantNow = {
  /** What has to be reached now; null: the participant takes no part any more. */
  readonly amount: number | null;
  /** Of who belongs to the participant now. */
  readonly sum: number;
  /** Of who belongs to it now or has the event: nobody's leaving takes anything from those who stay. */
  readonly sumOfHolders: number;
  /** Members of the participant who may have the event, in the order of ids. */
  readonly active: readonly number[];
  readonly standing: readonly Reached[];
};

export type TargetMoves = { readonly give: readonly number[]; readonly take: readonly number[] };

/**
 * Who gets the event of a participant and from whom it is taken, so that it stands where the amount is reached. All who belong to the
 * participant when it is reached get it together; who comes later gets nothing for it. It is taken only when the sum fell below both the amount
 * that was reached and the one of now: a change of amounts takes nothing from anybody.
 */
export function planReached({ amount, sum, sumOfHolders, active, standing }: ParticipantNow): TargetMoves {
  if (standing.length === 0) return { give: amount !== null && sum >= amount ? active : [], take: [] };
  return { give: [], take: standing.filter((one) => sumOfHolders < Math.min(one.amount, amount ?? one.amount)).map((one) => one.memberId) };
}
