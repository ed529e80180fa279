import { expect, it } from 'vitest';
import { spellingOf } from './alike.ts';

const known = ['Kawa', 'Łakocie na wagę', 'kawa mrożona', 'HERBATA', 'herbata', 'Ö-Bier'];

it.each([
  ['kawa', 'Kawa'], [' Kawa', 'Kawa'], ['KAWA', 'Kawa'], ['lakocie na wage', 'Łakocie na wagę'], ['ŁAKOCIE  NA WAGĘ', 'Łakocie na wagę'], ['Kawa Mrozona', 'kawa mrożona'], ['Herbata', 'HERBATA'], ['o-bier', 'Ö-Bier'],
  ['Kawa', null], ['herbata', null], ['Kaw', null], ['Kawy', null], ['Ciasto', null], ['', null], ['  ', null],
])('%j is meant as %j', (text, meant) => expect(spellingOf(text, known)).toBe(meant));
