import { operations, permissionNames, refusals, refusalWords, rolePermissions, type Operation, type RefusalCode } from '@wracam/contract';
import { openApi } from '@wracam/contract/openapi';
import { describe, expect, it } from 'vitest';
import { sdkSource, type OpenApiDocument } from '../../contract/tools/sdk-source.ts';
import { read, sourceFiles, isTest } from './source-files.ts';

const document = openApi();
const all = Object.entries(operations) as [string, Operation][];

/** Where a schema stands inside a schema; everything else in a document is text and names. */
const ONE = ['items', 'additionalProperties', 'not', 'propertyNames'] as const;
const MANY = ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const;

function emptySchemas(schema: unknown, at: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const node = schema as Record<string, unknown>;
  const says = Object.keys(node).filter((key) => key !== 'description');
  if (says.length === 0) return [at];
  return [
    ...ONE.flatMap((key) => emptySchemas(node[key], `${at}/${key}`)),
    ...MANY.flatMap((key) => (Array.isArray(node[key]) ? (node[key] as unknown[]).flatMap((one, n) => emptySchemas(one, `${at}/${key}/${n}`)) : [])),
    ...Object.entries((node['properties'] ?? {}) as object).flatMap(([name, one]) => emptySchemas(one, `${at}/properties/${name}`)),
  ];
}

type Content = { content?: Record<string, { schema: unknown }> };
type Described = { parameters: { name: string; schema: unknown }[]; requestBody?: Content; responses: Record<string, Content> };
function emptyInDocument(): string[] {
  const { paths, components } = document as { paths: Record<string, Record<string, Described>>; components: { schemas: Record<string, unknown> } };
  const contents = (one: Content | undefined, at: string) => Object.values(one?.content ?? {}).flatMap(({ schema }) => emptySchemas(schema, at));
  return [
    ...Object.entries(components.schemas).flatMap(([id, schema]) => emptySchemas(schema, id)),
    ...Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).flatMap(([method, one]) => [
      ...one.parameters.flatMap(({ name, schema }) => emptySchemas(schema, `${method} ${path} ${name}`)),
      ...contents(one.requestBody, `${method} ${path} body`), ...Object.entries(one.responses).flatMap(([status, answer]) => contents(answer, `${method} ${path} ${status}`)),
    ])),
  ];
}

describe('the contract', () => {
  it('and its OpenAPI document are the same: run npm run generate and commit the difference', () => {
    expect(read('contract/openapi.json')).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });

  it('and the SDK are the same: run npm run generate and commit the difference', () => {
    expect(read('sdk/src/generated.ts')).toBe(sdkSource(document as unknown as OpenApiDocument));
  });

  it('leaves no schema empty: an empty one promises nothing and checks nothing', () => {
    expect(emptyInDocument()).toEqual([]);
    expect(emptySchemas({ type: 'array', items: {} }, 'probe')).toEqual(['probe/items']);
  });

  it('says of every operation whom it serves', () => {
    const known = ['public', 'staff', 'member', ...permissionNames];
    expect(all.filter(([, operation]) => !known.includes(operation.access)).map(([id]) => id)).toEqual([]);
    expect(all.length).toBeGreaterThan(70);
  });

  it('gives every permission a use and every role at least one', () => {
    expect(permissionNames.filter((permission) => permission !== 'reports.read' && !all.some(([, operation]) => operation.access === permission))).toEqual([]);
    for (const permissions of Object.values(rolePermissions)) expect(permissions.length).toBeGreaterThan(0);
  });

  it('keeps personal data out of addresses: no path or query takes a phone, an e-mail or a name', () => {
    const keys = (shape: Operation['query']) => Object.keys((shape as { shape?: object } | undefined)?.shape ?? {});
    expect(all.flatMap(([, operation]) => [...keys(operation.params), ...keys(operation.query)]).filter((name) => /phone|mail|name|birth|text/i.test(name))).toEqual([]);
  });

  it('takes no field that it does not know, in no body', () => {
    const loose = Object.entries((document as { components: { schemas: Record<string, { properties?: object; additionalProperties?: unknown }> } }).components.schemas)
      .filter(([id, schema]) => bodies.has(id) && schema.properties && schema.additionalProperties !== false).map(([id]) => id);
    expect(loose).toEqual([]);
  });
});

