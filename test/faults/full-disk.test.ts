// The disk of the database is full for a while: what cannot be kept is told to come again, and then nothing is lost or doubled.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import type { Fire } from './crash-world.ts';
import { startOwnServer } from './crashing-database.ts';
import { underFire } from './under-fire.ts';

const DISK_MB = 400;
const CHUNK = Buffer.alloc(1024 * 1024);
const REFUSED = 20;
const missing = findMissing();

/** A small disk of memory. */
function mountDisk(): string {
  const disk = mkdtempSync(join(tmpdir(), 'usher-full-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=755`, 'none', disk], {
    stdio: 'pipe',
  });
  return disk;
}

function unmount(disk: string): void {
  execFileSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true, force: true });
}

function findMissing(): string {
  if (process.platform !== 'linux') return '(skipped: this is not Linux)';
  if (process.getuid?.() !== 0) return '(skipped: only root may mount a small disk)';
  const tried = mkdtempSync(join(tmpdir(), 'usher-full-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', tried]);
  if (status === 0) unmount(tried);
  else rmSync(tried, { recursive: true, force: true });
  return status === 0 ? '' : '(skipped: no disk can be mounted here)';
}

/** Until nothing more goes onto it. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (;;) await file.write(CHUNK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    await file.close();
  }
}

test.skipIf(missing !== '')(
  `a database whose disk is full: what is refused is told to come again, and then it is done once ${missing}`,
  async () => {
    const disk = mountDisk();
    onTestFinished(() => unmount(disk));
    const server = await startOwnServer(join(disk, 'data'));
    const filler = join(disk, 'filler');
    const crash = async (_: unknown, fire: Fire) => {
      const before = fire.repeats;
      await fill(filler);
      await eventually(
        () => fire.repeats - before,
        (refused) => refused >= REFUSED,
        60_000,
      );
      await rm(filler);
      // Where it had to write its log it has ended; where not, it ends now.
      await server.crash();
    };
    const { refusals } = await underFire({ ...server, crash }, { webhooks: 400, kills: 2 });
    expect([...refusals]).toEqual([503]);
  },
  420_000,
);
