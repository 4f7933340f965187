// The database itself: it crashes, ends all sessions, commits slowly, and holds so many statements up that no connection is left.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../make-random.ts';
import type { Round } from '../world.ts';
import { ALWAYS, type Strike, strikeAll } from './strike.ts';

const SLOW_MS = [1000, 5000] as const;
const LATE_MS = [10, 100] as const;
const HELD_SECONDS = [0.3, 2.5] as const;
const BURST = 60;

const onlyOwn = ({ database }: Pick<Round, 'database'>) =>
  database.own === null ? 'the database was given, and is not ours to break' : null;

const strikeDatabase = ({ database }: Round, act: () => Promise<void>) =>
  strikeAll([database], act);

export const databaseStrikes: Strike[] = [
  {
    ...{ name: 'database crashed', share: 5, missing: onlyOwn, blurs: true },
    begin: (round) => strikeDatabase(round, async () => await round.database.own?.crash()),
  },
  {
    ...{ name: 'sessions of the database ended', share: 5, missing: ALWAYS, blurs: true },
    begin: (round) =>
      strikeDatabase(round, async () => {
        await round.database.read(
          `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'usher'`,
        );
      }),
  },
  {
    ...{ name: 'commits slow', share: 6, missing: onlyOwn, blurs: true },
    begin: (round, random) =>
      strikeDatabase(round, async () => {
        await round.database.own?.delayCommits(random.between(...LATE_MS));
        await sleep(random.between(...SLOW_MS));
        await round.database.own?.delayCommits(0);
      }),
  },
  {
    ...{ name: 'connections used up', share: 6, missing: ALWAYS, blurs: true },
    begin: (round, random) => strikeDatabase(round, () => useUp(round, random)),
  },
];

/** All that write wait for one table, and more want to write than there are connections. */
async function useUp(round: Round, random: Random): Promise<void> {
  const seconds = random.between(...HELD_SECONDS).toFixed(2);
  const held = round.database.read(
    `begin; lock table conversation in share row exclusive mode; select pg_sleep(${seconds}); commit`,
  );
  const burst = Array.from({ length: BURST }, () =>
    round.ask(random, {
      ...{ method: 'POST', path: `/api/v1/channels/${round.company.given}/messages` },
      body: { conversation: 'nobody’s', externalId: 'none', text: 'Is anybody there?' },
    }),
  );
  await Promise.all([held, ...burst]);
}
