import { describe, expect, it } from 'vitest';
import { guardOf, killGuards, raceGuards } from './prove/guards.ts';
import { proveKills } from './prove/kills.ts';
import { proveRaces } from './prove/races.ts';

const ROUNDS = 48;
/** Servers and databases start and are killed many times, on a machine that may run other tests too. */
const LIMIT_MS = 180_000;

describe('proofs by real races', () => {
  it('are green on the product as it is', async () => {
    const findings = await proveRaces({ rounds: ROUNDS, guard: null });
    expect(findings.faults).toEqual([]);
    expect(findings.counted).toBeGreaterThanOrEqual(ROUNDS);
  }, LIMIT_MS);

  it.each([['member-lock', ['oneBalance']], ['document-key', ['sameDocument']], ['state-under-lock', ['confirmAndCancel']]])('go red without the %s', async (name, only) => {
    const findings = await proveRaces({ rounds: ROUNDS, guard: guardOf(raceGuards, name), only, stopWhenWrong: true });
    expect(findings.wrong).toBeGreaterThan(0);
  }, LIMIT_MS);
});

describe('proofs by kills', () => {
  it('go red when an answer leaves before its commit', async () => {
    const findings = await proveKills({ kills: 4, guard: guardOf(killGuards, 'answer-after-commit') });
    expect(findings.lost + findings.different).toBeGreaterThan(0);
  }, LIMIT_MS);
});
