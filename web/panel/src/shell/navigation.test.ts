import { expect, it } from 'vitest';
import { markOf, places } from './navigation.ts';
import { pageNeeds } from './page-needs.ts';

it('on every page of a program exactly one place of the menu is marked', () => {
  for (const page of Object.keys(pageNeeds).filter((one) => one !== '/$program/')) {
    const path = page.replace('$program', 'kawiarnia').replaceAll(/\$\w+/g, 'abc');
    const marked = places.filter((place) => page === place.to || page.startsWith(`${place.to}/`) || markOf(place, path)['aria-current'] !== undefined);
    expect(marked.length, page).toBe(1);
  }
});
