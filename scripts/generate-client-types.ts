// Writes what @usher/client knows of the API: its types, the codes of refusals, and what takes no Idempotency-Key.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { refusalCodes } from '../src/errors.ts';

const FOLDER = 'packages/client/src/generated';
const GENERATOR = 'packages/client/generator';
const HEAD = 'Written by `npm run generate`; do not edit.';

interface OpenApi {
  paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>;
}

const run = promisify(execFile);
const { paths } = await readJson<OpenApi>('openapi.json');
await installGenerator();
await run(process.execPath, [
  `${GENERATOR}/node_modules/openapi-typescript/bin/cli.js`,
  ...['openapi.json', '--output', `${FOLDER}/schema.ts`],
]);
await writeFile(`${FOLDER}/keyless.ts`, printKeyless());
await writeFile(`${FOLDER}/error-codes.ts`, printCodes());

/** It is in no other installation: it needs a compiler that the house no longer uses. */
async function installGenerator(): Promise<void> {
  const { dependencies } = await readJson<{ dependencies: Record<string, string> }>(
    `${GENERATOR}/package.json`,
  );
  for (const [name, wanted] of Object.entries(dependencies)) {
    const installed = await readJson<{ version: string }>(
      `${GENERATOR}/node_modules/${name}/package.json`,
    ).catch(() => null);
    if (installed?.version === wanted) continue;
    await run('npm', ['ci', '--prefix', GENERATOR]);
    return;
  }
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

function printKeyless(): string {
  const keyless = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method, { parameters = [] }]) => method !== 'get' && !takesKey(parameters))
      .map(([method]) => `  '${method.toUpperCase()} ${path}',\n`),
  );
  return `// What changes something and takes no Idempotency-Key. ${HEAD}\nexport const KEYLESS: ReadonlySet<string> = new Set([\n${keyless.join('')}]);\n`;
}

function takesKey(parameters: readonly { in: string; name: string }[]): boolean {
  return parameters.some(({ in: place, name }) => place === 'header' && name === 'idempotency-key');
}

function printCodes(): string {
  const codes = refusalCodes.map((code) => `  | '${code}'\n`);
  return `// The codes with which Usher refuses a request. ${HEAD}\nexport type ErrorCode =\n${codes.join('').replace(/\n$/, ';\n')}`;
}
