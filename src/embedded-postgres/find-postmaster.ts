// Finds the PostgreSQL server that runs in a data directory, also one that a killed Usher left.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processCommand } from './process-command.ts';

export interface Postmaster {
  pid: number;
  /** Missing while the server has not opened its port yet. */
  port: number | undefined;
  /** The program and arguments that it was started with. */
  command: string;
  ready: boolean;
  stopping: boolean;
}

/** Undefined when the directory has no server, or only the pid file of a dead one. */
export async function findPostmaster(pgData: string): Promise<Postmaster | undefined> {
  const file = await readPidFile(pgData);
  if (file === undefined) return undefined;
  const command = await processCommand(file.pid);
  if (!isPostmasterOf(command, pgData)) return undefined;
  return { ...file, command };
}

/** A reused pid belongs to some other program, or to the server of some other directory. */
export function isPostmasterOf(command: string, pgData: string): boolean {
  return command.includes(`/postgres -D ${pgData} `);
}

type PidFile = Omit<Postmaster, 'command'>;

/** Its lines: pid, data directory, start, port, socket directory, address, memory key, status. */
async function readPidFile(pgData: string): Promise<PidFile | undefined> {
  const text = await readFile(join(pgData, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  const port = Number(lines[3]);
  const status = lines[7];
  return {
    pid,
    port: port > 0 ? port : undefined,
    ready: status === 'ready',
    stopping: status === 'stopping',
  };
}
