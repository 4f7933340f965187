// An event has happened: the automations that wait for it act, each once, in their order, in one transaction.
import {
  FAILURES_TO_DISABLE,
  MAX_AUTOMATION_DEPTH,
  MAX_RUNS_PER_HOUR,
} from '../contract/automations.ts';
import type { RefusalCode } from '../errors.ts';
import type { Facts } from '../routing/rules/facts.ts';
import { countRecentRuns, findCause, insertRun } from '../store/automation-runs.ts';
import {
  type AutomationRow,
  beginRun,
  listAutomationsFor,
  noteAutomationOutcome,
} from '../store/automations.ts';
import { type LockedConversation, lockConversation } from '../store/conversations.ts';
import { appendEvent } from '../store/events.ts';
import { inTurn } from '../store/in-turn.ts';
import type { Tx } from '../store/tx.ts';
import { bindRunner } from './bind-runner.ts';
import { type After, commit, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { type Done, doActions, needsLock, type Stroke } from './do-actions.ts';
import { makeJudge } from './judge-condition.ts';
import { noteFromSystem, sayFromSystem } from './speak-as-system.ts';

export interface Told {
  workspaceId: string;
  deliveryId: number;
  conversationId: string;
  event: string;
  seq: number;
  at: Date;
  /** What was written, where that is the event. */
  message: NonNullable<Facts['message']> | null;
}

/** What is so by chance: the automation itself is not at fault. */
const BY_CHANCE: readonly string[] = [
  'conversation.closed',
  'conversation.not-found',
  'conversation.answered-elsewhere',
  'conversation.too-many-tags',
  'agent.at-capacity',
  'agent.unknown-to-channel',
] satisfies RefusalCode[];

/** One event of a workspace at a time in each process, so that they take one connection of it. */
export function runInTurn(desk: Desk): (told: Told) => Promise<void> {
  return (told) => inTurn(`automations ${told.workspaceId}`, () => runAutomations(desk, told));
}

/** Whoever is told twice does it once. */
export async function runAutomations(desk: Desk, told: Told): Promise<void> {
  const { workspaceId } = told;
  const off =
    (await commit(desk, workspaceId, (tx, after) =>
      actAll(tx, after, { told, isLocked: false }),
    )) ??
    (await commitLocked(desk, workspaceId, (tx, after) =>
      actAll(tx, after, { told, isLocked: true }),
    ));
  for (const name of off ?? []) {
    desk.log.warn(
      { workspaceId, name },
      'an automation was refused ten times in a row and was switched off: mend it and switch it on again',
    );
  }
}

/** Answers the names of those that are switched off now; null: nothing was done, it needs the routing lock. */
async function actAll(
  tx: Tx,
  after: After<Tx>,
  { told, isLocked }: { told: Told; isLocked: boolean },
): Promise<string[] | null> {
  const automations = await listAutomationsFor(tx, told);
  if (!isLocked && automations.some(({ actions }) => needsLock(actions))) return null;
  const off: string[] = [];
  if (automations.length === 0 || !(await beginRun(tx, told))) return off;
  const cause = await findCause(tx, told);
  const depth = (cause?.depth ?? 0) + 1;
  for (const automation of automations) {
    if (automation.automationId === cause?.automationId) continue;
    if (await runOne(tx, after, { automation, told, depth })) off.push(automation.name);
  }
  return off;
}

interface Running {
  automation: AutomationRow;
  told: Told;
  depth: number;
}

/** true: it has been switched off. */
async function runOne(tx: Tx, after: After<Tx>, running: Running): Promise<boolean> {
  const { automation, told, depth } = running;
  const { automationId, condition, actions } = automation;
  const { workspaceId, conversationId, event, message } = told;
  const conversation = await lockConversation(tx, told);
  if (conversation === null) return false;
  const now = conversation.now.getTime();
  const judge = await makeJudge(tx, { workspaceId, condition, now });
  const [row] = await judge.read(tx, [conversationId]);
  if (row === undefined || !judge.holds(row, message)) return false;
  const most = MAX_RUNS_PER_HOUR;
  const recent = await countRecentRuns(tx, { workspaceId, conversationId, automationId, most });
  if (recent === null) return false;
  const run = { workspaceId, automationId, conversationId, event, depth, afterSeq: recent.seq };
  const stopped =
    depth > MAX_AUTOMATION_DEPTH ? 'too-deep' : recent.runs >= most ? 'too-often' : null;
  if (stopped !== null) {
    await insertRun(tx, { ...run, outcome: 'stopped', reason: stopped, actions: [] });
    return false;
  }
  const stroke = strokeOf(tx, after, { ...running, conversation });
  const done = await doActions(tx, after, { actions, stroke });
  const reason = done.error?.code ?? null;
  const outcome = reason === null ? 'done' : 'failed';
  await insertRun(tx, { ...run, outcome, reason, actions: done.results });
  return noteOutcome(tx, after, { ...running, done });
}

function strokeOf(
  tx: Tx,
  after: After<Tx>,
  { automation, told, conversation }: Running & { conversation: LockedConversation },
): Stroke {
  const { automationId, name } = automation;
  const { workspaceId, conversationId, event, deliveryId } = told;
  const by = `automation:${automationId}`;
  const key = { workspaceId, conversationId };
  return {
    ...key,
    actor: by,
    acting: { agentId: null, directs: true },
    told: { automationId, macroId: null, name, event, by },
    note: (text) => noteFromSystem(after, { ...key, text }),
    say: (texts, nth) => {
      const named = `${by}:${deliveryId}:${nth}`;
      return sayFromSystem(tx, after, { ...key, conversation, texts, key: named });
    },
  };
}

/** Refused again and again, it is switched off. true: it was, now. */
async function noteOutcome(
  tx: Tx,
  after: After<Tx>,
  { automation, told, done }: Running & { done: Done },
): Promise<boolean> {
  const { workspaceId } = told;
  const { automationId, name } = automation;
  const refusal = done.error?.code ?? null;
  if (refusal !== null && BY_CHANCE.includes(refusal)) return false;
  const most = FAILURES_TO_DISABLE;
  const noted = { workspaceId, automationId, refused: refusal !== null, most };
  const record = await noteAutomationOutcome(tx, noted);
  if (refusal === null || record === null || record.failures < most) return false;
  const { failures, seq } = record;
  const data = { name, reason: 'failing', failures, lastRefusal: refusal };
  const event = { workspaceId, streamId: automationId, seq, type: 'automation.disabled' as const };
  await appendEvent(after({ send: true }), { ...event, data });
  await bindRunner(tx, after, workspaceId);
  return true;
}
