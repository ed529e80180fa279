import { describe, expect, it } from 'vitest';
import { isLocalDate } from './calendar.ts';
import { nameDayOf, namesKept } from './name-days.ts';

describe('the Polish calendar of name days', () => {
  it.each([['Anna', null, '07-26'], ['anna maria', null, '07-26'], ['ANDRZEJ', '1980-02-01', '11-30'], ['Łukasz', null, '10-18'], ['Żaneta', null, '12-12'], ['Brunhilda', null, null], ['', null, null], ['constructor', null, null]])(
    '%s keeps the name on the usual day', (name, born, day) => expect(nameDayOf(name, born)).toBe(day));

  it.each([['1990-03-01', '06-24'], ['1990-06-24', '12-27'], ['1990-08-05', '12-27'], ['1990-12-28', '06-24']])('of several days the first after the birthday counts: Jan, born on %s', (born, day) => {
    expect(nameDayOf('Jan', born)).toBe(day);
  });

  it('knows more than 150 names, each once, on days that exist', () => {
    expect(namesKept.length).toBeGreaterThan(250);
    for (const name of namesKept) expect(isLocalDate(`2024-${nameDayOf(name, null)}`), name).toBe(true);
  });
});
