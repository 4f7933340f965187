// What an automation would be refused for, and for which conversations it would act now: nothing is written.
import type {
  AutomationCheck,
  AutomationCreation,
  AutomationTrial,
} from '../contract/automations.ts';
import { displayName } from '../contract/display-name.ts';
import { MAX_TRIED_LAST, MAX_TRIED_WAITING } from '../contract/policy/dry-run.ts';
import { checkAutomation } from '../routing/automations/check-automation.ts';
import { readClock } from '../store/clock.ts';
import {
  type ActedOnRow,
  countStartingEvents,
  type StartingEvents,
} from '../store/read-for-actions.ts';
import type { Db } from '../store/sql.ts';
import { listLastToTry, listWaitingToTry } from '../store/try-policy.ts';
import { withSnapshot } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { findActionNames } from './find-action-names.ts';
import { type Judge, makeJudge } from './judge-condition.ts';
import { tryInTurn } from './try-in-turn.ts';

const MAX_TRIED = Math.min(1000, MAX_TRIED_WAITING + MAX_TRIED_LAST);
const MAX_EXAMPLES = 20;
/** Judged between two looks at the clock. */
const CHUNK = 100;
/** What has not been tried by then is left out, and the answer says so. */
const BUDGET_MS = 4000;
const SETTINGS = `set local statement_timeout = '10s'`;

export interface Trying {
  workspaceId: string;
  automation: unknown;
  /** null: it is only checked. `namesContacts`: who asks may read conversations. */
  trial: { namesContacts: boolean } | null;
}

/** One trial at a time for each workspace and node. Refuses `trial.too-many`. */
export async function tryAutomation(
  { db, clock }: Pick<Desk, 'db' | 'clock'>,
  { workspaceId, automation, trial }: Trying,
): Promise<AutomationCheck> {
  const faults = checkAutomation(automation, await findActionNames(db, workspaceId));
  if (faults.length > 0 || trial === null) return { faults };
  const candidate = automation as AutomationCreation;
  const args = { workspaceId, candidate, ...trial };
  return tryInTurn(`try-automation ${workspaceId}`, () =>
    withSnapshot(db, SETTINGS, async (tx) => ({
      faults,
      trial: await tryNow(tx, { ...args, clock }),
    })),
  );
}

async function tryNow(
  db: Db,
  args: {
    workspaceId: string;
    candidate: AutomationCreation;
    namesContacts: boolean;
    clock: Pick<Desk['clock'], 'elapsed'>;
  },
): Promise<AutomationTrial> {
  const { workspaceId, candidate, namesContacts, clock } = args;
  const { when: condition = null, on: types } = candidate;
  const now = (await readClock(db)).getTime();
  const judge = await makeJudge(db, { workspaceId, condition, now });
  const ids = await listTried(db, workspaceId);
  const endsAt = clock.elapsed() + BUDGET_MS;
  const trial: AutomationTrial = { of: ids.length, tried: 0, matched: 0, events: 0, examples: [] };
  for (let from = 0; from < ids.length && clock.elapsed() < endsAt; from += CHUNK) {
    const some = ids.slice(from, from + CHUNK);
    const rows = await judge.read(db, some);
    const byMessage = judge.asksForMessage;
    const of = { workspaceId, conversationIds: some, types, byMessage };
    const happened = await countStartingEvents(db, of);
    trial.tried += some.length;
    for (const row of rows) {
      const events = countHeld(judge, row, happened.get(row.conversationId) ?? []);
      if (events !== null) note(trial, row, { events, namesContacts });
    }
  }
  return trial;
}

/** How many of these would have started it; null: the condition does not hold. */
function countHeld(judge: Judge, row: ActedOnRow, happened: readonly StartingEvents[]) {
  if (!judge.asksForMessage) {
    return judge.holds(row, null) ? (happened[0]?.events ?? 0) : null;
  }
  const held = happened.filter(({ message }) => judge.holds(row, message));
  return held.length === 0 ? null : held.reduce((sum, { events }) => sum + events, 0);
}

function note(
  trial: AutomationTrial,
  row: ActedOnRow,
  { events, namesContacts }: { events: number; namesContacts: boolean },
): void {
  const { conversationId, contact, contactExternalId: externalId } = row;
  trial.matched += 1;
  trial.events += events;
  if (trial.examples.length >= MAX_EXAMPLES) return;
  const contactName = namesContacts ? displayName({ ...contact, externalId }) : null;
  trial.examples.push({ conversationId, contactName, events });
}

async function listTried(db: Db, workspaceId: string): Promise<string[]> {
  const limit = MAX_TRIED;
  const waiting = await listWaitingToTry(db, { workspaceId, limit });
  const last = await listLastToTry(db, { workspaceId, limit });
  return [...waiting.conversationIds, ...last].slice(0, limit);
}
