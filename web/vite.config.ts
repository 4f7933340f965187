// Builds the back office into dist/pages/web, in parts that are loaded when they are needed.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { refuseCircles } from '../scripts/refuse-circles.ts';

const server = process.env.USHER_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), refuseCircles],
  build: {
    outDir: '../dist/pages/web',
    emptyOutDir: true,
    target: 'es2022',
    // Whatever is inlined would need a hole in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // It says that its parts act when they are loaded; all they do is to hand on what is imported from them.
      treeshake: { moduleSideEffects: [{ test: /react-remove-scroll/, sideEffects: false }] },
      output: {
        codeSplitting: {
          groups: [
            // What the way to the first conversation needs comes in one file, and nothing else is in it:
            // seventy small ones took 400 ms of a cold start, one takes 150.
            { name: 'start', tags: ['$initial'] },
            // What several later pages share. Small parts stay apart: merged with their neighbours, some
            // files import each other in a circle.
            { name: 'shared', minShareCount: 2, entriesAware: true },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/session': server,
      '/widget': server,
      '/mqtt': { target: server.replace(/^http/, 'ws'), ws: true },
    },
  },
});
