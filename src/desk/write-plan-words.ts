// The texts of what plans say to contacts who wait or whose conversation ends, with what is known at this moment.
import { channelKinds, isKnownKind } from '../contract/channel-kinds.ts';
import type { WaitRange } from '../contract/policy/word-wait.ts';
import type { WordCause, WordPlaceholder } from '../contract/policy/words.ts';
import {
  chooseText,
  fillWords,
  listUsedWords,
  type WordValues,
} from '../contract/policy/write-words.ts';
import type { ChosenCauses } from '../routing/plans/choose-causes.ts';
import type { Routing } from '../routing/plans/compile-policy.ts';
import { estimateWait } from '../routing/plans/estimate-wait.ts';
import type { Placed } from '../routing/plans/place-in-plan.ts';
import type { Instant } from '../routing/types.ts';
import { foretellWait, shapeWait } from '../routing/waits/foretell-wait.ts';
import { planOnward } from '../routing/waits/plan-places.ts';
import { readPositions, readRecentWaits } from '../store/plan-figures.ts';
import type { PlacingRow } from '../store/read-for-placing.ts';
import type { Db } from '../store/sql.ts';
import { type LastTold, readLastOfPlans } from '../store/told-waits.ts';
import { languageOf } from './gather-facts.ts';

export interface Speaking {
  row: PlacingRow;
  placed: Placed;
  causes: ChosenCauses;
}

/** What is known of the queue, as far as some text asks for it. */
export interface QueueFacts {
  positions: ReadonlyMap<string, number>;
  waits: ReadonlyMap<string, readonly number[]>;
  /** By plan: what the newest of it was foretold. */
  lasts: ReadonlyMap<string, LastTold>;
}

export const NO_FACTS: QueueFacts = { positions: new Map(), waits: new Map(), lasts: new Map() };

export async function readQueueFacts(
  db: Db,
  args: {
    workspaceId: string;
    routing: Routing;
    speaking: readonly Speaking[];
    given: readonly string[];
  },
): Promise<QueueFacts> {
  const { workspaceId, routing, speaking, given } = args;
  const asking = (name: WordPlaceholder) =>
    speaking.filter((one) =>
      one.causes.say.some(({ cause }) => asksFor(name, { routing, cause, ...one })),
    );
  const plansOf = (some: readonly Speaking[]) => [
    ...new Set(some.map(({ placed }) => placed.plan)),
  ];
  const [placed, timed] = [asking('position'), asking('wait')];
  const lined = [...new Set([...placed, ...timed])];
  const positions =
    lined.length === 0
      ? new Map()
      : await readPositions(db, {
          ...{ workspaceId, plans: plansOf(lined), without: given },
          conversationIds: lined.map(({ row }) => row.conversationId),
        });
  const lasts =
    timed.length === 0
      ? new Map()
      : await readLastOfPlans(db, { workspaceId, plans: plansOf(timed) });
  const waits =
    timed.length === 0
      ? new Map()
      : await readRecentWaits(db, { workspaceId, plans: plansOf(timed) });
  return { positions, waits, lasts };
}

/** By what was foretold a moment ago, outside of the pass; else as others waited. null: nothing is known. */
function findWait(
  { positions, waits, lasts }: QueueFacts,
  { id, plan, waited, now }: { id: string; plan: string; waited: number; now: Instant },
): WaitRange | null {
  const position = positions.get(id);
  const last = lasts.get(plan);
  const { basis } = last ?? {};
  if (last !== undefined && position !== undefined && basis?.scores) {
    const line = planOnward(basis, (now - last.toldAt.getTime()) / 1000);
    const shape = shapeWait(position - 1 + basis.beside, line);
    const told = shape && foretellWait(shape, basis.scores);
    if (told !== null) return { from: told.low, to: told.high };
  }
  return estimateWait(waits.get(plan) ?? [], waited);
}

/** Nothing on a channel that carries no words. */
export function writeSays(
  { row, placed, causes }: Speaking,
  { routing, facts, now }: { routing: Routing; facts: QueueFacts; now: Instant },
): { key: string; text: string }[] {
  const waited = (now - row.queuedAt) / 1000;
  const values: WordValues = {
    name: row.contact.name,
    position: facts.positions.get(row.conversationId) ?? null,
    wait: findWait(facts, { id: row.conversationId, plan: placed.plan, waited, now }),
    opensAt: findOpening(routing, placed.plan, now),
    ...{ agent: null, now },
  };
  return causes.say.flatMap(({ cause, key }) => {
    const text = writeCause(cause, { routing, row, plan: placed.plan, values });
    return text === null ? [] : [{ key, text }];
  });
}

const AGENT = '\uE000';

/** Said once somebody has it; the agent's name comes between the parts. null: nothing is said. */
export function writeGreeting(
  row: PlacingRow,
  { routing, plan, now }: { routing: Routing; plan: string; now: Instant },
): string[] | null {
  const { name } = row.contact;
  const values: WordValues = {
    ...{ position: null, wait: null, opensAt: null, agent: AGENT, now },
    name: name?.replaceAll(AGENT, '') ?? null,
  };
  return writeCause('assigned', { routing, row, plan, values })?.split(AGENT) ?? null;
}

/** What is said while an agent has it, or when that ends. null: nothing. */
export function writeHeld(
  cause: WordCause,
  { agentName, now, ...writing }: Writing & { agentName: string | null; now: Instant },
): string | null {
  const { routing, row, plan } = writing;
  const values: WordValues = {
    ...{ position: null, wait: null, agent: agentName, now },
    ...{ name: row.contact.name, opensAt: findOpening(routing, plan, now) },
  };
  return writeCause(cause, { ...writing, values });
}

interface Writing {
  routing: Routing;
  row: PlacingRow;
  plan: string;
}

function writeCause(
  cause: WordCause,
  { values, ...writing }: Writing & { values: WordValues },
): string | null {
  const chosen = chooseFor(cause, writing);
  if (chosen === null) return null;
  const text = fillWords(chosen.text, chosen.language, values);
  return text === '' ? null : text;
}

function chooseFor(cause: WordCause, { routing, row, plan }: Writing) {
  const { channelKind, contact } = row;
  const texts = routing.plans.get(plan)?.words?.[cause];
  const isTold = isKnownKind(channelKind) && channelKinds[channelKind].words !== null;
  if (texts === undefined || !isTold) return null;
  // A flow of RapidPro tells the language as a field of the contact.
  const { language } = contact.attributes;
  const told = typeof language === 'string' ? language : null;
  return chooseText(texts, [languageOf(row), told, routing.language]);
}

function asksFor(
  name: WordPlaceholder,
  {
    routing,
    row,
    placed,
    cause,
  }: { routing: Routing; cause: WordCause } & Omit<Speaking, 'causes'>,
): boolean {
  const chosen = chooseFor(cause, { routing, row, plan: placed.plan });
  return chosen !== null && listUsedWords(chosen.text).includes(name);
}

/** null: it is open, has no hours, or opens at no time that is known. */
export function findOpening(
  { plans, calendars, zones }: Routing,
  plan: string,
  now: Instant,
): { at: Instant; timeZone: string } | null {
  const name = plans.get(plan)?.hours?.calendar;
  const calendar = name === undefined ? undefined : calendars.get(name);
  if (name === undefined || calendar === undefined || calendar.isOpen(now)) return null;
  const at = calendar.nextChange(now);
  return at === null ? null : { at, timeZone: zones.get(name) ?? 'UTC' };
}
