/** One statement: text with $1, $2 …, and its values. Values never become part of the text. */
export type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** A statement in sight of its reader: sql`select … where id = ${id}`. A nested statement is woven in with its own values. */
export function sql(parts: TemplateStringsArray, ...inserts: unknown[]): Statement {
  const values: unknown[] = [];
  let text = parts[0]!;
  inserts.forEach((insert, at) => {
    if (isStatement(insert)) {
      text += insert.text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + values.length}`);
      values.push(...insert.values);
    } else {
      values.push(insert);
      text += `$${values.length}`;
    }
    text += parts[at + 1]!;
  });
  return { text, values };
}

/** No text at all: the other branch of an optional condition. */
export const nothing: Statement = { text: '', values: [] };

const isStatement = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && 'text' in value && 'values' in value && Array.isArray(value.values);
