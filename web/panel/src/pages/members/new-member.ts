/** What is typed of somebody who joins at the counter. */
export type NewMember = { firstName: string; lastName: string; phone: string; email: string; card: string; birthDate: string };
export const nothingTyped: NewMember = { firstName: '', lastName: '', phone: '', email: '', card: '', birthDate: '' };

/** Only what was filled in: an empty field is no identifier. */
export const filledIn = (values: NewMember): Partial<NewMember> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ''));

/** Nine digits, with or without +48 or 0048. */
const PHONE = /^(?:(?:\+|00)?48)?\d{9}$/;

/** Where the words by which nobody was found belong: the counter has them typed already. */
export function typedOf(asked: string): Partial<NewMember> {
  const text = asked.trim();
  if (text.includes('@')) return { email: text };
  if (PHONE.test(text.replace(/[\s().-]/g, ''))) return { phone: text };
  if (/\d/.test(text)) return { card: text };
  const [firstName = '', ...rest] = text.split(/\s+/);
  return { firstName, lastName: rest.join(' ') };
}
