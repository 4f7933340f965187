// What an agent must be told of a conversation that has changed, wherever they are. Pure.
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import type { Conversation } from '../../api/shapes.ts';

export type News =
  | { kind: 'message'; key: string; text: string }
  | { kind: 'assigned'; key: string }
  | { kind: 'handed-over'; key: string; by: string; note: string | null }
  | { kind: 'consulted'; key: string; by: string; note: string | null }
  | { kind: 'whispered'; key: string; by: string }
  | { kind: 'taken'; key: string; by: string; note: string | null };

/** What lies further back is no news: the page has just been opened, or the line was lost. */
const FRESH_MS = 30_000;

/** null: nothing. `key`: what was told once is not told again. */
export function findNews(
  before: Conversation | undefined,
  now: Conversation,
  { me, at }: { me: string | null; at: number },
): News | null {
  // What is offered is told with its card.
  if (me === null || (now.agentId === me && now.offeredUntil !== null)) return null;
  const isFresh = (time: string | null) => at - Date.parse(time ?? '') < FRESH_MS;
  if (now.state === 'assigned' && now.agentId === me) return findOwn(before, now, { me, isFresh });
  const { transfer, consulted } = now;
  const asked = consulted.find(({ agentId }) => agentId === me);
  const knew = before?.consulted.some(({ agentId, at: since }) => {
    return agentId === me && since === asked?.at;
  });
  if (asked !== undefined && !knew && isFresh(asked.at)) {
    return { kind: 'consulted', key: `consult ${asked.at}`, by: asked.by, note: asked.note };
  }
  const lost = before?.agentId === me && transfer?.fromAgentId === me;
  if (!lost || transfer === null || transfer.by === `agent:${me}` || !isFresh(transfer.at)) {
    return null;
  }
  return { kind: 'taken', key: `taken ${transfer.at}`, by: transfer.by, note: transfer.note };
}

function findOwn(
  before: Conversation | undefined,
  now: Conversation,
  { me, isFresh }: { me: string; isFresh(time: string | null): boolean },
): News | null {
  const { whisper, transfer, lastMessage } = now;
  const isGiven = before?.agentId !== me || before.state === 'parked';
  const isNew = isGiven && isFresh(now.assignedAt);
  if (isNew && transfer !== null && transfer.by !== `agent:${me}` && isFresh(transfer.at)) {
    return {
      ...{ kind: 'handed-over', key: `transfer ${transfer.at}`, by: transfer.by },
      note: transfer.note,
    };
  }
  const heard = before?.whisper?.seq ?? 0;
  if (whisper?.agentId === me && whisper.seq > heard && isFresh(whisper.at)) {
    return { kind: 'whispered', key: `whisper ${whisper.seq}`, by: whisper.by };
  }
  const seq = lastMessage?.seq ?? 0;
  if (lastMessage?.authorKind === 'contact' && now.unread > 0) {
    return { kind: 'message', key: `said ${seq}`, text: withoutDirections(lastMessage.text) };
  }
  return isNew ? { kind: 'assigned', key: `said ${seq}` } : null;
}

/** Supervisors are told of it now. What this page did not know before counts while it is fresh. */
export function isUnansweredNow(
  before: Conversation | undefined,
  { silence }: Conversation,
  at: number,
): boolean {
  if (silence?.of !== 'agent' || silence.noticedAt === null) return false;
  if (before !== undefined) return before.silence?.noticedAt !== silence.noticedAt;
  return at - Date.parse(silence.noticedAt) < FRESH_MS;
}
