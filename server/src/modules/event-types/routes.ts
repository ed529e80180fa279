import type { Language } from '@wracam/contract';
import type { EventField } from '@wracam/engine/event-types';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { changeEventType, createEventType, knownEventTypes, type KnownType } from './actions.ts';

const fieldView = ({ words, options, ...field }: EventField, language: Language) =>
  ({ ...field, name: words[language], ...(options ? { options: options.map((one) => ({ value: one.value, name: one.words[language] })) } : {}) });

const typeView = ({ code, words, reason, fields, builtIn, automatic, retired, revision }: KnownType, language: Language) => ({
  code, name: words[language], reason: reason[language], fields: fields.map((field) => fieldView(field, language)), builtIn, automatic: automatic ?? false, state: retired ? 'retired' as const : 'active' as const, revision,
});

const viewOf = (deps: Deps, ctx: Ctx, code: string) => deps.db.readProgram(ctx.programId, async (tx) => typeView((await knownEventTypes(tx)).find((one) => one.code === code)!, ctx.language));

export const eventTypeRoutes: readonly Route[] = [
  route('listEventTypes', (deps, { ctx }) => deps.db.readProgram(ctx.programId, async (tx) => ({ items: (await knownEventTypes(tx)).map((one) => typeView(one, ctx.language)) }))),
  route('createEventType', async (deps, { ctx, body }) => viewOf(deps, ctx, await createEventType(deps, ctx, body))),
  route('changeEventType', async (deps, { ctx, params, body }) => viewOf(deps, ctx, await changeEventType(deps, ctx, params.eventType, body))),
];
