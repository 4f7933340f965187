// An empty project in which the client is installed from the file that would be published.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

export type ClientModule = typeof import('../../packages/client/src/index.ts');

/** Answers its folder. Nothing is fetched: what the client depends on is packed from what is installed here. */
export async function installClient(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-client-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const files = await packClient(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const quiet = ['--offline', '--no-audit', '--no-fund', '--no-save'];
  await run('npm', ['install', ...quiet, ...files], { cwd: folder });
  return folder;
}

/** `test/pages.ts` has built it. */
async function packClient(folder: string): Promise<string[]> {
  const packages = [
    'packages/client',
    ...['openapi-fetch', 'openapi-typescript-helpers'].map((name) => `node_modules/${name}`),
  ].map((path) => `./${path}`);
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...packages];
  const { stdout } = await run('npm', args);
  return (JSON.parse(stdout) as { filename: string }[]).map(({ filename }) =>
    join(folder, filename),
  );
}

/** What a program in that folder imports. */
export async function importClient(folder: string): Promise<ClientModule> {
  const path = join(folder, 'node_modules/@usher/client/dist/index.js');
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as ClientModule;
}
