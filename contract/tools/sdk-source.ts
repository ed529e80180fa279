type Schema = { $ref?: string; type?: string | string[]; const?: unknown; enum?: unknown[]; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]; items?: Schema; properties?: Record<string, Schema>; required?: string[]; additionalProperties?: boolean | Schema };
type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema };
type Described = { operationId: string; summary: string; parameters: Parameter[]; requestBody?: { content: Record<string, { schema: Schema }> }; responses: Record<string, { content: Record<string, { schema: Schema }> }> };
export type OpenApiDocument = { paths: Record<string, Record<string, Described>>; components: { schemas: Record<string, Schema> } };

const key = (name: string) => (/^[a-zA-Z_]\w*$/.test(name) ? name : JSON.stringify(name));

/** TypeScript for one JSON Schema of our contract; throws on a keyword that it does not know how to say. */
function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1)!;
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map(typeOf).map((option) => (option.includes(' ') && !option.startsWith('{') ? `(${option})` : option)).join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => `(${typeOf(part)})`).join(' & ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  switch (schema.type) {
    case 'string': return 'string';
    case 'integer': case 'number': return 'number';
    case 'boolean': return 'boolean';
    case 'null': return 'null';
    case 'array': return `(${typeOf(schema.items!)})[]`;
    case 'object': return objectType(schema);
    default:
      if (Object.keys(schema).length === 0) return 'unknown';
      throw new Error(`no TypeScript for ${JSON.stringify(schema)}`);
  }
}

function objectType(schema: Schema): string {
  if (!schema.properties) return `Record<string, ${typeof schema.additionalProperties === 'object' ? typeOf(schema.additionalProperties) : 'unknown'}>`;
  const fields = Object.entries(schema.properties).map(([name, property]) => `${key(name)}${schema.required?.includes(name) ? '' : '?'}: ${typeOf(property)}`);
  return `{ ${fields.join('; ')} }`;
}

const inputOf = (operation: Described, place: 'path' | 'query') => {
  const fields = operation.parameters.filter((parameter) => parameter.in === place)
    .map((parameter) => `${key(parameter.name)}${parameter.required ? '' : '?'}: ${typeOf(parameter.schema)}`);
  return fields.length ? `{ ${fields.join('; ')} }` : null;
};

/** The generated half of the SDK: shapes, and for each operation its method, path and types. */
export function sdkSource(document: OpenApiDocument): string {
  const shapes = Object.entries(document.components.schemas).map(([id, schema]) => `export type ${id} = ${typeOf(schema)};`);
  const table: string[] = [];
  const types: string[] = [];
  for (const [path, methods] of Object.entries(document.paths)) for (const [method, operation] of Object.entries(methods)) {
    const parts = [inputOf(operation, 'path') && `params: ${inputOf(operation, 'path')}`, inputOf(operation, 'query') && `query?: ${inputOf(operation, 'query')}`,
      operation.requestBody && `body: ${typeOf(operation.requestBody.content['application/json']!.schema)}`].filter(Boolean);
    table.push(`  ${operation.operationId}: { method: '${method.toUpperCase()}', path: '${path}' },`);
    types.push(`  /** ${operation.summary} */\n  ${operation.operationId}: { input: { ${parts.join('; ')} }; answer: ${typeOf(operation.responses['200']!.content['application/json']!.schema)} };`);
  }
  return ['// Generated from contract/openapi.json by `npm run generate`. Do not edit.', '', ...shapes, '',
    'export const operations = {', ...table, '} as const;', '', 'export type OperationTypes = {', ...types, '};', ''].join('\n');
}
