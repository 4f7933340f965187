// What would have come of a recorded span otherwise: the span as a scenario, changed, and both run on the same seeds.
import { writeFile } from 'node:fs/promises';
import { changeVolume } from '../contract/change-volume.ts';
import type { Happened, Measured } from '../contract/lab.ts';
import type { Comparison, Scenario } from '../contract/scenario.ts';
import { addOutage } from '../simulation/add-outage.ts';
import { type Api, CommandFailed } from './api-client.ts';
import { compareSimulations, sayComparison } from './compare-simulations.ts';
import { readDocument, sayFinding } from './policy-commands.ts';
import { formatTable } from './print.ts';
import { NotSimulated } from './run-simulation.ts';

export interface WhatIfOptions {
  against?: string;
  volume?: number;
  agents?: string;
  without?: string[];
  outage?: Date;
  outageMinutes?: number;
  runs?: number;
  write?: string;
}

export interface WhatIf {
  happened: Happened;
  notes: Measured['notes'];
  /** null: only the scenario was asked for. */
  comparison: Comparison | null;
}

const SEED = 1;
const RUNS = 10;
const MINUTE_SECONDS = 60;
const AN_HOUR = 60;

export function asksWhatIf(options: WhatIfOptions): boolean {
  const { outageMinutes, outage, runs, ...others } = options;
  if (outageMinutes !== undefined && outage === undefined)
    throw new CommandFailed('--outage-minutes goes with --outage.', 2);
  const asks = outage !== undefined || Object.values(others).some((one) => one !== undefined);
  if (runs !== undefined && !asks) throw new CommandFailed('--runs goes with a change.', 2);
  return asks;
}

interface Span {
  from: string;
  until: string;
}

export async function findWhatIf(api: Api, span: Span, options: WhatIfOptions): Promise<WhatIf> {
  const measured = await measure(api, span, null);
  const { happened, notes, scenario } = measured;
  const { write, runs = RUNS } = options;
  if (write !== undefined) await keep(write, scenario);
  const other = await change(api, { span, measured, options });
  const comparison = other === null ? null : await compare(scenario, other, runs);
  return { happened: happened as Happened, notes, comparison };
}

function measure(api: Api, span: Span, policy: unknown): Promise<Measured> {
  const body = { ...span, asRecorded: true, ...(policy !== null && { policy }) };
  return api.send<Measured>('POST', '/api/v1/simulations/measure', body);
}

/** null: nothing is to be changed. */
async function change(
  api: Api,
  args: { span: Span; measured: Measured; options: WhatIfOptions },
): Promise<Scenario | null> {
  const { span, measured, options } = args;
  const { against, volume, agents, without, outage, outageMinutes = AN_HOUR } = options;
  const asked = [against, volume, agents, without, outage];
  if (asked.every((one) => one === undefined)) return null;
  const from =
    against === undefined ? measured : await measure(api, span, await readDocument(against));
  let scenario = from.scenario as Scenario;
  if (agents !== undefined) {
    scenario = { ...scenario, agents: (await readDocument(agents)) as Scenario['agents'] };
  }
  if (without !== undefined) scenario = leaveOut(scenario, without);
  if (volume !== undefined) scenario = changeVolume(scenario, volume);
  if (outage === undefined) return scenario;
  const begins = new Date(measured.beginsAt ?? span.from).getTime();
  const at = (outage.getTime() - begins) / 1000;
  return addOutage(scenario, { from: at, until: at + outageMinutes * MINUTE_SECONDS });
}

function leaveOut(scenario: Scenario, names: readonly string[]): Scenario {
  const known = new Set(scenario.agents.map(({ name }) => name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const there = `There were: ${[...known].join(', ')}.`;
    throw new CommandFailed(`Nobody of that name was there: ${unknown.join(', ')}. ${there}`, 2);
  }
  const agents = scenario.agents.filter(({ name }) => !names.includes(name));
  if (agents.length === 0) throw new CommandFailed('Nobody is left.', 2);
  return { ...scenario, agents };
}

async function compare(scenario: unknown, other: Scenario, runs: number): Promise<Comparison> {
  const { stderr } = process;
  const onProgress = (done: number) => {
    if (stderr.isTTY) stderr.write(`\r${Math.floor(done * 100)} % of the runs`);
  };
  try {
    return await compareSimulations([scenario, other], { runs, seed: SEED, onProgress });
  } catch (error) {
    if (!(error instanceof NotSimulated)) throw error;
    throw new CommandFailed([error.message, ...error.faults.map(sayFinding)].join('\n'), 1);
  } finally {
    if (stderr.isTTY) stderr.write('\r\x1b[K');
  }
}

async function keep(file: string, scenario: unknown): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(scenario, null, 2)}\n`);
  } catch (error) {
    throw new CommandFailed(`${file} cannot be written: ${(error as Error).message}`, 2);
  }
}

const notes: Readonly<Record<Measured['notes'][number], string>> = {
  'plans-left-out': 'The plans name what a scenario cannot have: needs are taken as they stood.',
  'kinds-left-out': 'Only the 40 most frequent kinds of conversations are followed.',
  'nobody-online': 'Nobody was online in the span: all agents are taken.',
};

export function sayWhatIf({ happened, comparison, notes: found }: WhatIf): string[] {
  const { arrived, meanWait, p95, abandonedShare, waiting } = happened;
  const whole = comparison?.whole;
  const rows: (string | null)[][] = [
    ['mean wait', seconds(meanWait), whole ? seconds(whole.meanWait.scenario) : null],
    ['p95', seconds(p95), whole ? seconds(whole.p95.scenario) : null],
    ['left', percent(abandonedShare), whole ? percent(whole.abandonedShare.scenario) : null],
  ];
  const still = waiting === 0 ? '' : `, of which ${waiting} still wait`;
  return [
    `${arrived} came${still}. What happened, and what the simulator makes of the same arrivals:`,
    ...formatTable(['FIGURE', 'HAPPENED', 'SIMULATED'], rows),
    ...found.map((one) => notes[one]),
    ...(comparison === null
      ? []
      : ['', 'As it was (SCENARIO), against what was changed:', ...sayComparison(comparison)]),
  ];
}

const seconds = (value: number): string => `${value.toFixed(2)} s`;
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
