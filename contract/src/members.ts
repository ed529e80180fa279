import { z } from 'zod';
import { CIRCLE_KINDS } from '@wracam/engine/facts';
import { attributes, circleId, externalKey, instant, localDate, memberId, named, page, pageQuery, text } from './shapes.ts';
import { phone } from './phone.ts';
import { walletBalance } from './wallets.ts';

const emailInput = z.string().trim().min(5).max(254).regex(/^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/, 'an e-mail address, such as anna@example.pl');
const profile = {
  firstName: text(60).nullable().optional(), lastName: text(80).nullable().optional(),
  phone: phone.nullable().optional(), email: emailInput.nullable().optional(), birthDate: localDate.nullable().optional(),
  externalId: externalKey.nullable().optional(), attributes: attributes.optional(), language: z.enum(['pl', 'en']).optional(),
  /** Agrees to e-mails that are not about the account itself, such as the messages of rules; default: does not. */
  emailConsent: z.boolean().optional(),
};
/** By which a member invites others. */
export const invitation = z.string().regex(/^[0-9a-hjkmnp-tv-z]{10}$/, 'ten small letters and digits');
export const newMember = named('NewMember', z.strictObject({
  ...profile, kind: z.enum(['person', 'company']).optional(), number: externalKey.optional(), card: externalKey.optional(),
  /** The version of the terms that this person accepted. */
  termsVersion: z.int().min(1),
  /** The code of the member who invited this one. A code of nobody is passed over. */
  invitation: invitation.optional(),
}));
const circleKind = z.enum(CIRCLE_KINDS);
/** The household or company a member belongs to. */
export const circleRef = named('CircleRef', z.object({ id: circleId, name: z.string() }));
/** A group the organiser put a member in; rules may ask for it. */
const group = text(40);
const groups = z.array(group).max(20).refine((names) => new Set(names).size === names.length, 'a group stands once');
/** `groups`: all of them, in place of those that were. `household`, `company`: the one, in place of the one that was; null leaves it. */
export const memberChange = named('MemberChange', z.strictObject({ ...profile, groups: groups.optional(), household: circleId.nullable().optional(), company: circleId.nullable().optional() }));
export const card = named('Card', z.object({ number: z.string(), active: z.boolean(), since: instant }));
/** Spending is stopped because the auditor found figures that disagree: since when, and what. */
export const suspension = named('Suspension', z.object({ at: instant.nullable(), found: z.array(z.string()) }));
export const member = named('Member', z.object({
  id: memberId, number: z.string(), kind: z.enum(['person', 'company']), state: z.enum(['active', 'blocked', 'closed']),
  firstName: z.string().nullable(), lastName: z.string().nullable(), phone: z.string().nullable(), email: z.string().nullable(),
  birthDate: localDate.nullable(), externalId: z.string().nullable(), language: z.enum(['pl', 'en']), emailConsent: z.boolean(), cards: z.array(card),
  joinedAt: instant, termsVersion: z.int().nullable(), attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  balances: z.array(walletBalance), groups: z.array(z.string()), household: circleRef.nullable(), company: circleRef.nullable(), salesCount: z.int(), spentMinor: z.int(), lastSaleOn: localDate.nullable(), suspension: suspension.nullable(),
}));
/** `balances`: none for who may not read points (`points.read`), here and in every list of members. */
export const memberRow = named('MemberRow', z.object({
  id: memberId, number: z.string(), name: z.string().nullable(), state: z.enum(['active', 'blocked', 'closed']),
  joinedAt: instant, lastSaleOn: localDate.nullable(), balances: z.array(z.object({ wallet: z.string(), available: z.int() })),
}));
/** A household or a company with how many members it has. */
export const circle = named('Circle', z.object({ id: circleId, kind: circleKind, name: z.string(), members: z.int(), createdAt: instant }));
/** `people`: the first 200 of them. */
export const circleDetail = named('CircleDetail', circle.extend({ people: z.array(memberRow) }));
export const circlePage = page('CirclePage', circle);
export const circleListQuery = pageQuery.extend({ kind: circleKind.optional() });
export const newCircle = named('NewCircle', z.strictObject({ kind: circleKind, name: text(80) }));
export const circleChange = named('CircleChange', z.strictObject({ name: text(80) }));
export const memberGroupList = named('MemberGroupList', z.object({ items: z.array(z.object({ name: z.string(), members: z.int() })) }));
export const memberPage = page('MemberPage', memberRow);
export const memberListQuery = pageQuery.extend({ state: z.enum(['active', 'blocked', 'closed']).optional() });
/** Any one of these; `text` looks through name, number, card, phone and e-mail at once. */
export const memberSearch = named('MemberSearch', z.strictObject({ text: text(120), limit: z.int().min(1).max(50).optional() }));
export const memberLookup = named('MemberLookup', z.strictObject({
  phone: phone.optional(), email: emailInput.optional(), card: externalKey.optional(), number: externalKey.optional(), externalId: externalKey.optional(),
}).refine((value) => Object.keys(value).length === 1, 'exactly one of phone, email, card, number, externalId'));
export const memberList = named('MemberList', z.object({ items: z.array(memberRow) }));
export const cardInput = named('CardInput', z.strictObject({ number: externalKey, replaces: externalKey.optional() }));
export const memberStateChange = named('MemberStateChange', z.strictObject({ reason: text(300) }));

export const joinInput = named('JoinInput', z.strictObject({
  firstName: text(60), phone: phone.optional(), email: emailInput, birthDate: localDate.optional(), termsVersion: z.int().min(1), invitation: invitation.optional(), emailConsent: z.boolean().optional(),
}));
/** What members change of their own profile. The e-mail address signs in, so a new one is proved by a code first (`requestMyEmailCode`). */
export const myChange = named('MyChange', z.strictObject({
  firstName: text(60).optional(), lastName: text(80).nullable().optional(), phone: phone.nullable().optional(), birthDate: localDate.nullable().optional(), language: z.enum(['pl', 'en']).optional(), emailConsent: z.boolean().optional(),
}));
/** `confirm` says that the person knows: points are lost for good. */
export const myClosing = named('MyClosing', z.strictObject({ confirm: z.literal(true) }));
export const codeRequest = named('CodeRequest', z.strictObject({ email: emailInput }));
export const codeSent = named('CodeSent', z.object({ sent: z.literal(true), validMinutes: z.int() }));
export const codeConfirm = named('CodeConfirm', z.strictObject({ email: emailInput, code: z.string().regex(/^\d{6}$/) }));
