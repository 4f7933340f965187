// Builds that run at the same time, while a reader reads their result.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';

const run = promisify(execFile);

/** The widget and what builds it, without the back office, which takes seconds. */
async function copySources() {
  const root = await mkdtemp(join(tmpdir(), 'usher-build-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const path of [
    'widget',
    'browser',
    'src/contract',
    'scripts',
    'tsconfig.json',
    'package.json',
  ]) {
    await cp(path, join(root, path), { recursive: true });
  }
  await symlink(resolve('node_modules'), join(root, 'node_modules'));
  const build = () => run(process.execPath, [join(root, 'scripts/build-pages.ts')]);
  /** A file that is as new as if somebody had just saved it. */
  const save = (path: string) => utimes(join(root, path), new Date(), new Date());
  return { root, build, save };
}

/** What is missing or does not belong together. */
async function findFaults(root: string): Promise<string[]> {
  const widget = join(root, 'dist/pages/widget');
  const page = await readFile(join(widget, 'index.html'), 'utf8').catch(() => '');
  const names = [...page.matchAll(/assets\/[\w.-]+\.(?:js|css)/g)].map(([name]) => name);
  const files = [...names.map((name) => join(widget, name)), join(root, 'dist/pages/widget.js')];
  const faults = names.length === 0 ? ['index.html'] : [];
  for (const file of files) {
    const [content, zipped, packed] = await Promise.all(
      ['', '.gz', '.br'].map((end) => readFile(`${file}${end}`).catch(() => null)),
    );
    try {
      expect([gunzipSync(zipped ?? ''), brotliDecompressSync(packed ?? '')]).toEqual([
        content,
        content,
      ]);
    } catch {
      faults.push(file);
    }
  }
  return faults;
}

test('several builds at once leave a whole one, and whoever reads meanwhile finds a whole one', async () => {
  const { root, build, save } = await copySources();
  await build();
  const before = await readFile(join(root, 'dist/pages/widget/index.html'), 'utf8');
  await save('widget/index.html');
  const faults: string[] = [];
  let looks = 0;
  const builds = Promise.all([build(), build(), build()]);
  const isOver = builds.then(() => true);
  while (!(await Promise.race([isOver, setTimeout(5, false)]))) {
    faults.push(...(await findFaults(root)));
    looks += 1;
  }
  await builds;
  expect(looks).toBeGreaterThan(20);
  expect([...new Set(faults)]).toEqual([]);
  expect(await readFile(join(root, 'dist/pages/widget/index.html'), 'utf8')).toBe(before);
});

test('what is up to date is not built again, and what changes during a build is built the next time', async () => {
  const { root, build, save } = await copySources();
  const built = () => stat(join(root, 'dist/pages/widget.js')).then(({ mtimeMs }) => mtimeMs);
  const underWay = build();
  await vi.waitUntil(() => existsSync(join(root, 'dist/builds')), { timeout: 30_000, interval: 1 });
  await save('widget/loader/main.ts');
  await underWay;
  const first = await built();
  await build();
  const second = await built();
  expect(second).not.toBe(first);
  await build();
  expect(await built()).toBe(second);
});

test('what a build left behind that was killed goes with a later one', async () => {
  const { root, build } = await copySources();
  const abandoned = join(root, 'dist/builds/widget-1-1');
  const young = join(root, 'dist/builds/widget-2-2');
  for (const folder of [abandoned, young]) await mkdir(folder, { recursive: true });
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  await utimes(abandoned, longAgo, longAgo);
  await build();
  expect([existsSync(abandoned), existsSync(young)]).toEqual([false, true]);
  expect(await findFaults(root)).toEqual([]);
});
