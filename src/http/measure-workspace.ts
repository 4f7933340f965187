// Reads what a scenario is measured from, and puts names where the records have ids.
import type { Measured, MeasureNote } from '../contract/lab.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Shift } from '../contract/scenario.ts';
import type { Desk } from '../desk/context.ts';
import { measureAnswers } from '../desk/measure-answers.ts';
import { namePolicy } from '../desk/name-policy.ts';
import { showPolicy } from '../desk/show-policy.ts';
import { Refused } from '../errors.ts';
import { coverQuarters, type Quarters, type Stretch, sumByQuarter } from '../lab/cover-quarters.ts';
import { measureScenario, type NamedKind } from '../lab/measure-scenario.ts';
import { placeAgents, writeShifts } from '../lab/place-agents.ts';
import {
  type MeasuredAnswers,
  type MeasuredKind,
  MOST_MEASURED_KINDS,
  readCapacities,
  readHappened,
  readMeasuredKinds,
  readOnline,
} from '../store/measured.ts';
import { readOccupancy } from '../store/occupancy-report.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import { refuseTooMuch } from './report-span.ts';

interface Asked {
  workspaceId: string;
  from: Date;
  until: Date;
  /** Empty: every channel. */
  channelIds: readonly string[];
  /** null: the one in force. */
  policy: PolicyDocument | null;
  /** Each arrival and each agent, instead of rates and averages. */
  asRecorded: boolean;
}

/** Refuses `simulation.nothing-recorded`, and `request.invalid` where it is too much. */
export async function measureWorkspace(desk: Desk, asked: Asked): Promise<Measured> {
  const { workspaceId, from, until, channelIds, asRecorded } = asked;
  const named = channelIds.length === 0 ? null : channelIds;
  const span = { workspaceId, from, until, channelIds: named };
  const covered = asRecorded ? null : coverQuarters(pastOf(desk, asked));
  const quarters = covered?.length ?? null;
  const asking = { ...span, asRecorded, quarters };
  const found = await readMeasuredKinds(desk.db, asking).catch(refuseTooMuch);
  if (found.length === 0) throw new Refused('simulation.nothing-recorded');
  const kinds = found.slice(0, MOST_MEASURED_KINDS);
  const names = await readPolicyNames(desk.db, workspaceId);
  const agents = await readAgents(desk, asked, { names, covered });
  if (agents.every(({ capacity }) => capacity === 0)) {
    throw new Refused('simulation.nothing-recorded', 'No agent has a capacity above 0.');
  }
  const beginsAt = findMonday(from);
  const { scenario, notes } = measureScenario({
    ...{ spanSeconds: (until.getTime() - from.getTime()) / 1000, covered },
    kinds: nameKinds(kinds, { names, beginsAt }),
    ...{ agents, policy: await readPolicy(desk, asked) },
    names: { teams: names.teams.map(nameOf), skills: names.skills.map(nameOf) },
    ...(asRecorded && { each: placeAgents(agents, await readShifts(desk, { asked, beginsAt })) }),
  });
  const cut: MeasureNote[] = found.length > kinds.length ? ['kinds-left-out'] : [];
  const conversations = kinds.reduce((sum, { arrived }) => sum + arrived, 0);
  return {
    ...{ scenario, conversations, notes: [...notes, ...cut] },
    ...(asRecorded && { beginsAt: beginsAt.toISOString() }),
    happened: await readHappened(desk.db, span).catch(refuseTooMuch),
  };
}

/** What of the span is over: nobody has come in the rest of it. */
function pastOf({ clock }: Desk, { from, until }: Asked): Stretch {
  return { since: from.getTime(), till: Math.min(until.getTime(), clock.now()) };
}

const DAY_MS = 86_400_000;
/** The first of January 1970 was a Thursday. */
const MONDAY_MS = 4 * DAY_MS;

/** The midnight in UTC that its week began with. */
function findMonday(at: Date): Date {
  const week = 7 * DAY_MS;
  return new Date(Math.floor((at.getTime() - MONDAY_MS) / week) * week + MONDAY_MS);
}

async function readShifts(
  { db }: Desk,
  { asked, beginsAt }: { asked: Asked; beginsAt: Date },
): Promise<ReadonlyMap<string, Shift[]>> {
  const rows = await readOnline(db, asked).catch(refuseTooMuch);
  return writeShifts(rows, { from: asked.from, until: asked.until, beginsAt });
}

