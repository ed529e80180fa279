import { route, type Route } from '../../platform/http.ts';
import { iso } from '../../platform/iso.ts';
import { listMessages } from './actions.ts';

const PAGE = 50;

export const messageRoutes: Route[] = [
  route('listMessages', async (deps, { ctx, query }) => {
    const { items, next } = await listMessages(deps, ctx, { cursor: query.cursor, limit: query.limit ?? PAGE });
    return { items: items.map((row) => ({ ...row, id: deps.publicIds.encode('msg', row.id), at: iso(row.at) })), next };
  }),
];
