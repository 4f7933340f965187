// Builds the page that describes the API: dist/pages/reference, served at /docs/.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { refuseCircles } from '../scripts/refuse-circles.ts';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/docs/',
  logLevel: 'warn',
  plugins: [refuseCircles],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/pages/reference',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    // The page's policy takes styles and scripts from files alone.
    assetsInlineLimit: 0,
  },
});
