// Follows the events of each conversation: numbered without a gap, each possible after the one before, one agent at a time.
import { type Breach, MOST_TOLD } from '../breach.ts';
import type { KeptEvent } from '../record.ts';
import { tellEvent } from './tell-story.ts';

/** After these it waits; before them it may be with somebody or not. */
const LETS_GO = new Set([
  'conversation.requeued',
  'conversation.transferred',
  'conversation.taken-over',
  'conversation.given-back',
  'conversation.handed-over',
  'conversation.left-by-bot',
  'conversation.declined',
  'conversation.missed',
  'conversation.returned',
]);

/** What cannot be done with a conversation that is over. */
const ENDED_BY = new Set([...LETS_GO, 'conversation.assigned', 'conversation.closed']);

/** These name the assignment that they are about, which must be the one of now. */
const OF_ASSIGNMENT = new Set([
  'conversation.assignment-confirmed',
  'conversation.offered',
  'conversation.accepted',
  'conversation.declined',
  'conversation.missed',
]);

/** Of one assignment, at most one of these ends the offer. */
const VERDICTS = new Set(['conversation.accepted', 'conversation.declined', 'conversation.missed']);

interface Standing {
  state: 'absent' | 'waiting' | 'held' | 'closed';
  agentId: unknown;
  assignmentId: unknown;
  /** The event that gave it to its agent. */
  since: KeptEvent | null;
  /** What was said about the offer. */
  verdict: KeptEvent | null;
}

export function checkEvents(events: readonly KeptEvent[]): Breach[] {
  const breaches: Breach[] = [];
  for (const own of Map.groupBy(events, ({ conversationId }) => conversationId).values()) {
    if (breaches.length >= MOST_TOLD) break;
    const found = follow(own.toSorted((a, b) => a.seq - b.seq));
    if (found !== null) breaches.push(found);
  }
  return breaches;
}

/** The first that cannot be. */
function follow(events: readonly KeptEvent[]): Breach | null {
  const standing: Standing = {
    ...{ state: 'absent', agentId: null, assignmentId: null, since: null, verdict: null },
  };
  let before: KeptEvent | null = null;
  for (const event of events) {
    const tell = (what: string, of: readonly (KeptEvent | null)[], isShared = false): Breach => ({
      promise: isShared ? 'one holder' : 'history',
      subject: `conversation ${event.conversationId}`,
      what,
      story: [...new Set([...of, event])].flatMap((one) => (one === null ? [] : [tellEvent(one)])),
    });
    if (event.seq !== (before?.seq ?? 0) + 1) return tell('A number is missing.', [before]);
    const isShared = event.type === 'conversation.assigned' && standing.state === 'held';
    if (isShared)
      return tell('It was given to one agent while another had it.', [standing.since], true);
    const wrong = complain(standing, event);
    if (wrong !== null) return tell(wrong, [standing.since, standing.verdict, before]);
    move(standing, event);
    before = event;
  }
  return null;
}

/** null: it can follow. */
function complain(standing: Standing, event: KeptEvent): string | null {
  const { state } = standing;
  const { type } = event;
  const isOpening = type === 'conversation.opened';
  if (state === 'absent') return isOpening ? null : 'It begins with something else.';
  if (isOpening) return 'It opens twice.';
  if (type === 'conversation.reopened') return state === 'closed' ? null : 'It was not closed.';
  if (state === 'closed' && ENDED_BY.has(type)) return 'It was closed already.';
  return OF_ASSIGNMENT.has(type) ? complainOfAssignment(standing, event) : null;
}

function complainOfAssignment(
  { state, assignmentId, agentId, verdict }: Standing,
  { type, data }: KeptEvent,
): string | null {
  if (state !== 'held') return 'Nobody had it.';
  if (data.assignmentId !== assignmentId || data.agentId !== agentId) {
    return 'It is about somebody who did not have it.';
  }
  return VERDICTS.has(type) && verdict !== null ? 'The offer was answered already.' : null;
}

function move(standing: Standing, event: KeptEvent): void {
  const { type, data } = event;
  if (type === 'conversation.assigned') {
    standing.state = 'held';
    standing.agentId = data.agentId;
    standing.assignmentId = data.assignmentId;
    standing.since = event;
    standing.verdict = null;
  } else if (type === 'conversation.closed') letGo(standing, 'closed');
  else if (type === 'conversation.opened' || type === 'conversation.reopened' || LETS_GO.has(type))
    letGo(standing, 'waiting');
  else if (VERDICTS.has(type)) standing.verdict = event;
}

function letGo(standing: Standing, state: Standing['state']): void {
  Object.assign(standing, {
    ...{ state, agentId: null, assignmentId: null, since: null, verdict: null },
  });
}
