// Puts agents into rooms and takes them out, and ends a room's session.
import { cleanText } from '../../contract/clean-text.ts';
import type { Caller } from './open-caller.ts';
import { readInteger, readObject } from './read-field.ts';
import { isForeignPage, readJson } from './read-json.ts';
import type { HttpAnswer } from './send-once.ts';
import type { Outcome } from './types.ts';
import { unreadable } from './unreadable.ts';

/** At most one agent in the room; `replace` takes it from whoever holds it. */
export async function assignAgent(
  caller: Caller,
  { roomId, agentId, replace }: { roomId: string; agentId: string; replace: boolean },
): Promise<Outcome<{ rawBody: string }>> {
  const outcome = await callService(caller, 'assign_agent', {
    room_id: roomId,
    agent_id: agentId,
    replace_latest_agent: String(replace),
    max_agent: '1',
  });
  return outcome.ok ? { ok: true, value: { rawBody: cleanText(outcome.value.body) } } : outcome;
}

export async function removeAgent(
  caller: Caller,
  { roomId, agentId }: { roomId: string; agentId: string },
): Promise<Outcome<void>> {
  return done(await callService(caller, 'remove_agent', { room_id: roomId, agent_id: agentId }));
}

/** Qiscus then also sends its resolve webhook, for the session that its answer names. */
export async function resolveRoom(
  caller: Caller,
  { roomId, note }: { roomId: string; note: string | null },
): Promise<Outcome<{ sessionId: number | null }>> {
  const notes = note === null ? {} : { notes: note };
  const outcome = await callService(caller, 'mark_as_resolved', { room_id: roomId, ...notes });
  if (!outcome.ok) return outcome;
  const { service } = readObject(readObject(readJson(outcome.value.body)).data);
  return { ok: true, value: { sessionId: readInteger(readObject(service).id) } };
}

function done(outcome: Outcome<unknown>): Outcome<void> {
  return outcome.ok ? { ok: true, value: undefined } : outcome;
}

async function callService(
  caller: Caller,
  verb: string,
  form: Record<string, string>,
): Promise<Outcome<HttpAnswer>> {
  const path = `/api/v1/admin/service/${verb}`;
  const outcome = await caller.call({ scheme: 'secret', method: 'POST', path, form });
  if (!outcome.ok) return outcome;
  const { status, body } = outcome.value;
  // A gateway's error page says nothing about the room.
  return isForeignPage(body) ? unreadable(status, 'unknown') : outcome;
}
