// Whether the condition of an automation holds for conversations as they are: by the evaluator of the rules.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { type Condition, messageFields } from '../contract/policy/rule-fields.ts';
import { compilePolicy } from '../routing/plans/compile-policy.ts';
import { compileRules } from '../routing/rules/compile-rules.ts';
import type { Facts } from '../routing/rules/facts.ts';
import { matchRules } from '../routing/rules/match-rules.ts';
import { usedFields } from '../routing/rules/used-fields.ts';
import type { Instant } from '../routing/types.ts';
import { type ActedOnRow, readForActions } from '../store/read-for-actions.ts';
import { readSettledRoster } from '../store/roster.ts';
import type { Db } from '../store/sql.ts';
import { getPolicy } from '../store/workspaces.ts';
import {
  type Asking,
  gatherFacts,
  listCostlyFacts,
  readSurroundings,
  type Surroundings,
} from './gather-facts.ts';
import { toState } from './keep-agents.ts';

export interface Judge {
  /** What it is asked of; conversations that are not there are left out. */
  read(db: Db, conversationIds: readonly string[]): Promise<ActedOnRow[]>;
  /** `message`: what was written, where that started it. */
  holds(row: ActedOnRow, message: NonNullable<Facts['message']> | null): boolean;
  /** It looks at the message. */
  asksForMessage: boolean;
}

/** What is the same for all conversations is read once; null: the condition always holds. */
export async function makeJudge(
  db: Db,
  of: { workspaceId: string; condition: Condition | null; now: Instant },
): Promise<Judge> {
  const { workspaceId, condition, now } = of;
  if (condition === null) {
    const rows: Judge['read'] = (on, ids) => read(on, { workspaceId, ids, facts: [] });
    return { read: rows, holds: () => true, asksForMessage: false };
  }
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const rules = compileRules([{ name: 'when', when: condition, then: { plan: '' } }]);
  const used = usedFields(rules);
  const asking = await readAsking(db, workspaceId, used);
  const around = await surround(db, { workspaceId, asking, now });
  const facts = listCostlyFacts(asking);
  return {
    read: (on, ids) => read(on, { workspaceId, ids, facts }),
    holds: (row, message) =>
      matchRules(rules, { ...gatherFacts(asItIs(row), around), message }) !== null,
    asksForMessage: Object.keys(messageFields).some((field) => used.fields.has(field)),
  };
}

/** A rule asks what a conversation came with; an automation, what it has now. */
function asItIs(row: ActedOnRow): ActedOnRow {
  return { ...row, route: null };
}

function read(
  db: Db,
  args: {
    workspaceId: string;
    ids: readonly string[];
    facts: ReturnType<typeof listCostlyFacts>;
  },
): Promise<ActedOnRow[]> {
  const { workspaceId, ids: conversationIds, facts } = args;
  return readForActions(db, { workspaceId, conversationIds, facts });
}

const MOMENT = ['now.weekday', 'now.hour'];
const ANY_TIME = new Intl.DateTimeFormat('en-GB');

/** With the calendars of the policy in force, where it asks for them. */
async function readAsking(db: Db, workspaceId: string, used: Asking['used']): Promise<Asking> {
  const plain = { used, isSticky: false, hasTargets: false };
  const asksForTime = used.calendars.size > 0 || MOMENT.some((field) => used.fields.has(field));
  if (!asksForTime) return { ...plain, calendars: new Map(), clock: ANY_TIME };
  const document = (await getPolicy(db, workspaceId)) as PolicyDocument;
  // A policy without rules has calendars all the same.
  const { calendars = [] } = document;
  const { routing } = compilePolicy({ ...document, calendars, plans: [], rules: [] });
  if (routing === null) throw new Error('A policy with rules has no routing.');
  const { calendars: hours, clock } = routing;
  return { ...plain, calendars: hours, clock };
}

async function surround(
  db: Db,
  { workspaceId, asking, now }: { workspaceId: string; asking: Asking; now: Instant },
): Promise<Surroundings> {
  const { used } = asking;
  const asksForAgents = used.online.size > 0 || used.fields.has('contact.agent');
  const agents = asksForAgents ? (await readSettledRoster(db, workspaceId)).map(toState) : [];
  return readSurroundings(db, { workspaceId, routing: asking, agents, now });
}
