// Builds the service worker of the back office: one classic script, dist/pages/service-worker.js.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  logLevel: 'warn',
  build: {
    outDir: '../../dist/pages',
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: 'main.ts',
      formats: ['iife'],
      name: 'usherServiceWorker',
      fileName: () => 'service-worker.js',
    },
  },
});
