// Does the actions of an automation or a macro with a conversation: all of them, or none and the reason.
import type { Acting } from '../access/acting.ts';
import type { Action, ActionResult } from '../contract/actions.ts';
import type { Priority } from '../contract/conversation.ts';
import { Refused } from '../errors.ts';
import { callEndpoint } from '../store/call-endpoint.ts';
import { appendConversationEvent } from '../store/conversation-events.ts';
import { type LockedConversation, lockConversation } from '../store/conversations.ts';
import { type RoutingTx, type Tx, withSavepoint } from '../store/tx.ts';
import { transferWithin } from './assign-conversation.ts';
import { changeWithin } from './change-conversation.ts';
import { closeWithin } from './close-conversation.ts';
import type { After } from './commit.ts';
import { findTeams, sendToPlan, sendToTeam } from './requeue-conversation.ts';

export interface Stroke {
  workspaceId: string;
  conversationId: string;
  /** As events name who did it. */
  actor: string;
  /** With whose rights. */
  acting: Acting;
  /** What the event that follows says of who did it, and why. */
  told: {
    automationId: string | null;
    macroId: string | null;
    name: string;
    event: string | null;
    by: string;
  };
  /** Writes a note, or a message to the contact, in the transaction. */
  note: (text: string) => Promise<void>;
  say: (texts: Readonly<Record<string, string>>, nth: number) => Promise<void>;
}

export interface Done {
  results: ActionResult[];
  /** null: nothing was refused. */
  error: Refused | null;
}

type Result = 'done' | 'unchanged';

/** An agent is given something under the routing lock alone. */
export function needsLock(actions: readonly Action[]): boolean {
  return actions.some((action) => action.do === 'give-to-agent');
}

/**
 * In the transaction of the caller, which goes on whatever comes of it. `after` of a transaction
 * with the routing lock, where `needsLock` says so.
 */
export async function doActions(
  tx: Tx,
  after: After<Tx>,
  { actions, stroke }: { actions: readonly Action[]; stroke: Stroke },
): Promise<Done> {
  const results: ActionResult[] = [];
  try {
    await withSavepoint(tx, async () => {
      for (const [nth, action] of actions.entries()) {
        const conversation = await lockConversation(tx, stroke);
        if (conversation === null) throw new Refused('conversation.not-found');
        const result = await doOne(tx, after, { action, nth, stroke, conversation });
        results.push({ do: action.do, result });
      }
      await tell(after, actions, { results, stroke });
    });
    return { results, error: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code } = error;
    const at = results.length;
    return {
      results: actions.map((action, nth) => {
        const refused = { do: action.do, result: 'refused', reason: code } as const;
        return nth === at ? refused : { do: action.do, result: 'undone' };
      }),
      error,
    };
  }
}

/** What has changed nothing is not told. */
async function tell(
  after: After<Tx>,
  actions: readonly Action[],
  { results, stroke }: { results: readonly ActionResult[]; stroke: Stroke },
): Promise<void> {
  const { workspaceId, conversationId, told } = stroke;
  const done = actions.filter((_, nth) => results[nth]?.result === 'done');
  if (done.length === 0) return;
  const data = { ...told, actions: done.map((action) => action.do) };
  const event = { workspaceId, conversationId, type: 'conversation.automated' as const, data };
  await appendConversationEvent(after({ send: true }), event);
}

interface One {
  action: Action;
  nth: number;
  stroke: Stroke;
  /** As it is before it. */
  conversation: LockedConversation;
}

async function doOne(tx: Tx, after: After<Tx>, one: One): Promise<Result> {
  const { action, nth, stroke, conversation } = one;
  switch (action.do) {
    case 'add-tags':
    case 'remove-tags':
      return changeTags(tx, after, { ...one, action });
    case 'set-priority':
      return setPriority(tx, after, { ...one, priority: action.priority });
    case 'note':
      await stroke.note(action.text);
      return 'done';
    case 'message':
      if (conversation.state === 'closed') throw new Refused('conversation.closed');
      await stroke.say(action.texts, nth);
      return 'done';
    case 'call-endpoint':
      return call(after, action.endpointId, stroke);
    case 'close':
      return close(tx, after, { reason: action.reason, stroke });
    default:
      return move(tx, after, { ...one, action });
  }
}

const MOST_TAGS = 50;

async function changeTags(
  tx: Tx,
  after: After<Tx>,
  {
    action,
    stroke,
    conversation,
  }: One & { action: Extract<Action, { do: 'add-tags' | 'remove-tags' }> },
): Promise<Result> {
  const before = conversation.tags;
  const tags =
    action.do === 'add-tags'
      ? [...new Set([...before, ...action.tags])]
      : before.filter((tag) => !action.tags.includes(tag));
  if (tags.length === before.length) return 'unchanged';
  if (tags.length > MOST_TAGS) throw new Refused('conversation.too-many-tags');
  await changeWithin(tx, after, { ...keyOf(stroke), tags });
  return 'done';
}

async function setPriority(
  tx: Tx,
  after: After<Tx>,
  { priority, stroke, conversation }: One & { priority: Priority },
): Promise<Result> {
  if (conversation.priority === priority) return 'unchanged';
  await changeWithin(tx, after, { ...keyOf(stroke), priority });
  return 'done';
}

async function move(
  tx: Tx,
  after: After<Tx>,
  {
    action,
    stroke,
    conversation,
  }: One & { action: Extract<Action, { do: 'send-to-plan' | 'send-to-team' | 'give-to-agent' }> },
): Promise<Result> {
  const { acting } = stroke;
  const { agentId, plan, teamId } = conversation;
  const sending = { ...keyOf(stroke), acting, note: null };
  if (action.do === 'give-to-agent') {
    if (agentId === action.agentId && conversation.state === 'assigned') return 'unchanged';
    const giving = { ...sending, agentId: action.agentId, force: false };
    await transferWithin(after as After<RoutingTx>, giving);
    return 'done';
  }
  const waits = conversation.state === 'waiting';
  if (action.do === 'send-to-plan') {
    if (waits && plan === action.plan) return 'unchanged';
    await sendToPlan(tx, after, { ...sending, plan: action.plan });
    return 'done';
  }
  if (waits && teamId === action.teamId) return 'unchanged';
  const transfer = { ...sending, teamId: action.teamId };
  await sendToTeam(tx, after, { ...transfer, teams: await findTeams(tx, transfer) });
  return 'done';
}

async function call(after: After<Tx>, endpointId: string, stroke: Stroke): Promise<Result> {
  const { workspaceId, conversationId, told: data } = stroke;
  const writing = after({ send: true });
  const isCalled = await callEndpoint(writing, { workspaceId, conversationId, endpointId, data });
  if (isCalled === null) throw new Refused('endpoint.not-found');
  if (!isCalled) throw new Refused('endpoint.not-bound');
  return 'done';
}

async function close(
  tx: Tx,
  after: After<Tx>,
  { reason, stroke }: { reason: string | undefined; stroke: Stroke },
): Promise<Result> {
  const { workspaceId, acting } = stroke;
  const closing = { ...keyOf(stroke), reason, acting, tellRemote: true };
  const [closed] = await closeWithin(tx, after, { workspaceId, closings: [closing] });
  if (closed === 'held-by-another') throw new Refused('conversation.held-by-another');
  if (closed === 'closed-before') throw new Refused('conversation.closed');
  if (closed === 'unknown') throw new Refused('conversation.not-found');
  return 'done';
}

function keyOf({ workspaceId, conversationId, actor }: Stroke) {
  return { workspaceId, conversationId, actor };
}
