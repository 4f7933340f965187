// The outside system: customers of rooms, whose webhooks are lost, late or doubled, and agents who end them over there.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../make-random.ts';
import type { Acknowledged } from '../record.ts';
import { KIND, type QiscusRoom, WEBHOOK_SECRET } from '../stand-ins/start-qiscus.ts';
import type { Round } from '../world.ts';

const OPEN_MS = 400;
const DOUBLED = 0.2;
const MOST_OPEN = 30;

/** Rooms that wait, until it is calm. */
export async function bringRooms(round: Round, random: Random): Promise<void> {
  while (!round.isCalm()) {
    await sleep(random.between(20, OPEN_MS));
    if (listOpen(round).length >= MOST_OPEN) continue;
    const room = round.qiscus.openRoom();
    round.count('rooms');
    if (random.chance(round.lostWebhooks)) round.count('webhooks lost');
    else await tell(round, random, { room, about: 'waiting' });
  }
}

/** What has an agent over there ends, until it is calm. */
export async function endRooms(round: Round, random: Random): Promise<void> {
  while (!round.isCalm()) {
    await sleep(random.between(20, OPEN_MS));
    const room = random.pick(listOpen(round).filter(({ agentId }) => agentId !== null));
    if (room !== undefined) await endRoom(round, random, room);
  }
}

export async function endRoom(round: Round, random: Random, room: QiscusRoom): Promise<void> {
  round.qiscus.resolve(room);
  await tell(round, random, { room, about: 'resolved' });
}

/**
 * Of rooms that were ended over there, what no server has answered yet: whoever lost that finds it out
 * after five minutes, and a round does not wait for so long.
 */
export async function tellEndedAgain(round: Round, random: Random): Promise<void> {
  const told = new Set(
    round.acts.acknowledged.flatMap(({ room, about }) => (about === 'resolved' ? [room] : [])),
  );
  for (const room of round.qiscus.rooms.values()) {
    if (room.isResolved && !told.has(room.id))
      await tell(round, random, { room, about: 'resolved' });
  }
}

export function listOpen({ qiscus }: Round): QiscusRoom[] {
  return [...qiscus.rooms.values()].filter(({ isResolved }) => !isResolved);
}

/** Until it is answered 200; sometimes twice at once. */
async function tell(
  round: Round,
  random: Random,
  { room, about }: { room: QiscusRoom; about: Acknowledged['about'] },
): Promise<void> {
  const door = about === 'waiting' ? 'agent_allocation' : 'mark_as_resolved';
  const body = about === 'waiting' ? waitingBody(room) : resolvedBody(room);
  const path = `/api/v1/webhook/${door}/${WEBHOOK_SECRET}`;
  const times = random.chance(DOUBLED) ? 2 : 1;
  if (times > 1) round.count('webhooks doubled');
  const send = () => round.ask(random, { method: 'POST', path, body, token: '' });
  const all = await Promise.all(Array.from({ length: times }, send));
  round.count('webhooks');
  if (all.some((answered) => answered?.status === 200)) {
    round.acts.acknowledged.push({ room: room.id, about });
  }
}

const waitingBody = ({ id }: QiscusRoom) => ({
  ...{ app_id: 'torture', room_id: id, source: KIND, name: id, email: `${id}@example.com` },
  ...{ is_resolved: false, is_new_session: true, latest_service: null },
  ...{ candidate_agent: null, extras: null },
});

const resolvedBody = ({ id, service }: QiscusRoom) => ({
  customer: { name: id, user_id: id, additional_info: [] },
  resolved_by: { id: 1, name: 'Admin', email: 'admin@qiscus.example', type: 'admin' },
  service: { id: service, room_id: id, is_resolved: true, notes: null },
});
