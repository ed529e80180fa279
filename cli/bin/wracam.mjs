#!/usr/bin/env node
import { install } from '../../tools/install.mjs';

try {
  install(console.error);
  const { build } = await import('../../tools/build.mjs');
  await build({ only: ['server'], say: console.error });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.setSourceMapsEnabled(true);
await import('../../dist/cli.js');
