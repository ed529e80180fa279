import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { shellWorker } from './service-worker/plugin.ts';

/** Where the API listens while pages are developed; in production one server gives both. */
const API = process.env['WRACAM_API'] ?? 'http://localhost:3000';
const BASE = '/p/';

export default defineConfig({
  base: BASE,
  root: import.meta.dirname,
  plugins: [react(), shellWorker(import.meta.dirname, BASE)],
  build: { outDir: 'dist', emptyOutDir: true, sourcemap: true, assetsInlineLimit: 0 },
  server: { proxy: { '/api': API } },
});
