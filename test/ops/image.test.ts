// The image of ops/image, built on a Debian of its own and started with a root that cannot be written.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { eventually } from '../makers/start-test-usher.ts';

const USER = 10001;
const missing = findMissing();

function findMissing(): string | null {
  if (process.env.USHER_LONG_TESTS !== '1') return '(only with USHER_LONG_TESTS=1)';
  if (process.getuid?.() !== 0) return '(skipped: only root can build it here)';
  const absent = ['buildah', 'debootstrap', 'unshare'].filter(
    (program) => spawnSync(program, ['--version']).error !== undefined,
  );
  return absent.length === 0 ? null : `(skipped: there is no ${absent.join(', no ')})`;
}

const buildah = (...args: string[]) =>
  execFileSync('buildah', args, {
    encoding: 'utf8',
    env: { ...process.env, BUILDAH_ISOLATION: 'chroot' },
  }).trim();

test.skipIf(missing !== null)(
  `the image serves as its own user with a root that cannot be written, and ends in order ${missing ?? ''}`,
  { timeout: 1_800_000 },
  async () => {
    // USHER_IMAGE_ARGS: what the build needs to reach its packages, such as volumes with certificates.
    const more = (process.env.USHER_IMAGE_ARGS ?? '').split(' ').filter((one) => one !== '');
    if (process.env.USHER_IMAGE_BUILT !== '1') {
      execFileSync('ops/image/build-local.sh', more, { stdio: 'ignore' });
    }
    const { OCIv1: image, Docker: docker } = JSON.parse(
      buildah('inspect', '--type', 'image', 'localhost/usher'),
    ) as {
      OCIv1: { config: { User: string; Entrypoint: string[]; Cmd: string[]; Env: string[] } };
      Docker: { config: { Healthcheck: { Test: string[] } } };
    };
    expect(image.config.User).toBe(String(USER));
    const container = buildah('from', '--pull-never', 'localhost/usher');
    onTestFinished(() => void buildah('rm', container));
    const root = buildah('mount', container);
    const data = await mkdtemp(join(tmpdir(), 'usher-image-'));
    onTestFinished(() => rm(data, { recursive: true, force: true }));
    chownSync(data, USER, USER);
    const environment = [...image.config.Env, `PORT=${await findFreePort()}`, 'LOG_LEVEL=warn'];
    const port = environment.at(-2)?.slice('PORT='.length);
    const serving = ['test/ops/serve-read-only.sh', root, data, ...environment];
    const child = spawn(
      'unshare',
      ['--mount', ...serving, ...image.config.Entrypoint, ...image.config.Cmd],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
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
      180_000,
    );
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<script')]);
    const [shape, ...check] = docker.config.Healthcheck.Test;
    expect(shape).toBe('CMD');
    const asked = (wrong: string) =>
      spawnSync('chroot', [root, '/usr/bin/env', ...environment, ...wrong.split(' '), ...check]);
    expect(asked('A=1').status).toBe(0);
    expect(asked('PORT=9').status).toBe(1);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  },
);
