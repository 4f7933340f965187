// Builds the chat that stands in the widget's frame: dist/pages/widget, served at /widget/.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { refuseCircles } from '../scripts/refuse-circles.ts';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/widget/',
  logLevel: 'warn',
  plugins: [refuseCircles],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/pages/widget',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    // The frame's policy takes styles and scripts from files alone.
    assetsInlineLimit: 0,
  },
});
