// Usher's conversation as a Gitple session event (gitple-events.md §4, §6).
import type { CloseMetaItem } from '../../contract/events.ts';

export interface SessionFacts {
  triggerId: string;
  /** When the event happened; ISO 8601. */
  at: string;
  appCode: string;
  type: 'session_state_open' | 'session_state_inprogress' | 'session_state_close';
  /** Who did it: router, remote, system, or a person. */
  by: string | null;
  conversation: {
    id: string;
    contactId: string;
    contactGroups: readonly string[];
    queuedAt: string;
    assignedAt: string | null;
    closedAt: string | null;
    closeReason: string | null;
    closeNote: string | null;
    tags: readonly string[];
    categories: readonly string[];
    closeMeta: readonly CloseMetaItem[];
    agentId: string | null;
    /** What the agent is, or was; absent in events from before there were bots. */
    agentKind?: 'human' | 'bot' | null;
    /** How it last returned to the queue, and from whom. */
    cameBack: 'requeued' | 'transferred' | null;
    previousAgentId: string | null;
    previousAssignedAt: string | null;
  };
}

export interface SessionOptions {
  /** Whether a time that is not reached is left out or null (§11). */
  absentTimes: 'omit' | 'null';
}

/** The keys in the order of the README's sample. */
export function writeSessionEvent(
  facts: SessionFacts,
  { absentTimes }: SessionOptions,
): Record<string, unknown> {
  const { type, conversation } = facts;
  const open = type === 'session_state_open';
  const closing = type === 'session_state_close';
  const assignedAt = conversation.assignedAt ?? conversation.previousAssignedAt;
  const isBot = conversation.agentKind === 'bot';
  const assigneeId = conversation.agentId ?? conversation.previousAgentId;
  const time = (key: string, reached: boolean, value: string | null) => {
    if (reached && value !== null) return { [key]: utc(value) };
    return absentTimes === 'null' ? { [key]: null } : {};
  };
  return {
    triggerId: facts.triggerId,
    ctime: utc(facts.at),
    appCode: facts.appCode,
    type,
    session: {
      id: conversation.id,
      openTime: utc(conversation.queuedAt),
      ...time('inprogressTime', !open, assignedAt),
      ...time('closeTime', closing, conversation.closedAt),
      reason: reasonOf(facts),
      userId: conversation.contactId,
      userGroups: conversation.contactGroups,
      ...(open || assigneeId === null ? {} : { assigneeType: isBot ? 'bot' : 'agent', assigneeId }),
      categories: conversation.categories,
      tags: conversation.tags,
      note: closing ? (conversation.closeNote ?? '') : '',
      meta: closing ? conversation.closeMeta.map(inOrder) : [],
    },
  };
}

/** The database keeps the keys in an order of its own. */
function inOrder({ type, name, value }: CloseMetaItem): Record<string, unknown> {
  return { type, name, value };
}

/** Always three decimals and Z. */
function utc(time: string): string {
  return new Date(time).toISOString();
}

const closeReasons = ['userCancel', 'agent', 'userTimeout', 'agentTimeout', 'bot', 'system'];

function reasonOf({ type, by, conversation }: SessionFacts): string {
  if (type === 'session_state_open') return 'user';
  if (type === 'session_state_inprogress') {
    if (conversation.cameBack === 'transferred') return 'transfer';
    return by === 'router' ? 'auto' : 'manual';
  }
  const { closeReason } = conversation;
  // Any other reason that the visitor's client gave.
  if (by === 'contact') return 'userCancel';
  if (by === 'system' && closeReason === 'expired') return 'userTimeout';
  if (conversation.agentKind === 'bot' && by === `agent:${conversation.agentId}`) return 'bot';
  if (closeReason !== null && closeReasons.includes(closeReason)) return closeReason;
  // Found to have ended already, or nobody was there to take it: no agent ended it.
  return by === 'system' || by === 'policy' || closeReason === 'already-resolved'
    ? 'system'
    : 'agent';
}
