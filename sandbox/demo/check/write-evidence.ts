// Writes down what happened to the rooms of a broken promise, so that a report explains itself.
import type { QiscusEmulator } from '../../qiscus/emulator.ts';
import type { RecordedCall } from '../../qiscus/server.ts';
import type { Breach } from './find-breaches.ts';
import type { Told } from './report.ts';

/** More are counted and not told. */
const MOST_BREACHES = 10;

interface Known {
  told: readonly Told[];
  qiscus: Pick<QiscusEmulator, 'rooms' | 'hooks' | 'calls' | 'assignments'>;
}

interface Moment {
  at: number;
  what: string;
}

/** One line a breach, followed by the history of each of its rooms. */
export function writeEvidence(breaches: readonly Breach[], known: Known): string[] {
  const shown = breaches.slice(0, MOST_BREACHES);
  const lines = shown.flatMap(({ promise, about, roomIds }) => [
    `${promise}: ${about}`,
    ...roomIds.flatMap((roomId) => writeHistory(roomId, known)),
  ]);
  const rest = breaches.length - shown.length;
  return rest > 0 ? [...lines, `… and ${rest} more`] : lines;
}

function writeHistory(roomId: string, { told, qiscus }: Known): string[] {
  const own = told.filter(({ conversation }) => conversation.externalId === roomId);
  const moments = [
    ...listSessions(roomId, qiscus),
    ...listHooks(roomId, qiscus),
    ...listCalls(roomId, qiscus),
    ...own.flatMap(listTold),
  ];
  moments.sort((a, b) => a.at - b.at);
  return [`  ${roomId}`, ...moments.map(({ at, what }) => `    ${writeTime(at)} ${what}`)];
}

function listSessions(roomId: string, qiscus: Known['qiscus']): Moment[] {
  const room = qiscus.rooms().find((one) => one.roomId === roomId);
  const sessions = room?.services.flatMap(({ startedAt, resolvedAt }, place) => [
    { at: startedAt, what: `customer begins session ${place + 1}` },
    ...(resolvedAt === null ? [] : [{ at: resolvedAt, what: `session ${place + 1} is resolved` }]),
  ]);
  const given = qiscus.assignments().filter((one) => one.roomId === roomId);
  return [
    ...(sessions ?? []),
    ...given.map(({ at, agentId }) => ({ at, what: `Qiscus puts agent ${agentId} into the room` })),
  ];
}

function listHooks(roomId: string, qiscus: Known['qiscus']): Moment[] {
  return qiscus
    .hooks()
    .filter((hook) => hook.roomId === roomId)
    .map(({ at, kind, status, answeredMs }) => ({
      at,
      what: `webhook ${kind}: ${status ?? 'no answer'} after ${answeredMs ?? '…'} ms`,
    }));
}

function listCalls(roomId: string, qiscus: Known['qiscus']): Moment[] {
  return qiscus
    .calls()
    .filter((call) => isAbout(call, roomId))
    .map(({ at, method, path, body, status }) => {
      const text = method === 'GET' ? '' : ` ${JSON.stringify(body)}`;
      return { at, what: `Usher calls ${method} ${path}${text}: ${status ?? 'no answer'}` };
    });
}

function isAbout({ path, body }: RecordedCall, roomId: string): boolean {
  return path.endsWith(`/${roomId}`) || (JSON.stringify(body) ?? '').includes(roomId);
}

function listTold({ conversation, decisions }: Told): Moment[] {
  const { id, queuedAt, rankAt, closedAt, closeReason } = conversation;
  const given = decisions.flatMap(({ agentName, assignedAt, endedAt, endReason, state }) => [
    { at: Date.parse(assignedAt), what: `Usher gives ${id} to ${agentName ?? 'nobody'}` },
    ...(endedAt === null
      ? []
      : [
          { at: Date.parse(endedAt), what: `it ends there: ${state}, ${endReason ?? 'no reason'}` },
        ]),
  ]);
  return [
    { at: Date.parse(queuedAt), what: `Usher opens ${id} with the rank ${rankAt}` },
    ...given,
    ...(closedAt === null
      ? []
      : [{ at: Date.parse(closedAt), what: `Usher closes ${id}: ${closeReason ?? 'no reason'}` }]),
  ];
}

/** Of the day, in UTC. */
function writeTime(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}
