import { createHash } from 'node:crypto';
import document from '@wracam/contract/openapi.json';
import type { FastifyInstance } from 'fastify';
import { pagePolicy } from './platform/security-headers.ts';

type Schema = { $ref?: string; type?: string | string[]; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; oneOf?: Schema[]; items?: Schema; properties?: Record<string, Schema>; required?: string[]; minimum?: number; maximum?: number; maxLength?: number; pattern?: string; format?: string };
type Described = { operationId: string; summary: string; 'x-access': string; parameters: { name: string; in: string; required: boolean; schema: Schema }[]; requestBody?: { content: Record<string, { schema: Schema }> }; responses: Record<string, { description: string; content: Record<string, { schema: Schema }> }> };
const api = document as unknown as { paths: Record<string, Record<string, Described>>; components: { schemas: Record<string, Schema> }; info: { title: string; description: string } };

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
const nameOf = (ref: string) => ref.split('/').at(-1)!;

/** A schema in a few words; named shapes as links to their table. */
function typeText(schema: Schema): string {
  if (schema.$ref) return `<a href="#shape-${nameOf(schema.$ref)}">${nameOf(schema.$ref)}</a>`;
  if (schema.const !== undefined) return `<code>${escape(JSON.stringify(schema.const))}</code>`;
  if (schema.enum) return schema.enum.map((value) => `<code>${escape(String(value))}</code>`).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map(typeText).join(' | ');
  if (schema.type === 'array') return `list of ${typeText(schema.items ?? {})}`;
  if (schema.type === 'object' && schema.properties) return `{ ${Object.entries(schema.properties).map(([name, property]) => `${escape(name)}: ${typeText(property)}`).join(', ')} }`;
  const limits = [schema.format, schema.minimum !== undefined && `from ${schema.minimum}`, schema.maximum !== undefined && `to ${schema.maximum}`, schema.maxLength !== undefined && `at most ${schema.maxLength} characters`].filter(Boolean);
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : schema.type ?? 'any value';
  return escape(type) + (limits.length ? ` <small>(${limits.join(', ')})</small>` : '');
}

const row = (name: string, required: boolean, type: string) => `<tr><th scope="row"><code>${escape(name)}</code>${required ? '' : ' <small>optional</small>'}</th><td>${type}</td></tr>`;

function shapeTable(id: string, schema: Schema): string {
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]) => row(name, schema.required?.includes(name) ?? false, typeText(property))).join('');
  return `<section id="shape-${id}"><h3>${id}</h3>${fields ? `<table><tbody>${fields}</tbody></table>` : `<p>${typeText(schema)}</p>`}</section>`;
}

const WHO: Record<string, string> = { public: 'anybody', staff: 'signed-in staff', member: 'the signed-in member' };

function operationBlock(path: string, method: string, operation: Described): string {
  const parameters = operation.parameters.map((one) => row(`${one.name} (${one.in})`, one.required, typeText(one.schema))).join('');
  const body = operation.requestBody ? `<h4>Body</h4><p>${typeText(operation.requestBody.content['application/json']!.schema)}</p>` : '';
  const answers = Object.entries(operation.responses).map(([status, one]) => row(status, true, status === '200' ? typeText(one.content['application/json']!.schema) : one.description.split('  \n').map((line) => escape(line).replace(/`([^`]+)`/g, '<code>$1</code>')).join('<br>'))).join('');
  return `<details id="${operation.operationId}"><summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${escape(path)}</code> <span class="what">${escape(operation.summary)}</span></summary>
    <p>For ${WHO[operation['x-access']] ?? `staff and API keys with <code>${operation['x-access']}</code>`}. In the SDK: <code>${operation.operationId}</code>.</p>
    ${parameters ? `<h4>Parameters</h4><table><tbody>${parameters}</tbody></table>` : ''}${body}<h4>Answers</h4><table><tbody>${answers}</tbody></table></details>`;
}

const STYLE = `:root{color-scheme:light dark;--line:light-dark(#d8d4cc,#45423c);--accent:light-dark(#1b5e3f,#8fd0ae)}
body{font:16px/1.55 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1.5rem;background:light-dark(#faf9f6,#1b1a18);color:light-dark(#26241f,#ece9e2)}
a{color:var(--accent)}h1{margin-bottom:.2rem}table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}th,td{text-align:left;vertical-align:top;border-top:1px solid var(--line);padding:.35rem .8rem .35rem 0;font-weight:400}
details{border:1px solid var(--line);border-radius:8px;padding:.5rem .9rem;margin:.4rem 0}summary{cursor:pointer;min-height:1.9rem}summary:focus-visible,a:focus-visible{outline:3px solid var(--accent)}
.method{display:inline-block;min-width:3.6rem;font-weight:700;color:var(--accent)}.what{color:light-dark(#57534a,#b9b4a8)}code{font-size:.92em;overflow-wrap:anywhere}`;

function page(): string {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => operationBlock(path, method, operation))).join('\n');
  const shapes = Object.entries(api.components.schemas).map(([id, schema]) => shapeTable(id, schema)).join('\n');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="/panel/favicon.svg" type="image/svg+xml"><title>Wracam API</title><style>${STYLE}</style></head><body>
<main><h1>Wracam API</h1><p>${escape(api.info.description)} The same in machine words: <a href="/api/openapi.json">openapi.json</a>.</p>
<p>Base address <code>/api/v1</code>. Send an API key as <code>Authorization: Bearer wk_…</code>. Repeat any POST with the same <code>Idempotency-Key</code>: the work is done once. A refusal is <code>application/problem+json</code> with <code>code</code>, what to do in <code>wayOut</code>, and faults of fields in <code>errors[].pointer</code>; Polish or English by <code>Accept-Language</code>.</p>
<h2>Operations</h2>${operations}<h2>Shapes</h2>${shapes}</main></body></html>`;
}

/** The contract for people and for machines; nothing is loaded from elsewhere. */
export async function serveApiDocs(server: FastifyInstance): Promise<void> {
  const html = page();
  const json = JSON.stringify(document);
  const policy = pagePolicy(`'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`);
  server.get('/api/docs', (_request, reply) => reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').header('content-security-policy', policy).send(html));
  server.get('/api/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(json));
}
