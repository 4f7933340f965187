// Builds what the browser is shown into dist/pages, and only what has changed since the last time.
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

interface Page {
  config: string;
  sources: string[];
  /** Written by every build: as old as the build is. */
  output: string;
  /** Where there are files to compress. */
  within: string;
}

const shared = ['browser', 'src/contract', 'package-lock.json', 'scripts/build-pages.ts'];

const pages: Page[] = [
  {
    config: 'widget/vite.loader.config.ts',
    sources: ['widget', ...shared],
    output: 'dist/pages/widget.js',
    within: 'dist/pages/widget.js',
  },
  {
    config: 'widget/vite.config.ts',
    sources: ['widget', ...shared],
    output: 'dist/pages/widget/index.html',
    within: 'dist/pages/widget',
  },
  {
    config: 'web/vite.config.ts',
    sources: ['web', ...shared],
    output: 'dist/pages/web/index.html',
    within: 'dist/pages/web',
  },
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
for (const page of pages) if (existsSync(page.config)) await buildIfChanged(page);

async function buildIfChanged(page: Page): Promise<void> {
  const built = (await stat(page.output).catch(() => null))?.mtimeMs ?? 0;
  const changed = Math.max(...(await Promise.all(page.sources.map(newestChange))));
  if (built >= changed) return;
  if (!hasBuilder()) {
    // An installation without what is needed to develop serves what was built before.
    say(`${page.output} is not up to date, and vite, which builds it, is not installed.`);
    return;
  }
  const { build } = await import('vite');
  await build({ configFile: page.config });
  await compress(page.within);
  say(`Built ${page.within}`);
}

async function newestChange(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = (await readdir(path)).filter((name) => !name.includes('.test.'));
  const changes = await Promise.all(names.map((name) => newestChange(join(path, name))));
  // The directory's own time tells of files that are gone.
  return Math.max(found.mtimeMs, ...changes);
}

function hasBuilder(): boolean {
  try {
    createRequire(import.meta.url).resolve('vite/package.json');
    return true;
  } catch {
    return false;
  }
}

/** Beside each text file its compressed forms, so that serving costs nothing. */
async function compress(path: string): Promise<void> {
  if ((await stat(path)).isDirectory()) {
    for (const name of await readdir(path)) await compress(join(path, name));
    return;
  }
  if (!/\.(js|css|html|svg|json)$/.test(path)) return;
  const content = await readFile(path);
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
  await writeFile(`${path}.br`, brotliCompressSync(content));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
