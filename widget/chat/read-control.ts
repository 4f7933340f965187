// Reads what the server tells about the conversation: its place in the queue, its agent, its end.
import type { WaitRange } from '../../src/contract/policy/word-wait.ts';
import { readMessage, readPerson, readSeqs } from './read-message.ts';
import { asCount, asFields, asList, asText } from './read-value.ts';
import type { Attendant, ChatMessage, Phase } from './state.ts';

export interface Control {
  sessionId: string | null;
  sessionTopic: string | null;
  /** null: says nothing about it. */
  phase: Extract<Phase, 'waiting' | 'active' | 'unavailable'> | null;
  ended: 'closed' | 'expired' | null;
  position: number | null;
  waitRange: WaitRange | null;
  opensAt: number | null;
  attendant: Attendant | null;
  lastSeq: number | null;
  readSeq: { attendant: number; customer: number };
  messages: ChatMessage[];
}

/** `{instruction, sessionInfo, position?}`; the answer to a request calls its instruction `update` too. */
export function readControl(value: unknown): Control {
  const control = asFields(value);
  const instruction = asText(control.instruction) ?? asText(control.update) ?? '';
  const told = readSession(control.sessionInfo);
  return {
    ...told,
    position: asCount(control.position) ?? told.position,
    phase: phases.get(instruction) ?? told.phase,
    ended: ends.has(instruction) ? (ends.get(instruction) ?? null) : told.ended,
  };
}

/** A session object by itself, as GET /session/:id answers it. */
export function readSession(value: unknown): Control {
  const session = asFields(value);
  const status = asText(session.status) ?? '';
  return {
    sessionId: asText(session.sessionId),
    sessionTopic: asText(session.sessionTopic),
    phase: statuses.get(status) ?? null,
    ended: status === 'aborted' ? (session.reason === 'expired' ? 'expired' : 'closed') : null,
    position: asCount(session.position),
    waitRange: readRange(session.waitRange),
    opensAt: asCount(session.opensAt),
    attendant: readAttendant(session.attendant),
    lastSeq: asCount(session.lastSeq),
    readSeq: readSeqs(session.readSeq),
    messages: asList(session.lastMessages).flatMap((each) => readMessage(each) ?? []),
  };
}

function readRange(value: unknown): WaitRange | null {
  const { from, to } = asFields(value);
  const range = { from: asCount(from), to: asCount(to) };
  return range.from === null || range.to === null ? null : (range as WaitRange);
}

function readAttendant(value: unknown): Attendant | null {
  const person = readPerson(value);
  return person && { ...person, present: asFields(value).present !== false };
}

const statuses = new Map<string, Control['phase']>([
  ['waitingAttendantsAssignment', 'waiting'],
  ['online', 'active'],
  ['ready', 'active'],
]);

const phases = new Map<string, Control['phase']>([
  ['session/queued', 'waiting'],
  ['session/ready', 'active'],
  ['session/aborted/unavailableAttendants', 'unavailable'],
]);

const ends = new Map<string, Control['ended']>([
  ['session/closed', 'closed'],
  ['session/aborted/expired', 'expired'],
  // Nobody was there: the status says aborted, but it is asked for again.
  ['session/aborted/unavailableAttendants', null],
]);
