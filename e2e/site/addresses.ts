import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '@wracam/server/platform/project-root';

const source = (file: string) => readFileSync(path.join(projectRoot(), file), 'utf8');
/** Addresses that only lead on to another one. */
const LEADS_ON = ['/panel/', '/panel/$program/', '/panel/$program/settings', '/panel/$program/events', '/panel/$program/goals'];

/** Every address that the panel's router and the portal's switch know, with the names of their parameters left in. */
export function knownAddresses(): string[] {
  const panel = source('web/panel/src/router.tsx');
  const open = Array.from(panel.matchAll(/getParentRoute: \(\) => root, path: '([^']+)'|getParentRoute: \(\) => root,\s+path: '([^']+)'/g), ([, one, other]) => one ?? other!).filter((one) => one !== '/$program');
  const inside = Array.from(panel.matchAll(/under\('([^']+)'\)/g), ([, one]) => `/$program${one}`);
  const portal = Array.from(source('web/portal/src/app.tsx').matchAll(/<Route path="([^"]+)"/g), ([, one]) => `/p${one!.replace(/:(\w+)/g, '$$$1')}`).filter((one) => !one.includes('*'));
  return [...[...open, ...inside].map((one) => `/panel${one}`), ...portal].filter((one) => !LEADS_ON.includes(one));
}

/** Whether a visited path is the page of this address; `$name` stands for any one part, `$name?` for one or none. */
export function isAt(address: string, visited: string): boolean {
  const pattern = address.replace(/\/\$\w+\?/g, '(/[^/]+)?').replace(/\$\w+/g, '[^/]+');
  return new RegExp(`^${pattern}/?$`).test(visited);
}
