// `usher replay`: whether recorded decisions come out again, and what would have come of the same span otherwise.
import { type Command, InvalidArgumentError } from 'commander';
import type { Replay } from '../contract/replays.ts';
import { CommandFailed } from './api-client.ts';
import { readDocument } from './policy-commands.ts';
import { formatTable } from './print.ts';
import { sayReplay } from './say-replay.ts';
import type { Session } from './session.ts';
import { asksWhatIf, findWhatIf, sayWhatIf, type WhatIfOptions } from './what-if.ts';

interface Options extends WhatIfOptions {
  from: Date;
  to: Date;
}

export function addReplayCommand(program: Command, open: () => Promise<Session>): void {
  program
    .command('replay')
    .description('decide a recorded span again; then what another policy, staff or volume does')
    .requiredOption('--from <time>', 'when the span begins, as 2026-11-25T09:00Z', toTime)
    .requiredOption('--to <time>', 'when it ends', toTime)
    .option('--against <file>', 'what if: this policy had been in force')
    .option('--volume <factor>', 'what if: so many times as many had come, as 1.2', toFactor)
    .option('--agents <file>', 'what if: these agents, as a scenario has them')
    .option('--without <name...>', 'what if: without these agents')
    .option('--outage <time>', 'what if: nobody is given anything from then on …', toTime)
    .option('--outage-minutes <n>', '… for so long (default 60)', toMinutes)
    .option('--runs <n>', 'of those: how many runs of each', toRuns)
    .option('--write <file>', 'keep the span as a scenario, for the command simulate')
    .action(async (options: Options) => {
      const { from, to, ...whatIf } = options;
      if (to <= from) throw new CommandFailed('--to must be later than --from.', 2);
      const asks = asksWhatIf(whatIf);
      const { api, print } = await open();
      const span = { from: from.toISOString(), until: to.toISOString() };
      const { against: file } = whatIf;
      const other = file === undefined ? {} : { against: await readDocument(file) };
      const replay = await api.send<Replay>('POST', '/api/v1/replays', { ...span, ...other });
      const found = asks ? await findWhatIf(api, span, whatIf) : null;
      const lines = found === null ? [] : ['', ...sayWhatIf(found)];
      print.lines({ replay, ...(found && { whatIf: found }) }, [
        ...sayReplay(replay, formatTable),
        ...lines,
      ]);
      if (replay.unexplained > 0) process.exitCode = 1;
    });
}

function toTime(written: string): Date {
  const at = new Date(written);
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('It is a time, as 2026-11-25T09:00:00Z.');
  return at;
}

const MOST_FACTOR = 10;
const MOST_MINUTES = 7 * 24 * 60;
const MOST_RUNS = 1000;

function toFactor(written: string): number {
  const factor = Number(written);
  if (!(factor > 0 && factor <= MOST_FACTOR))
    throw new InvalidArgumentError(`It is a number above 0, to ${MOST_FACTOR}: 1.2 is 20 % more.`);
  return factor;
}

function toMinutes(written: string): number {
  return toWhole(written, { least: 1, most: MOST_MINUTES });
}

function toRuns(written: string): number {
  return toWhole(written, { least: 2, most: MOST_RUNS });
}

function toWhole(written: string, { least, most }: { least: number; most: number }): number {
  const value = Number(written);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  return value;
}
