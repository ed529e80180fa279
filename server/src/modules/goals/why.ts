import type { Language } from '@wracam/contract';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { sentenceOf, tellingOf } from './standing.ts';
import { definitionOfGrant } from './store/progress.ts';

const words = {
  pl: {
    earn: (name: string, goal: string) => `Za osiągnięty cel „${name}”: ${goal}`,
    return: (name: string, goal: string) => `Po zwrocie cel „${name}” nie jest już osiągnięty, więc punkty za niego wróciły do programu. Cel to: ${goal}`,
  },
  en: {
    earn: (name: string, goal: string) => `For reaching the goal “${name}”: ${goal}`,
    return: (name: string, goal: string) => `After a return the goal “${name}” is not reached any more, so its points went back. The goal is: ${goal}`,
  },
} as const;

/** Why the points of a goal came or went: its name and what was to be done, as its version of then said. Null where the id is no grant's. */
export async function whyOfGrant(deps: Deps, tx: ProgramTx, grantId: number, kind: 'earn' | 'return', language: Language): Promise<string | null> {
  const definition = await definitionOfGrant(tx, grantId);
  return definition === null ? null : words[language][kind](definition.name, sentenceOf(definition, await tellingOf(deps, tx, language), true).replace(/^./u, (first) => first.toLowerCase()));
}
