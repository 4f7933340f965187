// Refuses files of a workspace that has as many megabytes as its operator allows.
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import type { Gate } from '../desk/open-gate.ts';
import { Refused } from '../errors.ts';
import { sumWorkspaceFiles } from '../store/workspace-standing.ts';

/** Summing reads a row for each file. Meanwhile as much may be added as the budgets of a day allow. */
const KNOWN_FOR_MS = 10_000;
const MEGABYTE = 1024 * 1024;

/** Refuses `upload.workspace-full`. Only workspaces with a bound are looked at. */
export function makeRefuseOverfull({
  db,
  clock,
  boundsOf,
}: {
  db: Pool;
  clock: Pick<Clock, 'elapsed'>;
  boundsOf: Gate['boundsOf'];
}): (workspaceId: string) => Promise<void> {
  const known = new Map<string, { bytes: Promise<number>; at: number }>();
  const sumOf = (workspaceId: string): Promise<number> => {
    const before = known.get(workspaceId);
    const now = clock.elapsed();
    if (before !== undefined && now - before.at < KNOWN_FOR_MS) return before.bytes;
    const bytes = sumWorkspaceFiles(db, workspaceId);
    known.set(workspaceId, { bytes, at: now });
    bytes.catch(() => known.delete(workspaceId));
    return bytes;
  };
  return async (workspaceId) => {
    const { storageMegabytes: most } = boundsOf(workspaceId);
    if (most === undefined) {
      known.delete(workspaceId);
      return;
    }
    if ((await sumOf(workspaceId)) >= most * MEGABYTE) throw new Refused('upload.workspace-full');
  };
}
