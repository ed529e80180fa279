import { z } from 'zod';
import { operations, type Operation } from './operations.ts';
import { refusals, unfilled } from './refusals.ts';
import { problem } from './shapes.ts';

type Json = Record<string, unknown>;
const ref = (id: string) => `#/components/schemas/${id}`;
const plain = ({ $schema: _, $id: __, ...schema }: Json) => schema;

/** A schema by reference when the shape is named, inline otherwise. */
function schemaOf(shape: z.ZodType): Json {
  const id = z.globalRegistry.get(shape)?.id;
  if (id) return { $ref: ref(id) };
  return plain(z.toJSONSchema(shape, { io: 'input', unrepresentable: 'throw' }) as Json);
}

function parametersOf(shape: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!shape) return [];
  const schema = schemaOf(shape) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name, in: place, required: place === 'path' || (schema.required ?? []).includes(name), schema: property,
  }));
}

const idempotencyKey = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 }, description: 'A repeated request with the same key and body gets the first answer.' };
const content = (shape: z.ZodType) => ({ 'application/json': { schema: schemaOf(shape) } });

function refusalAnswers(operation: Operation): Json {
  const codes = ['invalid_request', ...(operation.access === 'public' ? [] : ['not_signed_in', 'not_allowed'] as const), 'not_found', ...operation.refusals] as const;
  const byStatus = new Map<number, string[]>();
  for (const code of codes) byStatus.set(refusals[code].status, [...(byStatus.get(refusals[code].status) ?? []), code]);
  return Object.fromEntries([...byStatus].sort(([a], [b]) => a - b).map(([status, names]) => [status, {
    description: names.map((name) => `\`${name}\`: ${unfilled(refusals[name as keyof typeof refusals].en[0])}`).join('  \n'),
    content: { 'application/problem+json': { schema: schemaOf(problem) } },
  }]));
}

const securityOf = (operation: Operation): Json[] =>
  operation.access === 'public' ? [] : operation.access === 'member' ? [{ memberSession: [] }] : operation.access === 'staff' ? [{ staffSession: [] }] : [{ apiKey: [] }, { staffSession: [] }];

function describe(id: string, operation: Operation): Json {
  return {
    operationId: id, summary: operation.summary, 'x-access': operation.access, security: securityOf(operation),
    parameters: [...parametersOf(operation.params, 'path'), ...parametersOf(operation.query, 'query'), ...(operation.method === 'POST' ? [idempotencyKey] : [])],
    ...(operation.body ? { requestBody: { required: true, content: content(operation.body) } } : {}),
    responses: { 200: { description: 'Done', content: content(operation.answer) }, ...refusalAnswers(operation) },
  };
}

/** The whole contract as OpenAPI 3.1. Pure: the same contract gives the same bytes. */
export function openApi(): Json {
  const paths: Record<string, Json> = {};
  for (const [id, operation] of Object.entries(operations)) (paths[operation.path] ??= {})[operation.method.toLowerCase()] = describe(id, operation);
  const { schemas } = z.toJSONSchema(z.globalRegistry, { io: 'input', uri: ref, unrepresentable: 'throw' }) as unknown as { schemas: Record<string, Json> };
  return {
    openapi: '3.1.0',
    info: { title: 'Wracam', version: '1', description: 'Loyalty and incentive programs. Amounts and points are whole numbers of the smallest unit.', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b)).map(([id, schema]) => [id, plain(schema)])),
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'wk_live_… or wk_test_…' },
        staffSession: { type: 'apiKey', in: 'cookie', name: 'wracam_staff' },
        memberSession: { type: 'apiKey', in: 'cookie', name: 'wracam_member' },
      },
    },
  };
}
