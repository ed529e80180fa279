import { ApiProblem, type JoinInput } from '@wracam/sdk';
import { looksLikeEmail } from '../sign-in/email.ts';

/** What a person typed, before anybody checked it. */
export type JoinFields = { firstName: string; email: string; phone: string; birthDate: string; accepted: boolean; emailConsent: boolean };
export type JoinField = 'firstName' | 'email' | 'phone' | 'birthDate' | 'terms';

export const emptyJoin: JoinFields = { firstName: '', email: '', phone: '', birthDate: '', accepted: false, emailConsent: false };

const INVITATION = /^[0-9a-hjkmnp-tv-z]{10}$/;
const PHONE = /^[+0-9 ()\-./]{7,30}$/;

/** The fields that need another look, all at once. `today` is 'YYYY-MM-DD': nobody is born later. */
export function faultsOf(fields: JoinFields, today: string): JoinField[] {
  const faults: JoinField[] = [];
  const { firstName, email, phone, birthDate } = fields;
  if (firstName.trim() === '' || firstName.trim().length > 60) faults.push('firstName');
  if (!looksLikeEmail(email.trim())) faults.push('email');
  if (phone.trim() !== '' && (!PHONE.test(phone.trim()) || phone.replace(/\D/g, '').length < 9)) faults.push('phone');
  if (birthDate !== '' && !(birthDate >= '1900-01-01' && birthDate <= today)) faults.push('birthDate');
  if (!fields.accepted) faults.push('terms');
  return faults;
}

/** The request, with what was left empty left out. */
export function joinInputOf(fields: JoinFields, termsVersion: number, invitation: string | null = null): JoinInput {
  const phone = fields.phone.trim();
  return {
    firstName: fields.firstName.trim(), email: fields.email.trim(), termsVersion,
    ...(phone === '' ? {} : { phone }), ...(fields.birthDate === '' ? {} : { birthDate: fields.birthDate }),
    ...(fields.emailConsent ? { emailConsent: true } : {}),
    // A link that was cut off on its way must not keep anybody from joining.
    ...(invitation !== null && INVITATION.test(invitation) ? { invitation } : {}),
  };
}

/** The fields that the API refused, so that each fault stands beside its field. */
export function refusedFields(error: unknown): JoinField[] {
  if (!(error instanceof ApiProblem)) return [];
  if (error.problem.code === 'phone_invalid') return ['phone'];
  const fields = ['firstName', 'email', 'phone', 'birthDate'] as const;
  return fields.filter((field) => error.problem.errors?.some(({ pointer }) => pointer === `/${field}` || pointer === `#/${field}`));
}
