// `usher staff`: how many will come, and how many agents each half hour needs, without a server.
import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { isZone, suggestZone } from '../routing/calendars/suggest-zone.ts';
import type { Target } from '../staffing/target.ts';
import { CommandFailed } from './api-client.ts';
import { readDocument } from './policy-commands.ts';
import type { Printer } from './print.ts';
import { readFromFile, readFromServer } from './read-arrivals.ts';
import { type ReadHistory, runStaffing, type Staffing } from './run-staffing.ts';
import { sayStaffing } from './say-staffing.ts';
import type { Session } from './session.ts';
import { presentStaffing, writeStaffingCsv } from './write-staffing.ts';

interface Options {
  history?: string;
  fromServer?: true;
  scenario: string;
  within?: number;
  share?: number;
  meanWait?: number;
  abandoned?: number;
  weeks: number;
  calendar?: string;
  timeZone: string;
  cost?: number;
  most: number;
  arrivals: number;
  csv?: string;
}

type Open = () => Promise<Session>;

export function addStaffCommand(
  program: Command,
  { print, open }: { print: () => Printer; open: Open },
): void {
  program
    .command('staff')
    .description('foretell arrivals per half hour, and how many agents each needs for a target')
    .option('--history <file>', 'CSV: start,arrivals by half hour, or arrived')
    .option('--from-server', 'instead: what came to the server in the last 400 days')
    .requiredOption('--scenario <file>', 'who comes, who serves and how long it takes')
    .option('--within <seconds>', 'target: served within so many seconds …', toSeconds)
    .option('--share <share>', '… is this share of all, as 0.8', toShare)
    .option('--mean-wait <seconds>', 'or: the longest mean wait', toSeconds)
    .option('--abandoned <share>', 'or: the largest share that leaves or is not served', toShare)
    .option('--weeks <n>', 'how many to foretell', toWhole(1, 8), 1)
    .option('--calendar <name>', 'of the scenario’s policy (default: the only one)')
    .option('--time-zone <zone>', 'where there is no calendar', toZone, 'UTC')
    .option('--cost <amount>', 'of an agent for an hour', toCost)
    .option('--most <n>', 'how many agents there can be', toWhole(1, 2000), 500)
    .option('--arrivals <n>', 'how many customers each run has', toWhole(1000, 1_000_000), 20_000)
    .option('--csv <file>', 'write the half hours there')
    .action(async (options: Options) => {
      const found = await findStaffing(options, open);
      if (options.csv !== undefined) await writeCsv(options.csv, found, options.cost);
      print().lines(presentStaffing(found), sayStaffing(found));
    });
}

async function findStaffing(options: Options, open: Open): Promise<Staffing> {
  const target = readTarget(options);
  const readIn = findHistory(options, open);
  const scenario = await readDocument(options.scenario);
  const { weeks, timeZone, most, arrivals, calendar, cost = null } = options;
  const { stderr } = process;
  const onProgress = (done: number) => {
    if (stderr.isTTY) stderr.write(`\r${Math.floor(done * 100)} % of the half hours`);
  };
  try {
    return await runStaffing(
      { readIn, scenario },
      { target, weeks, calendar, timeZone, most, arrivals, costPerHour: cost, onProgress },
    );
  } finally {
    if (stderr.isTTY) stderr.write('\r\x1b[K');
  }
}

function findHistory({ history, fromServer }: Options, open: Open): ReadHistory {
  if ((history === undefined) === (fromServer === undefined)) {
    throw new CommandFailed('Give --history, or --from-server.', 2);
  }
  const now = Date.now();
  return (timeZone) =>
    history === undefined
      ? readFromServer(open, { timeZone, now })
      : readFromFile(history, { timeZone, now });
}

function readTarget({ within, share, meanWait, abandoned }: Options): Target {
  const isPaired = (within === undefined) === (share === undefined);
  const given = [within, meanWait, abandoned].filter((one) => one !== undefined);
  if (!isPaired || given.length !== 1) {
    throw new CommandFailed(
      'Give one target: --within with --share, or --mean-wait, or --abandoned.',
      2,
    );
  }
  if (within !== undefined && share !== undefined) return { within, share };
  return meanWait === undefined ? { abandoned: abandoned as number } : { meanWait };
}

async function writeCsv(file: string, found: Staffing, cost: number | undefined): Promise<void> {
  try {
    await writeFile(file, writeStaffingCsv(found, cost ?? null));
  } catch (error) {
    throw new CommandFailed(`${file} cannot be written: ${(error as Error).message}`, 2);
  }
}

function toNumber(written: string, { isFine, what }: { isFine(n: number): boolean; what: string }) {
  const number = written.trim() === '' ? Number.NaN : Number(written);
  if (!Number.isFinite(number) || !isFine(number)) throw new InvalidArgumentError(`It is ${what}.`);
  return number;
}

function toSeconds(written: string): number {
  return toNumber(written, { isFine: (n) => n >= 0 && n <= 86_400, what: 'seconds, to 86400' });
}

function toShare(written: string): number {
  return toNumber(written, { isFine: (n) => n > 0 && n < 1, what: 'a share between 0 and 1' });
}

function toCost(written: string): number {
  return toNumber(written, { isFine: (n) => n >= 0 && n <= 1e6, what: 'an amount from 0' });
}

function toWhole(least: number, most: number): (written: string) => number {
  const isFine = (n: number) => Number.isInteger(n) && n >= least && n <= most;
  return (written) =>
    toNumber(written, { isFine, what: `a whole number from ${least} to ${most}` });
}

function toZone(written: string): string {
  if (isZone(written)) return written;
  const near = suggestZone(written);
  const hint =
    near === null ? 'It is one of the IANA’s, as Asia/Jakarta.' : `Did you mean ${near}?`;
  throw new InvalidArgumentError(hint);
}
