// Builds the chat that stands in the widget's frame: dist/pages/widget, served at /widget/.
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { refuseCircles } from '../scripts/refuse-circles.ts';

/** Vite fetches the styles of a part before the part; ours has one sheet, which is there already. */
const loadPlainly: Plugin = {
  name: 'load-plainly',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null,
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/widget/',
  logLevel: 'warn',
  plugins: [refuseCircles, loadPlainly],
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
