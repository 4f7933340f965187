// Whoever has no traces pays for none: the code of OpenTelemetry stands behind one door, and is not loaded.
import { execFile } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PACKAGE = /from '@opentelemetry\//;

test('no room but telemetry imports it', async () => {
  const found: string[] = [];
  for await (const path of glob('{src,browser,widget,web,packages}/**/*.{ts,tsx}')) {
    if (path.includes('node_modules')) continue;
    if (PACKAGE.test(await readFile(path, 'utf8'))) found.push(path);
  }
  expect(found.length).toBeGreaterThan(3);
  expect(found.filter((path) => !path.startsWith('src/telemetry/'))).toEqual([]);
});

/** What of it is loaded with a module of ours; prom-client loads the interfaces for itself. */
async function loadedWith(path: string): Promise<string[]> {
  const script = `import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ resolve(name, context, next) {
      if (name.startsWith('@opentelemetry/') && !/prom-client/.test(context.parentURL)) seen.push(name);
      return next(name, context);
    } });
    await import(${JSON.stringify(new URL(`../../${path}`, import.meta.url).href)});
    process.stdout.write(JSON.stringify(seen));
    process.exit();`;
  const args = ['--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

test('a server that has started to load has not loaded it, until traces are started', async () => {
  expect(await loadedWith('src/main.ts')).toEqual([]);
  expect(await loadedWith('src/telemetry/start-tracing.ts')).toContain('@opentelemetry/sdk-trace');
});
