export { ApiProblem, createClient, eachItem, type Client, type ClientOptions } from './client.ts';
export type * from './generated.ts';
