// npm start: installs and builds what is missing, then runs the server in this very process, so that signals need no forwarding.
import { install } from './install.mjs';

try {
  install();
  const { build } = await import('./build.mjs');
  await build();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.setSourceMapsEnabled(true);
await import('../dist/server.js');
