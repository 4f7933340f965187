// Strikes again and again, as the seed says, until it is calm; counts by kind.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../make-random.ts';
import type { Round } from '../world.ts';
import { databaseStrikes } from './database-strikes.ts';
import { lineStrikes } from './line-strikes.ts';
import { serverStrikes } from './server-strikes.ts';
import type { Strike } from './strike.ts';

export const allStrikes: readonly Strike[] = [...serverStrikes, ...databaseStrikes, ...lineStrikes];

const PAUSE_MS = [250, 2000] as const;
const MOST_AT_ONCE = 3;

export interface Hearing {
  onBegun(strike: Strike): void;
  onEnded(strike: Strike): void;
}

/** Ends when all that has struck is undone. */
export async function strikeOn(round: Round, random: Random, hear: Hearing): Promise<void> {
  const possible = allStrikes.filter((strike) => strike.missing(round) === null);
  const shares = Object.fromEntries(possible.map(({ name, share }) => [name, share]));
  const lasting = new Set<Promise<void>>();
  const failures: unknown[] = [];
  while (!round.isCalm() && failures.length === 0) {
    await sleep(random.between(...PAUSE_MS));
    const name = random.draw(shares);
    if (lasting.size >= MOST_AT_ONCE || round.isCalm()) continue;
    const strike = possible.find((one) => one.name === name);
    const begun = strike?.begin(round, random) ?? null;
    if (strike === undefined || begun === null) continue;
    hear.onBegun(strike);
    const ended = begun
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        lasting.delete(ended);
        hear.onEnded(strike);
      });
    lasting.add(ended);
  }
  await Promise.all(lasting);
  if (failures.length > 0) throw failures[0];
}
