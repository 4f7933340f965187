// Compiles the client for TypeScript into packages/client/dist, as it is published, if it has changed.
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PACKAGE = 'packages/client';
const OUTPUT = `${PACKAGE}/dist`;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
checkVersion();
if (builtAt() <= changedAt()) build();

function checkVersion(): void {
  const [own, client] = ['package.json', `${PACKAGE}/package.json`].map(
    (path) => (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version,
  );
  if (own === client) return;
  throw new Error(`Usher is ${own}, and its client ${client}: make them equal.`);
}

function builtAt(): number {
  return statSync(`${OUTPUT}/index.js`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function changedAt(): number {
  const sources = globSync([`${PACKAGE}/src/**`, `${PACKAGE}/tsconfig.json`, 'tsconfig.json']);
  return Math.max(...sources.map((path) => statSync(path).mtimeMs));
}

function build(): void {
  rmSync(OUTPUT, { recursive: true, force: true });
  // By its path: npm runs this also from within the package.
  const compiler = 'node_modules/typescript/bin/tsc';
  execFileSync(process.execPath, [compiler, '-p', PACKAGE], { stdio: 'inherit' });
}
