// The processor time of processes, as Linux counts it.
import { readdir, readFile } from 'node:fs/promises';

const TICKS_A_SECOND = 100;

interface Used {
  parent: number;
  own: number;
  /** Of its children that have ended. */
  gone: number;
}

async function readUsed(processId: number | string): Promise<Used | null> {
  const text = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // Behind the name, which may hold anything: state, parent … and from the twelfth the four times.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, goneUser = 0, goneSystem = 0] = fields.slice(11, 15);
  return { parent: fields[1] ?? 0, own: user + system, gone: goneUser + goneSystem };
}

/** In seconds, of the process alone. */
export async function countOwnCpu(processId: number): Promise<number> {
  return ((await readUsed(processId))?.own ?? 0) / TICKS_A_SECOND;
}

/** In seconds, of the process and all whom it has started. */
export async function countFamilyCpu(processId: number): Promise<number> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(ids.map(readUsed));
  const children = all.flatMap((one) => (one?.parent === processId ? [one.own] : []));
  const own = await readUsed(processId);
  const ticks = (own?.own ?? 0) + (own?.gone ?? 0) + children.reduce((sum, one) => sum + one, 0);
  return ticks / TICKS_A_SECOND;
}
