import type { Actor } from './deps.ts';

/** Who did something, as rows keep it: kind and id (`staff:12`, `system:`), so that a person's name stays in one place and is read there. */
export const writeActor = ({ kind, id }: Actor): string => `${kind}:${id ?? ''}`;

/** Whether a row was written by this very actor. */
export const wroteIt = (actor: Actor, stored: string): boolean => writeActor(actor) === stored;

/** What `writeActor` wrote. */
export function readActor(stored: string): Actor {
  const [kind, id] = stored.split(':');
  return { kind: kind as Actor['kind'], id: id ? Number(id) : null };
}