async function readPolicy(desk: Desk, { workspaceId, policy }: Asked): Promise<PolicyDocument> {
  if (policy !== null) return namePolicy(desk, { workspaceId, policy });
  return (await showPolicy(desk, { workspaceId, names: true })).policy as PolicyDocument;
}

const nameOf = ({ name }: { name: string }) => name;

type Names = Awaited<ReturnType<typeof readPolicyNames>>;

const byId = (list: readonly { id: string; name: string }[]) =>
  new Map(list.map(({ id, name }) => [id, name]));

async function readAgents(
  desk: Desk,
  asked: Asked,
  { names, covered }: { names: Names; covered: Quarters | null },
) {
  const { db } = desk;
  const { workspaceId, from, until } = asked;
  const whom = { agentId: null, teamId: null };
  const days = { workspaceId, ...whom, from, to: until, timeZone: 'UTC', byDay: false };
  const occupied = await readOccupancy(db, 'agent', days).catch(refuseTooMuch);
  const onlineMs = new Map(occupied.map((row) => [row.key, row.onlineMs]));
  const byQuarter = covered && (await readQuarters(desk, asked, covered));
  const capacities = await readCapacities(db, workspaceId);
  const answered = await measureAnswers(desk, asked).catch(refuseTooMuch);
  const answers = new Map(answered.map((one) => [one.agentId, one]));
  const known = new Map(names.agents.map((agent) => [agent.id, agent]));
  const teams = byId(names.teams);
  const skills = byId(names.skills);
  const spanMs = until.getTime() - from.getTime();
  return capacities.map(({ agentId, capacity }) => {
    const { name = agentId, teamIds = [], skills: levels = {} } = known.get(agentId) ?? {};
    return {
      ...{ agentId, name, capacity, online: (onlineMs.get(agentId) ?? 0) / spanMs },
      byQuarter: byQuarter?.get(agentId) ?? null,
      answers: answersOf(answers.get(agentId)),
      teams: teamIds.map((id) => teams.get(id) ?? id),
      skills: Object.fromEntries(
        Object.entries(levels).map(([id, level]) => [skills.get(id) ?? id, level]),
      ),
    };
  });
}

/** Of each agent, by the quarter of an hour, the share of it that they were online. */
async function readQuarters(
  { db }: Desk,
  asked: Asked,
  covered: Quarters,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const rows = await readOnline(db, asked).catch(refuseTooMuch);
  const stretches = Map.groupBy(rows, ({ agentId }) => agentId);
  const shareOf = (own: readonly Stretch[]) =>
    sumByQuarter(own, covered.length).map((ms, nth) => ms / Math.max(ms, covered[nth] ?? 0, 1));
  return new Map([...stretches].map(([agentId, own]) => [agentId, shareOf(own)]));
}

function answersOf(row: MeasuredAnswers | undefined) {
  return row === undefined ? null : { ...row, afters: row.afters ?? [] };
}

function nameKinds(
  kinds: readonly MeasuredKind[],
  { names, beginsAt }: { names: Names; beginsAt: Date },
): NamedKind[] {
  const channels = byId(names.channels);
  const teams = byId(names.teams);
  const skills = byId(names.skills);
  const number = numberContacts();
  return kinds.map((kind): NamedKind => {
    const { plan, priority, weight, arrived, returned, cameAt, cameIn, contactIds, lefts } = kind;
    return {
      ...{ plan, priority, weight, arrived, returned },
      cameIn,
      cameAt: cameAt?.map((at) => (at - beginsAt.getTime()) / 1000) ?? null,
      contacts: contactIds?.map(number) ?? null,
      channel: channels.get(kind.channelId) ?? kind.channelId,
      team: kind.teamId === null ? null : (teams.get(kind.teamId) ?? kind.teamId),
      skills: Object.fromEntries(
        kind.skillIds.map((id, place) => [skills.get(id) ?? id, kind.skillLevels[place] ?? 1]),
      ),
      services: kind.services ?? [],
      firstAnswers: kind.firstAnswers ?? [],
      waits: kind.waits.map((seconds, place) => ({ seconds, left: lefts[place] === true })),
    };
  });
}

/** A scenario is passed on: who somebody was stays here. */
function numberContacts(): (id: string) => string {
  const numbers = new Map<string, string>();
  return (id) => {
    const known = numbers.get(id) ?? String(numbers.size + 1);
    numbers.set(id, known);
    return known;
  };
}
