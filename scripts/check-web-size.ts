// What an agent's browser loads of JavaScript from the sign-in to the inbox, gzipped, and whether that is little enough.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT = 250_000;
const assets = fileURLToPath(new URL('../dist/pages/web/assets/', import.meta.url));
const page = await readFile(join(assets, '../index.html'), 'utf8');
const names = await readdir(assets);

const first = [...page.matchAll(/assets\/([\w.-]+\.js)/g)].map(([, name]) => name ?? '');
const signIn = names.filter((name) => /^sign-in-.*\.js$/.test(name));
const loaded = new Set<string>();
for (const name of [...first, ...signIn]) await follow(name);

/** With all that it imports at once; what is imported when it is needed does not count. */
async function follow(name: string): Promise<void> {
  if (loaded.has(name)) return;
  loaded.add(name);
  const source = await readFile(join(assets, name), 'utf8');
  for (const [, next] of source.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
    await follow(next ?? '');
  }
}

let total = 0;
for (const name of loaded) {
  total += gzipSync(await readFile(join(assets, name)), { level: 9 }).length;
}
process.stdout.write(
  `the back office, sign-in to inbox: ${total} bytes of JavaScript gzipped in ${loaded.size} files (at most ${LIMIT})\n`,
);
if (total > LIMIT) {
  process.stderr.write('The back office has become too large.\n');
  process.exitCode = 1;
}
