// Builds the pages into dist/pages, and only those that have changed since the last build.
// Several builds may run at the same time, also beside running servers: each works in its own folder,
// and a complete build replaces the previous one in one step.
import { existsSync, rmSync } from 'node:fs';
import {
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { linkFolder } from './link-folder.ts';
import { openBuildLog } from './open-build-log.ts';

interface Page {
  /** In dist/pages. */
  name: string;
  config: string;
  sources: string[];
  /** Of the build: its time tells of what it was built. */
  main: string;
}

const OUTPUT = 'dist/pages';
const BUILDS = 'dist/builds';
// The age at which a folder is what an interrupted build left: no build takes that long.
const ABANDONED_MS = 3_600_000;

const shared = ['browser', 'src/contract', 'package-lock.json', 'scripts/build-pages.ts'];

const pages: Page[] = [
  {
    name: 'widget.js',
    config: 'widget/vite.loader.config.ts',
    sources: ['widget', ...shared],
    main: 'widget.js',
  },
  {
    name: 'widget',
    config: 'widget/vite.config.ts',
    sources: ['widget', ...shared],
    main: 'index.html',
  },
  {
    name: 'service-worker.js',
    config: 'web/service-worker/vite.config.ts',
    sources: ['web/service-worker', 'web/paths.ts', ...shared],
    main: 'service-worker.js',
  },
  {
    name: 'reference',
    config: 'reference/vite.config.ts',
    sources: ['reference', ...shared],
    main: 'index.html',
  },
  { name: 'web', config: 'web/vite.config.ts', sources: ['web', ...shared], main: 'index.html' },
];

let underWay: string | null = null;
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// In another environment, such as that of tests, the pages would be larger and slower.
process.env.NODE_ENV = 'production';
const log = openBuildLog('dist/build-pages.log');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, endNow);
try {
  for (const page of pages) if (existsSync(page.config)) await buildIfChanged(page);
  log.close();
} catch (error) {
  log.fail(error);
  process.exitCode = 1;
}

/** Leaves nothing half-made. */
function endNow(): void {
  if (underWay !== null) rmSync(underWay, { recursive: true, force: true });
  process.exit(130);
}

async function buildIfChanged(page: Page): Promise<void> {
  const output = join(OUTPUT, page.name);
  const found = await stat(output).catch(() => null);
  const main = found?.isDirectory() ? join(output, page.main) : output;
  const built = (await stat(main).catch(() => null))?.mtimeMs ?? 0;
  const changed = Math.max(...(await Promise.all(page.sources.map(newestChange))));
  // What changed in the tick in which the build began may have come after it.
  if (built > changed) return;
  if (!hasBuilder()) {
    // An installation without development dependencies serves what was built before.
    if (built === 0) log.say(`${output} is missing. Build it: npm ci && npm run build:pages`);
    return;
  }
  log.say(`Building ${output} …`);
  await build(page);
}

async function build({ name, config, main }: Page): Promise<void> {
  const folder = resolve(BUILDS, `${name}-${Date.now()}-${process.pid}`);
  underWay = folder;
  await mkdir(folder, { recursive: true });
  // It takes the age of its sources, so that what changes during the build is built the next time. The
  // time is the file system's, whose clock ticks more slowly than ours.
  const { mtime: began } = await stat(folder);
  await mkdir(OUTPUT, { recursive: true });
  try {
    const vite = await import('vite');
    const { logger } = log;
    await vite.build({
      // Its progress goes past the logger to the terminal.
      ...{ configFile: config, customLogger: logger, logLevel: 'warn' },
      build: { outDir: folder, emptyOutDir: false },
    });
    await compress(folder);
    await utimes(join(folder, main), began, began);
    if (main === name) await moveFiles(folder);
    else await linkFolder({ link: join(OUTPUT, name), folder });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  await removeAbandoned();
}

/** Each replaces its predecessor at once; what is compressed first, so that it is never the older. */
async function moveFiles(folder: string): Promise<void> {
  const names = (await readdir(folder)).sort((a, b) => b.length - a.length);
  for (const name of names) await rename(join(folder, name), join(OUTPUT, name));
  await rm(folder, { recursive: true });
}

async function removeAbandoned(): Promise<void> {
  const names = await readdir(OUTPUT);
  const used = new Set(
    await Promise.all(names.map((name) => realpath(join(OUTPUT, name)).catch(() => ''))),
  );
  for (const name of await readdir(BUILDS)) {
    const path = resolve(BUILDS, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs < ABANDONED_MS || used.has(path)) continue;
    await rm(path, { recursive: true, force: true });
  }
}

async function newestChange(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = (await readdir(path)).filter((name) => !name.includes('.test.'));
  const changes = await Promise.all(names.map((name) => newestChange(join(path, name))));
  // The directory's own time changes when a file is removed.
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
