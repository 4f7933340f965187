// Puts messages and events in the order in which they are read: days, groups of one author, what happened between. Pure.
import type { ConversationEvent, Message } from '../../api/shapes.ts';

export type ThreadItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'event'; key: string; event: ConversationEvent }
  | { kind: 'group'; key: string; side: 'us' | 'them'; messages: Message[] };

const TOGETHER_MS = 5 * 60_000;
const shown = new Set([
  'conversation.opened',
  'conversation.assigned',
  'conversation.requeued',
  'conversation.handed-over',
  'conversation.left-by-bot',
  'conversation.transferred',
  'conversation.taken-over',
  'conversation.parked',
  'conversation.returned',
  'conversation.given-back',
  'conversation.consult-requested',
  'conversation.consult-ended',
  'conversation.closed',
  'conversation.reopened',
  'conversation.overdue',
  'conversation.unanswered',
  'conversation.reminded',
  'conversation.automated',
]);

export interface ThreadParts {
  messages: readonly Message[];
  events: readonly ConversationEvent[];
  /** The newest that had been read when the conversation was opened; null: nothing is marked. */
  readSeq: number | null;
}

export function groupMessages(args: ThreadParts): ThreadItem[] {
  const { messages, readSeq } = args;
  const first = messages[0]?.createdAt ?? '';
  const events = args.events.filter(
    (event, at) =>
      shown.has(event.type) && event.at >= first && !isToldBefore(event, args.events[at - 1]),
  );
  const items: ThreadItem[] = [];
  // Where the day ends whose heading stands last: asked of each message with every frame that draws more.
  let dayEnds = Number.NEGATIVE_INFINITY;
  let marked = readSeq === null;
  let next = 0;
  const beginDay = (at: string) => {
    if (Date.parse(at) < dayEnds) return;
    const day = new Date(at);
    items.push({ kind: 'day', key: `day-${day.toDateString()}`, at });
    dayEnds = day.setHours(24, 0, 0, 0);
  };
  const tellEventsBefore = (at: string) => {
    for (let event = events[next]; event !== undefined && event.at <= at; event = events[next]) {
      beginDay(event.at);
      items.push({ kind: 'event', key: event.id, event });
      next += 1;
    }
  };
  for (const message of messages) {
    tellEventsBefore(message.createdAt);
    beginDay(message.createdAt);
    if (!marked && readSeq !== null && message.seq > readSeq && message.authorKind === 'contact') {
      items.push({ kind: 'new', key: 'new' });
      marked = true;
    }
    const last = items.at(-1);
    if (last?.kind === 'group' && fits(last.messages.at(-1), message)) last.messages.push(message);
    else {
      const side = message.authorKind === 'contact' ? 'them' : 'us';
      items.push({ kind: 'group', key: message.id, side, messages: [message] });
    }
  }
  tellEventsBefore('9999');
  return items;
}

/** A transfer already names the new agent, so its assignment is not shown as news again. */
function isToldBefore(
  { type, data }: ConversationEvent,
  before: ConversationEvent | undefined,
): boolean {
  const moves = ['transferred', 'taken-over', 'given-back'].map((how) => `conversation.${how}`);
  const moved = moves.includes(before?.type ?? '');
  return type === 'conversation.assigned' && moved && before?.data.toAgentId === data.agentId;
}

/** The very same, and not only alike. */
export function areSame(before: readonly Message[], now: readonly Message[]): boolean {
  return before.length === now.length && now.every((message, at) => message === before[at]);
}

function fits(before: Message | undefined, message: Message): boolean {
  return (
    before !== undefined &&
    before.authorKind === message.authorKind &&
    before.authorId === message.authorId &&
    before.kind === message.kind &&
    Date.parse(message.createdAt) - Date.parse(before.createdAt) < TOGETHER_MS
  );
}
