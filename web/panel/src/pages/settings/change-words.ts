import type { AuditEntry } from '../../api/shapes.ts';

type Words = { readonly fields: Readonly<Record<string, string>>; readonly yes: string; readonly no: string; readonly none: string };

/** What settings were and what they became, one sentence for each; an act that keeps something else gives none. */
export function changeWords({ action, details }: Pick<AuditEntry, 'action' | 'details'>, words: Words): readonly string[] | null {
  if (action !== 'program.changed' || 'fields' in details) return null; // until now names alone were kept
  const write = (value: string | undefined) => ({ '': words.none, true: words.yes, false: words.no })[value ?? ''] ?? value;
  return Object.entries(details).map(([name, value]) => {
    const [before, after] = Array.isArray(value) ? value : [];
    return `${words.fields[name] ?? name}: ${write(before)} → ${write(after)}`;
  });
}
