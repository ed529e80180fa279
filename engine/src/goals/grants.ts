import type { OnReturn } from './definition.ts';

/** What a member has of one goal already, by round: a threshold's step or a challenge's period. */
export type KnownGrant = { readonly round: number; readonly standing: boolean; /** Given by the definition that is in force now. */ readonly current: boolean;
  /** A repair of points alone had reached it, and was undone: it goes whatever the goal says of returns. */ readonly undone?: boolean };
export type GrantMoves = { readonly grant: readonly number[]; readonly takeBack: readonly number[] };

/**
 * What to give and what to take back so that the standing grants are those of the rounds `reached`. Each round stands at most once; one that
 * was taken back is given again when it is reached again. What an earlier version of the goal gave is never taken: the organiser changed the
 * goal, the member returned nothing.
 */
export function planGrants(reached: readonly number[], known: readonly KnownGrant[], onReturn: OnReturn): GrantMoves {
  const wanted = new Set(reached);
  const standing = new Set(known.filter((one) => one.standing).map((one) => one.round));
  return {
    grant: [...wanted].filter((round) => !standing.has(round)).sort((a, b) => a - b),
    takeBack: known.filter((one) => one.standing && one.current && !wanted.has(one.round) && (onReturn === 'takeBack' || one.undone === true)).map((one) => one.round).sort((a, b) => a - b),
  };
}
