// Builds the loader that a page includes: one classic script, dist/pages/widget.js.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  logLevel: 'warn',
  build: {
    outDir: '../dist/pages',
    emptyOutDir: false,
    target: 'es2020',
    lib: {
      entry: 'loader/main.ts',
      formats: ['iife'],
      name: 'usherLoader',
      fileName: () => 'widget.js',
    },
  },
});
