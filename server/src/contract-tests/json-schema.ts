import { openApi } from '@wracam/contract/openapi';
import type { OperationId } from '@wracam/contract';

export type Schema = {
  readonly $ref?: string; readonly type?: string; readonly const?: unknown; readonly enum?: readonly unknown[]; readonly anyOf?: readonly Schema[]; readonly oneOf?: readonly Schema[]; readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>; readonly required?: readonly string[]; readonly additionalProperties?: boolean | Schema; readonly propertyNames?: Schema;
  readonly minimum?: number; readonly maximum?: number; readonly exclusiveMinimum?: number; readonly exclusiveMaximum?: number; readonly minLength?: number; readonly maxLength?: number; readonly minItems?: number; readonly maxItems?: number; readonly pattern?: string; readonly format?: string;
};
type Parameter = { readonly name: string; readonly in: 'path' | 'query' | 'header'; readonly required: boolean; readonly schema: Schema };
type Described = { readonly operationId: OperationId; readonly parameters: readonly Parameter[]; readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> } };
const document = openApi() as unknown as { paths: Record<string, Record<string, Described>>; components: { schemas: Record<string, Schema> } };
const described = new Map(Object.values(document.paths).flatMap((methods) => Object.values(methods)).map((one) => [one.operationId, one]));

export const follow = (schema: Schema): Schema => (schema.$ref ? follow(document.components.schemas[schema.$ref.split('/').at(-1)!]!) : schema);
/** The body of an operation as OpenAPI promises it. */
export const bodySchema = (id: OperationId): Schema => follow(described.get(id)!.requestBody!.content['application/json']!.schema);
export const parametersOf = (id: OperationId): readonly Parameter[] => described.get(id)!.parameters;

/** Where something stands in a body: names of fields and positions in lists. */
export type Path = readonly (string | number)[];
const DEPTH_MAX = 8;

/** Every place in a body that takes a number; a list by its first item, a map by the key `x`. */
export function numericPaths(schema: Schema, path: Path = []): Path[] {
  if (path.length > DEPTH_MAX) return [];
  const one = follow(schema);
  const found = new Map<string, Path>();
  const add = (paths: readonly Path[]) => { for (const each of paths) found.set(each.join('/'), each); };
  if (one.type === 'integer' || one.type === 'number') add([path]);
  // A tree of conditions repeats itself: its first level is enough.
  const seen = path.filter((part) => part === 'all' || part === 'any' || part === 'none').length;
  if (seen < 2) for (const option of [...(one.anyOf ?? []), ...(one.oneOf ?? [])]) add(numericPaths(option, path));
  for (const [name, property] of Object.entries(one.properties ?? {})) add(numericPaths(property, [...path, name]));
  if (one.items) add(numericPaths(one.items, [...path, 0]));
  if (typeof one.additionalProperties === 'object') add(numericPaths(one.additionalProperties, [...path, 'x']));
  return [...found.values()];
}

/** The body with a value put at a place; what is missing on the way is made. */
export function withAt(body: unknown, path: Path, value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof first === 'number') {
    const list = Array.isArray(body) ? [...(body as unknown[])] : [];
    list[first] = withAt(list[first], rest, value);
    return list;
  }
  const object = typeof body === 'object' && body !== null && !Array.isArray(body) ? body as Record<string, unknown> : {};
  return { ...object, [first]: withAt(object[first], rest, value) };
}
