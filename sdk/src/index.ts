export { ApiProblem, createClient, eachItem, newIdempotencyKey, type Client, type ClientOptions } from './client.ts';
export type * from './generated.ts';
