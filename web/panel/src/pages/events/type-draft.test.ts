import { describe, expect, it } from 'vitest';
import { draftOf, isReady, keyFrom, newField, typeOf } from './type-draft.ts';

describe('a kind of event while it is typed', () => {
  it.each([['Liczba gości', 'liczba_gosci'], ['Łódź', 'lodz'], ['2. etap', 'etap'], ['!!!', '']])('%s gets the key %s', (name, key) => expect(keyFrom(name)).toBe(key));

  it('is ready when the code, the words and every field are', () => {
    const draft = { code: 'webinar', name: 'Webinar', reason: 'za udział', fields: [{ ...newField, key: 'poziom', name: 'Poziom', kind: 'choice' as const, options: ['a1'] }] };
    expect(isReady(draft)).toBe(true);
    expect(isReady({ ...draft, code: 'Webinar' })).toBe(false);
    expect(isReady({ ...draft, fields: [...draft.fields, ...draft.fields] })).toBe(false);
    expect(isReady({ ...draft, fields: [{ ...draft.fields[0]!, options: [] }] })).toBe(false);
  });

  it('comes back from the API as it was sent, bounds of numbers included', () => {
    const body = typeOf({ code: 'webinar', name: ' Webinar ', reason: 'za udział', reported: true, fields: [{ ...newField, key: 'min', name: 'Minuty', kind: 'number', required: true, rest: { min: 1, max: 9 } }] });
    expect(body.fields).toEqual([{ key: 'min', name: 'Minuty', kind: 'number', required: true, min: 1, max: 9 }]);
    expect(typeOf(draftOf({ ...body, reported: true, builtIn: false, automatic: false, state: 'active', revision: 1 }))).toEqual(body);
  });
});