/** Names of all shapes that a body is made of, the nested ones too. */
const bodies = (() => {
  const { paths, components } = document as { paths: Record<string, Record<string, Described>>; components: { schemas: Record<string, unknown> } };
  const found = new Set<string>();
  const follow = (node: unknown) => {
    for (const [, id] of JSON.stringify(node ?? null).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) if (!found.has(id!)) { found.add(id!); follow(components.schemas[id!]); }
  };
  for (const methods of Object.values(paths)) for (const one of Object.values(methods)) follow(one.requestBody);
  return found;
})();

describe('refusals', () => {
  const codes = Object.keys(refusals) as RefusalCode[];

  it.each(codes)('%s speaks Polish and English, with the same parameters and a way out', (code) => {
    const { pl, en, status } = refusals[code];
    expect(status).toBeGreaterThanOrEqual(400);
    for (const text of [...pl, ...en]) expect(text.trim().length).toBeGreaterThan(5);
    const asked = (words: readonly string[]) => [...new Set([...words.join(' ').matchAll(/\{(\w+)(?:\|[^}]*)?\}/g)].map(([, name]) => name))].sort();
    expect(asked(pl)).toEqual(asked(en));
    expect(pl[0]).not.toBe(en[0]);
    expect(refusalWords(code, 'pl').sentence).toBe(pl[0]);
  });

  it.each(codes)('%s names a counted thing in the forms that numbers ask for', (code) => {
    const nouns = (words: readonly string[], forms: number) => [...words.join(' ').matchAll(/\{\w+\|([^}]*)\}/g)].filter(([, noun]) => noun!.split('|').length !== forms);
    expect([nouns(refusals[code].pl, 3), nouns(refusals[code].en, 2)]).toEqual([[], []]);
    // A plural right behind a bare number is right for some numbers only.
    expect(refusals[code].pl.join(' ')).not.toMatch(/\{(?:limit|max|days|size|missing|times|left)\} (?:dni|punktów|kodów|adresów|osób|miesięcy)/);
    expect(refusals[code].en.join(' ')).not.toMatch(/\{(?:limit|max|days|size|missing|times|left)\} (?:days|points|codes|addresses|are|more \w+s)/);
  });

  it.each([
    [1, 'Możesz ręcznie zmienić najwyżej 1 punkt naraz.', 'You may adjust at most 1 point at once.'], [2, 'Możesz ręcznie zmienić najwyżej 2 punkty naraz.', 'You may adjust at most 2 points at once.'],
    [12, 'Możesz ręcznie zmienić najwyżej 12 punktów naraz.', 'You may adjust at most 12 points at once.'], [10_000, 'Możesz ręcznie zmienić najwyżej 10 000 punktów naraz.', 'You may adjust at most 10,000 points at once.'],
  ])('count %i in the right form', (limit, pl, en) => {
    expect((['pl', 'en'] as const).map((language) => refusalWords('adjust_limit_exceeded', language, { limit }).sentence.replace(/\u00a0/g, ' '))).toEqual([pl, en]);
  });

  it('are all used somewhere', () => {
    const product = sourceFiles(['server']).filter((file) => !isTest(file)).map(read).join('\n');
    expect(codes.filter((code) => !product.includes(`'${code}'`))).toEqual([]);
  });
});

describe('the audit trail', () => {
  it('has Polish and English words for every act that the server writes down', () => {
    const sources = sourceFiles(['server']).filter((file) => !isTest(file)).map(read);
    const found = (pattern: RegExp) => [...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1]!)))];
    const published = found(/\bnoun: '(\w+)'/g).flatMap((noun) => ['proposed', 'approved', 'declined', 'published', 'rolledBack', 'discarded'].map((step) => `${noun}.${step}`));
    const acts = [...found(/\baudit\(\S+, \w+, \S+, '(\w+\.\w+)'/g), ...published];
    expect([acts.length > 50, published.length > 6]).toEqual([true, true]);
    for (const lang of ['pl', 'en']) expect({ lang, unnamed: acts.filter((act) => !read(`web/panel/src/words/${lang}/settings.ts`).includes(`'${act}': `)) }).toEqual({ lang, unnamed: [] });
  });
});
