import { expect, it } from 'vitest';
import { filledIn, nothingTyped, typedOf } from './new-member.ts';

it.each([
  ['605 111 222', { phone: '605 111 222' }], ['+48 605-111-222', { phone: '+48 605-111-222' }], ['0048605111222', { phone: '0048605111222' }],
  [' ola@poczta.example ', { email: 'ola@poczta.example' }], ['KARTA-17', { card: 'KARTA-17' }], ['2900000000017', { card: '2900000000017' }],
  ['Hanna', { firstName: 'Hanna', lastName: '' }], ['Hanna  Nowak-Kowalska', { firstName: 'Hanna', lastName: 'Nowak-Kowalska' }],
])('"%s", by which nobody was found, goes where it belongs', (asked, expected) => {
  expect(typedOf(asked)).toEqual(expected);
});

it('what was not filled in is not sent', () => {
  expect(filledIn({ ...nothingTyped, firstName: ' Hanna ', phone: '  ' })).toEqual({ firstName: 'Hanna' });
});
