import type { Words } from '../../words/words.tsx';

/** A part of the members in words: a kind, a length of membership, or a segment of the program's own. */
export const groupName = (w: Words['replay'], { by, value }: { by: string; value: string }): string => (by === 'segment' ? w.ownSegment(value) : w.groups[value] ?? value);
