// The packed package, installed in a folder elsewhere, starts with its production dependencies alone.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { eventually } from '../makers/start-test-usher.ts';

const run = promisify(execFile);
const long = process.env.USHER_LONG_TESTS === '1';

test.runIf(long)(
  '`npx usher serve` in an empty folder answers /readyz, the office, the widget and the reference',
  async () => {
    const folder = await installPackage();
    await expect(access(join(folder, 'node_modules/vite'))).rejects.toThrow('ENOENT');
    const port = String(await findFreePort());
    const environment = { PORT: port, USHER_DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn' };
    const { child, output } = startNpx(folder, ['usher', 'serve'], environment);
    const url = `http://127.0.0.1:${port}`;
    const look = () =>
      fetch(`${url}/readyz`).then(
        ({ status }) => status,
        () => 0,
      );
    await eventually(
      look,
      (status) => {
        if (child.exitCode !== null) throw new Error(output());
        return status === 200;
      },
      120_000,
    );

    for (const path of ['/inbox', '/widget/', '/docs/']) {
      const page = await fetch(`${url}${path}`, { headers: { accept: 'text/html' } });
      expect(page.status, path).toBe(200);
      const [, script = ''] = /src="(\/[^"]+\.js)"/.exec(await page.text()) ?? [];
      expect(script, path).not.toBe('');
      expect((await fetch(new URL(script, url))).status, script).toBe(200);
    }
    expect((await fetch(`${url}/widget.js`)).status).toBe(200);
    expect(output()).toContain('where npx usher finds it');
    // As Ctrl-C does: to npx and to what it runs.
    process.kill(-(child.pid ?? 0), 'SIGINT');
    const pidFile = join(folder, 'data/postgres/cluster/data/postmaster.pid');
    const isLeft = () =>
      access(pidFile).then(
        () => true,
        () => false,
      );
    await eventually(isLeft, (left) => !left, 60_000);
    expect(await look()).toBe(0);
  },
  600_000,
);

/** Nothing is fetched: its dependencies are those of this checkout, without the ones for development. */
async function installPackage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-package-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  expect(packed?.files.filter(({ path }) => /\.test\.|^(test|web|sandbox)\//.test(path))).toEqual(
    [],
  );
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, 'usher'), { recursive: true });
  const archive = join(folder, packed?.filename ?? '');
  await run('tar', ['-xzf', archive, '-C', join(modules, 'usher'), '--strip-components=1']);
  for (const name of await listProduction()) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(resolve('node_modules', name), join(modules, name));
  }
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await mkdir(join(modules, '.bin'));
  // As npm installs a command.
  await chmod(join(modules, 'usher/bin/usher.js'), 0o755);
  await symlink('../usher/bin/usher.js', join(modules, '.bin/usher'));
  await symlink('../node/bin/node', join(modules, '.bin/node'));
  return folder;
}

/** Of those that are installed here: some are for other systems. */
async function listProduction(): Promise<string[]> {
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: true }>;
  };
  const names = Object.entries(lock.packages)
    .filter(([path, { dev }]) => !dev && /^node_modules\/(?!.*\/node_modules\/)/.test(path))
    .map(([path]) => path.slice('node_modules/'.length));
  const found = await Promise.all(
    names.map((name) =>
      access(join('node_modules', name)).then(
        () => [name],
        () => [],
      ),
    ),
  );
  return found.flat();
}

function startNpx(
  cwd: string,
  words: string[],
  environment: Record<string, string>,
): { child: ChildProcess; output(): string } {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: cwd, TMPDIR: tmpdir(), ...environment };
  const child = spawn('npx', ['--offline', ...words], {
    ...{ cwd, env, detached: true },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  onTestFinished(() => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
  return { child, output: () => said };
}
