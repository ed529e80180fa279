import { describe, expect, it } from 'vitest';
import { otherWay } from './other-ways.ts';

describe('what was not understood', () => {
  it.each([
    ['co dziesiąty zakup', { kind: 'everyNth', n: 10 }], ['za co piąty zakup', { kind: 'everyNth', n: 5 }], ['co 10 zakup', { kind: 'everyNth', n: 10 }], ['przy co drugiej wizycie', { kind: 'everyNth', n: 2 }],
    ['co trzecią', { kind: 'everyNth', n: 3 }], ['Co trzecią kawę', { kind: 'everyNth', n: 3 }], ['every tenth purchase', { kind: 'everyNth', n: 10 }], ['every 5th visit', { kind: 'everyNth', n: 5 }],
    ['dziesiąta kawa gratis', { kind: 'free' }], ['kawa za darmo', { kind: 'free' }], ['free coffee', { kind: 'free' }],
    ['co drugi dzień', null], ['every second week', null], ['co 1 zakup', null], ['przy pełni księżyca', null],
  ] as const)('is told by another way where there is one: %s', (said, way) => {
    expect(otherWay(['w nowiu', said])).toEqual(way);
  });
});
