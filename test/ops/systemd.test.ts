// The unit of ops/systemd: what systemd says of it, and what it starts.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { eventually } from '../makers/start-test-usher.ts';

const unit = await readFile('ops/systemd/usher.service', 'utf8');
const guide = await readFile('docs/guides/operators.md', 'utf8');
const missing = findMissing();

/** Where there is no systemd, also in CI, nothing can be asked of it. */
function findMissing(): string | null {
  const { stdout, error } = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });
  if (error !== undefined) return '(skipped: there is no systemd-analyze on this machine)';
  const version = Number(/^systemd (\d+)/.exec(stdout)?.[1]);
  return version >= 250 ? null : '(skipped: systemd-analyze is older than 250)';
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-unit-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** As it would be for a checkout that lies here, with its data there. */
function placeUnit(dataDir: string): string {
  return unit.replaceAll('/opt/usher', resolve('.')).replaceAll('/var/lib/usher', dataDir);
}

function valuesOf(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value ?? '');
}

async function analyse(args: readonly string[], text = unit): Promise<string> {
  const folder = await makeFolder();
  const path = join(folder, 'usher.service');
  await writeFile(path, text);
  const { stdout, stderr } = spawnSync('systemd-analyze', [...args, path], { encoding: 'utf8' });
  return stdout + stderr;
}

test.skipIf(missing !== null)(
  `systemd finds no fault in the unit, and finds a misspelt line ${missing ?? ''}`,
  async () => {
    const placed = placeUnit('/var/lib/usher');
    // It also looks at units that this one comes after; they are not ours.
    const complaints = async (text: string) =>
      (await analyse(['verify', '--man=no'], text))
        .split('\n')
        .filter((line) => line.includes('usher.service'));
    expect(await complaints(placed)).toEqual([]);
    const misspelt = placed.replace('ProtectSystem=', 'ProtectSytem=');
    expect((await complaints(misspelt)).join()).toContain('ProtectSytem');
  },
);

test.skipIf(missing !== null)(
  `the exposure that systemd reckons is no higher than the guide says ${missing ?? ''}`,
  async () => {
    const said = Number(/exposure level of (\d\.\d)/.exec(guide)?.[1]);
    const text = await analyse(['security', '--offline=true', '--no-pager']);
    const reckoned = Number(/Overall exposure level[^:]*: (\d+\.\d)/.exec(text)?.[1]);
    expect(reckoned).toBeGreaterThan(0);
    // Newer versions may look at more; the guide names the version.
    expect(reckoned).toBeLessThanOrEqual(said + 0.2);
  },
);

test('what the unit starts becomes ready, and ends with code 0 on the signal of a stop', {
  timeout: 180_000,
}, async () => {
  const dataDir = await makeFolder();
  const placed = placeUnit(dataDir);
  const [line = ''] = valuesOf(placed, 'ExecStart');
  const [program = '', ...args] = line.split(' ');
  const [workingDirectory = ''] = valuesOf(placed, 'WorkingDirectory');
  const port = await findFreePort();
  const environment = valuesOf(placed, 'Environment').flatMap((one) => one.split(' '));
  const child = spawn(program, args, {
    cwd: workingDirectory,
    env: {
      ...Object.fromEntries(environment.map((one) => one.split('=', 2))),
      ...{ PORT: String(port), LOG_LEVEL: 'warn', PATH: '/usr/bin:/bin' },
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  await eventually(
    () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    (ready) => {
      if (child.exitCode !== null) throw new Error('It ended.');
      return ready;
    },
    120_000,
  );
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  // Its database has ended with it.
  const left = spawnSync('pgrep', ['--full', dataDir], { encoding: 'utf8' }).stdout;
  expect(left).toBe('');
});
