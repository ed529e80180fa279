import type { Language } from '@wracam/contract';
import type { EventField } from '@wracam/engine/event-types';
import type { KnownType } from './actions.ts';

const fieldView = ({ words, options, ...field }: EventField, language: Language) =>
  ({ ...field, name: words[language], ...(options ? { options: options.map((one) => ({ value: one.value, name: one.words[language] })) } : {}) });

/** A type as the contract shows it. */
export const typeView = ({ code, words, reason, fields, builtIn, automatic, reported, retired, revision }: KnownType, language: Language) => ({
  code, name: words[language], reason: reason[language], fields: fields.map((field) => fieldView(field, language)), builtIn, automatic: automatic ?? false, reported: reported ?? false, state: retired ? 'retired' as const : 'active' as const, revision,
});

/** What a form needs to ask for a reported one. */
export const reportedView = ({ code, words, fields }: KnownType, language: Language) => ({ code, name: words[language], fields: fields.map((field) => fieldView(field, language)) });
