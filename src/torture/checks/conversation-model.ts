// A conversation as its clients know it, in one state at a time. What the router does by itself is not seen: it may have happened wherever it can.
import type { Operation, Seen } from '../record.ts';
import type { Model } from './is-linearizable.ts';

const ABSENT = 'absent';
/** Or given to somebody whom nobody has seen yet. */
const WAITING = 'waiting';
const CLOSED = 'closed';
const heldBy = (agentId: string | null): string => `held by ${agentId}`;

/** `isOffered`: its channel asks agents, who have it once they accept. */
export function conversationModel(isOffered: boolean): Model<Operation> {
  return { initial: ABSENT, step: (state, op) => step(state, op, isOffered) };
}

function step(state: string, op: Operation, isOffered: boolean): readonly string[] {
  if (op.answer === 'refused') return refuse(state, op);
  if (op.verb === 'open') return state === ABSENT ? [WAITING] : [];
  if (state === ABSENT) return [];
  if (op.verb === 'read') return op.seen === null ? [] : read(state, op.seen, isOffered);
  return state === CLOSED ? [] : change(state, op);
}

function change(state: string, { verb, agentId }: Operation): readonly string[] {
  if (verb === 'close') return [CLOSED];
  if (verb === 'requeue') return [WAITING];
  if (verb === 'transfer') return [heldBy(agentId)];
  // To accept again what one has accepted changes nothing.
  if (verb === 'accept' && state === heldBy(agentId)) return [state];
  // Only what is offered is accepted or declined, and only once.
  if (state !== WAITING) return [];
  return verb === 'accept' ? [heldBy(agentId)] : [WAITING];
}

/** Where it says that the conversation is over, it must be. */
function refuse(state: string, { code }: Operation): readonly string[] {
  if (code === 'conversation.closed') return state === CLOSED ? [state] : [];
  return [state];
}

function read(state: string, seen: Seen, isOffered: boolean): readonly string[] {
  if (seen.state === 'closed') return state === CLOSED ? [state] : [];
  if (state === CLOSED) return [];
  // Declined, missed and given to the next without anybody's doing.
  if (seen.state === 'waiting' || seen.isOffered) return state === WAITING ? [state] : [];
  const held = heldBy(seen.agentId);
  if (state === held) return [held];
  return state === WAITING && !isOffered ? [held] : [];
}
