import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the API listens while pages are developed; in production one server gives both. */
const API = process.env['WRACAM_API'] ?? 'http://localhost:3000';

export default defineConfig({
  base: '/panel/',
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, sourcemap: true, chunkSizeWarningLimit: 700, assetsInlineLimit: 0 },
  server: { proxy: { '/api': API } },
});
