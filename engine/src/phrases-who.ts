import { listOf, valuesOf, type Demand } from './phrase-parts.ts';
import { phrasesOf } from './phrases.ts';
import type { Lang } from './words.ts';

/**
 * Who a test on a member finds: "gdy jest firmą". Of a rule the same test says when it works ("dla firm"); most are told alike, for their
 * clauses speak of the member already.
 */
export function whoClause(demand: Demand, currency: string, lang: Lang): string {
  const values = listOf(valuesOf(demand, lang, currency), demand.operator === 'includesAll' ? (lang === 'pl' ? 'i' : 'and') : lang === 'pl' ? 'albo' : 'or');
  const pl = lang === 'pl';
  switch (demand.attribute) {
    case 'member.kind': return demand.value === 'company' ? (pl ? 'gdy jest firmą' : 'when it is a company') : pl ? 'gdy jest osobą' : 'when it is a person';
    case 'member.tier': return pl ? `gdy jest na poziomie ${values}` : `when on level ${values}`;
    case 'member.group': return pl ? `gdy jest w ${demand.operator === 'includesAll' ? 'każdej z grup:' : 'grupie'} ${values}` : `when in group ${values}`;
    case 'member.company': return pl ? `gdy jest z firmy ${values}` : `when from company ${values}`;
    case 'history.isFirstSale': return pl ? 'gdy nie ma jeszcze zakupów' : 'when there are no purchases yet';
    default: return phrasesOf(lang).when(demand, currency);
  }
}
