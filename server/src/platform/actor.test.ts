import { expect, it } from 'vitest';
import type { Actor } from './deps.ts';
import { readActor, writeActor } from './actor.ts';

it('who did something is read as it was written, with an id or without', () => {
  const actors: Actor[] = [{ kind: 'staff', id: 12 }, { kind: 'key', id: 9_007_199_254_740_991 }, { kind: 'member', id: 1 }, { kind: 'system', id: null }];
  expect(actors.map(writeActor)).toEqual(['staff:12', 'key:9007199254740991', 'member:1', 'system:']);
  expect(actors.map((one) => readActor(writeActor(one)))).toEqual(actors);
});
