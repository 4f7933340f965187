// Whether the promises held: what Usher says, compared with what the emulated Qiscus saw.

import type { Conversation } from '../../../src/contract/conversation.ts';
import type { Decisions } from '../../../src/contract/decisions.ts';
import type { QiscusEmulator } from '../../qiscus/emulator.ts';
import {
  type Breach,
  type Case,
  findDuplicates,
  findLost,
  findOverCapacity,
  findOvertakes,
} from './find-breaches.ts';
import type { Watch } from './watch.ts';
import { writeEvidence } from './write-evidence.ts';

export interface Report {
  conversations: number;
  assigned: number;
  /** From the customer's first message to the assignment, in milliseconds. */
  waitMs: { p50: number; p95: number; p99: number };
  webhooks: number;
  /** Agents whom Qiscus saw with more customers than the capacity. */
  agentsOverCapacity: number;
  /** Conversations given to somebody after one that stood behind them; null when not judged. */
  orderViolations: number | null;
  lost: number;
  duplicates: number;
  held: boolean;
  /** Lines that say of each breach what happened, and when; none when every promise held. */
  evidence: string[];
}

/** A conversation with all that Usher tells of it. */
export interface Told {
  conversation: Pick<
    Conversation,
    'id' | 'externalId' | 'state' | 'queuedAt' | 'rankAt' | 'closedAt' | 'closeReason'
  >;
  /** Newest first. */
  decisions: Pick<
    Decisions['decisions'][number],
    'agentName' | 'state' | 'assignedAt' | 'endedAt' | 'endReason'
  >[];
}

export async function readReport(args: {
  watch: Watch;
  qiscus: QiscusEmulator;
  capacity: number;
  /** Off when failed calls send conversations back to the queue, so that later ones may be first. */
  strictOrder: boolean;
}): Promise<Report> {
  const { watch, qiscus } = args;
  const told: Told[] = [];
  for (const conversation of (await watch.conversations(100_000)).reverse()) {
    const { decisions } = await watch.decisions(conversation.id);
    told.push({ conversation, decisions });
  }
  const waits = told.flatMap(waitOf).sort((a, b) => a - b);
  const breaches = findBreaches({ ...args, told });
  const count = (promise: Breach['promise']) =>
    breaches.filter((breach) => breach.promise === promise).length;
  return {
    conversations: told.length,
    assigned: waits.length,
    waitMs: { p50: percentile(waits, 50), p95: percentile(waits, 95), p99: percentile(waits, 99) },
    webhooks: qiscus.hooks().length,
    agentsOverCapacity: count('capacity'),
    orderViolations: args.strictOrder ? count('order') : null,
    lost: count('lost'),
    duplicates: count('duplicates'),
    held: told.length > 0 && breaches.length === 0,
    evidence: writeEvidence(breaches, { told, qiscus }),
  };
}

function findBreaches(args: {
  told: readonly Told[];
  qiscus: QiscusEmulator;
  capacity: number;
  strictOrder: boolean;
}): Breach[] {
  const { told, qiscus } = args;
  const seen = { rooms: qiscus.rooms(), assignments: qiscus.assignments() };
  const cases = readCases(told, qiscus);
  return [
    ...findOverCapacity(seen, args.capacity),
    ...(args.strictOrder ? findOvertakes(cases) : []),
    ...findLost(seen, cases),
    ...findDuplicates(seen, cases),
  ];
}

/** `told` is oldest first, so the first of a room is the one that its first webhook opened. */
function readCases(told: readonly Told[], qiscus: QiscusEmulator): Case[] {
  const answered = new Map<string, number>();
  for (const { kind, roomId, status, at, answeredMs } of qiscus.hooks()) {
    if (kind !== 'agent_allocation' || status !== 200 || answeredMs === null) continue;
    answered.set(roomId, Math.min(answered.get(roomId) ?? Infinity, at + answeredMs));
  }
  const rooms = new Set<string>();
  return told.map(({ conversation, decisions }) => {
    const { id, externalId: roomId, rankAt, state } = conversation;
    const since = rooms.has(roomId) ? null : (answered.get(roomId) ?? null);
    rooms.add(roomId);
    const first = decisions.at(-1)?.assignedAt ?? null;
    return {
      ...{ id, roomId, rankAt: Date.parse(rankAt), since, isClosed: state === 'closed' },
      assignedAt: first === null ? null : Date.parse(first),
    };
  });
}

function waitOf({ conversation, decisions }: Told): number[] {
  const first = decisions.at(-1);
  return first === undefined
    ? []
    : [Date.parse(first.assignedAt) - Date.parse(conversation.queuedAt)];
}

function percentile(sorted: readonly number[], percent: number): number {
  const index = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return Math.round(sorted[index] ?? 0);
}
