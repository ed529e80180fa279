import { describe, expect, it } from 'vitest';
import { faultOf, type Options } from './programs-create.ts';

const NOW = Date.UTC(2026, 5, 1);
const good: Options = { name: 'Kawiarnia', organisation: 'Moja firma', currency: 'PLN', timeZone: 'Europe/Warsaw', test: false, ownerEmail: 'wlasciciel@wracam.local' };
const said = (change: Partial<Options>, code = 'kawiarnia-2') => faultOf(code, { ...good, ...change }, NOW);

describe('a program asked for on the command line', () => {
  it('may have what is right', () => {
    expect([said({}), said({ startsAt: '2026-01-01T08:00:00Z' }), said({ startsAt: '2027-01-01T08:00:00Z', test: true }), said({}, 'a')]).toEqual([null, null, null, null]);
  });

  it.each<[Partial<Options>, RegExp]>([
    [{ name: '  ' }, /name will not do/], [{ name: 'x'.repeat(81) }, /name will not do/], [{ organisation: '' }, /organisation will not do/], [{ currency: 'ZZZ' }, /ZZZ is no currency/], [{ currency: 'pln' }, /pln is no currency/],
    [{ timeZone: 'Warszawa' }, /Warszawa is no time zone/], [{ ownerEmail: 'foo' }, /foo is no e-mail address/], [{ startsAt: 'jutro' }, /jutro is no instant/], [{ startsAt: '2027-01-01T08:00:00Z' }, /still to come/],
  ])('%j is refused in one sentence', (change, sentence) => expect(said(change)).toMatch(sentence));

  it.each(['Kawiarnia', '-a', 'a-', '', 'x'.repeat(41), 'a b'])('the code "%s" is refused', (code) => expect(said({}, code)).toMatch(/will not do/));
});
