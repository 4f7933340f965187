// What is wrong with an entry of agents: their shifts, their answers, and what a model of another desk does not know.
import { point } from '../contract/policy/point.ts';
import type { Scenario, ScenarioAgents } from '../contract/scenario.ts';
import type { Findings } from '../routing/policy/findings.ts';
import { periodOf } from './shifts.ts';

export function checkAgents(scenario: Scenario, place: number, faults: Findings): void {
  const entry = scenario.agents[place];
  if (entry === undefined) return;
  checkShifts(entry, place, faults);
  checkOffers(entry, place, faults);
  checkBot(entry, place, faults);
  checkModel(scenario, place, faults);
}

function checkShifts(entry: ScenarioAgents, place: number, faults: Findings): void {
  const { shifts, shiftsEvery } = entry;
  const period = periodOf(entry);
  if (shifts === undefined && shiftsEvery !== undefined) {
    faults.add(point('agents', place, 'shiftsEvery'), () => ({
      code: 'scenario.no-shifts',
      detail: `“${entry.name}” has no shifts that could come again.`,
      remedy: 'Add shifts, or leave shiftsEvery out.',
    }));
  }
  for (const [nth, { from, until }] of (shifts ?? []).entries()) {
    const at = (field: string) => point('agents', place, 'shifts', nth, field);
    if (from >= period) {
      faults.add(at('from'), () => ({
        code: 'scenario.shift-too-late',
        detail: `${from} s is not within the ${period} s after which the shifts come again.`,
        remedy: 'For shifts of a week say shiftsEvery: week.',
      }));
    }
    if (until <= from || until > from + period) {
      faults.add(at('until'), () => ({
        code: 'scenario.shift-length',
        detail: `A shift from ${from} s ends later than that, and by ${from + period} s.`,
        remedy: 'Correct until; a night ends past the end of its day, at 108000 for 06:00.',
      }));
    }
  }
}

function checkOffers({ name, offers }: ScenarioAgents, place: number, faults: Findings): void {
  const { declined = 0, missed = 0 } = offers ?? {};
  if (declined + missed <= 1) return;
  faults.add(point('agents', place, 'offers', 'missed'), () => ({
    code: 'scenario.shares-beyond-one',
    detail: `“${name}” declines ${declined} and misses ${missed} of the offers: that is more than all.`,
    remedy: 'Lower one of them: what is left of 1 is accepted.',
  }));
}

/** What is said of people, and of how many of them. */
const OF_PEOPLE = ['count', 'speed', 'concurrency', 'offers', 'unanswered'] as const;

function checkBot(entry: ScenarioAgents, place: number, faults: Findings): void {
  const { name, bot } = entry;
  if (bot === undefined) return;
  for (const field of OF_PEOPLE.filter((one) => entry[one] !== undefined)) {
    faults.add(point('agents', place, field), () => ({
      code: 'scenario.of-people',
      detail: `“${name}” is a bot: it is one, and ${field} is said of people.`,
      remedy: `Leave ${field} out, or bot.`,
    }));
  }
  const { ends = 0, silent = 0 } = bot;
  if (ends + silent <= 1) return;
  faults.add(point('agents', place, 'bot', 'silent'), () => ({
    code: 'scenario.shares-beyond-one',
    detail: `“${name}” ends ${ends} and is silent in ${silent} of the conversations: that is more than all.`,
    remedy: 'Lower one of them: what is left of 1 is handed over.',
  }));
}

/** A model of another desk knows agents who are always there, and as quick whatever they hold. */
function checkModel({ model = 'usher', agents }: Scenario, place: number, faults: Findings): void {
  if (model === 'usher') return;
  for (const field of ['shifts', 'concurrency', 'bot'] as const) {
    if (agents[place]?.[field] === undefined) continue;
    faults.add(point('agents', place, field), () => ({
      code: 'scenario.not-in-model',
      detail: `The model ${model} does not follow ${field}.`,
      remedy: `Leave ${field} out, or run the model usher.`,
    }));
  }
}
