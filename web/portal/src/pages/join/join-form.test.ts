import { ApiProblem } from '@wracam/sdk';
import { expect, it } from 'vitest';
import { emptyJoin, faultsOf, joinInputOf, refusedFields } from './join-form.ts';

const TODAY = '2026-11-22';
const anna = { ...emptyJoin, firstName: 'Anna', email: 'anna@poczta.pl', accepted: true };

it('a name, an address and the accepted terms are enough', () => {
  expect(faultsOf(anna, TODAY)).toEqual([]);
  expect(joinInputOf(anna, 3)).toEqual({ firstName: 'Anna', email: 'anna@poczta.pl', termsVersion: 3 });
});

it('an empty form is told everything that is missing at once', () => {
  expect(faultsOf(emptyJoin, TODAY)).toEqual(['firstName', 'email', 'terms']);
});

it.each(['601 234 567', '+48 601-234-567', '(22) 601 23 45'])('takes the phone as people write it: %j', (phone) => {
  expect(faultsOf({ ...anna, phone }, TODAY)).toEqual([]);
});

it.each(['12345', 'sześćset', '60123456'])('%j is no phone', (phone) => {
  expect(faultsOf({ ...anna, phone }, TODAY)).toEqual(['phone']);
});

it.each([['2026-11-23'], ['1899-12-31']])('nobody who joins was born on %s', (birthDate) => {
  expect(faultsOf({ ...anna, birthDate }, TODAY)).toEqual(['birthDate']);
});

it('a refusal of the API lands beside its field', () => {
  const problem = { type: '', title: '', status: 400, code: 'invalid_request', detail: '', wayOut: null, requestId: 'r', errors: [{ pointer: '/email', detail: 'x' }] };
  expect(refusedFields(new ApiProblem(problem))).toEqual(['email']);
  expect(refusedFields(new ApiProblem({ ...problem, code: 'phone_invalid', errors: [] }))).toEqual(['phone']);
  expect(refusedFields(new TypeError('offline'))).toEqual([]);
});

it('the code of whoever invited travels along, and a broken one stays behind', () => {
  expect(joinInputOf(anna, 1, 'abcd012345')).toMatchObject({ invitation: 'abcd012345' });
  expect(joinInputOf(anna, 1, 'abcd')).not.toHaveProperty('invitation');
  expect(joinInputOf(anna, 1)).not.toHaveProperty('invitation');
});
