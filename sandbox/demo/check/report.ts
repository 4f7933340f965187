// Whether the promises held: what Usher says, compared with what the emulated Qiscus saw.

import type { Conversation } from '../../../src/contract/conversation.ts';
import type { Decisions } from '../../../src/contract/decisions.ts';
import type { QiscusEmulator } from '../../qiscus/emulator.ts';
import { countOverCapacity } from './count-over-capacity.ts';
import { countOvertakes, type Served } from './count-overtakes.ts';
import type { Watch } from './watch.ts';

export interface Report {
  conversations: number;
  assigned: number;
  /** From the customer's first message to the assignment, in milliseconds. */
  waitMs: { p50: number; p95: number; p99: number };
  webhooks: number;
  /** Agents whom Qiscus saw with more customers than the capacity. */
  agentsOverCapacity: number;
  /** Conversations given to somebody before one that had come earlier; null when not judged. */
  orderViolations: number | null;
  lost: number;
  duplicates: number;
  held: boolean;
}

interface Told {
  conversation: Conversation;
  decisions: Decisions['decisions'];
}

export async function readReport(args: {
  watch: Watch;
  qiscus: QiscusEmulator;
  capacity: number;
  /** Off when failed calls send conversations back to the queue, so that later ones may be first. */
  strictOrder: boolean;
}): Promise<Report> {
  const { watch, qiscus, capacity } = args;
  const conversations = await watch.conversations(100_000);
  const told: Told[] = [];
  for (const conversation of conversations) {
    const { decisions } = await watch.decisions(conversation.id);
    told.push({ conversation, decisions });
  }
  const waits = told.flatMap(waitOf).sort((a, b) => a - b);
  const counts = {
    agentsOverCapacity: countOverCapacity(qiscus, capacity),
    orderViolations: args.strictOrder ? countOvertakes(told.map(toServed)) : null,
    lost: countLost(qiscus, conversations),
    duplicates: countDuplicates(qiscus, conversations),
  };
  return {
    conversations: conversations.length,
    assigned: waits.length,
    waitMs: { p50: percentile(waits, 50), p95: percentile(waits, 95), p99: percentile(waits, 99) },
    webhooks: qiscus.hooks().length,
    ...counts,
    held: conversations.length > 0 && Object.values(counts).every((count) => (count ?? 0) === 0),
  };
}

function toServed({ conversation: { id, rankAt }, decisions }: Told): Served {
  return { id, rankAt, assignedAt: decisions.at(-1)?.assignedAt ?? null };
}

function waitOf(told: Told): number[] {
  const { assignedAt } = toServed(told);
  return assignedAt === null
    ? []
    : [Date.parse(assignedAt) - Date.parse(told.conversation.queuedAt)];
}

/** Rooms that Usher does not know, or that nobody was ever given. */
function countLost(qiscus: QiscusEmulator, conversations: Conversation[]): number {
  const known = new Set(conversations.map(({ externalId }) => externalId));
  const served = new Set(qiscus.assignments().map(({ roomId }) => roomId));
  return qiscus.rooms().filter(({ roomId }) => !known.has(roomId) || !served.has(roomId)).length;
}

/** Second conversations of one room, and rooms that were given to two agents. */
function countDuplicates(qiscus: QiscusEmulator, conversations: Conversation[]): number {
  const rooms = new Set(conversations.map(({ externalId }) => externalId));
  const given = new Map<string, number>();
  for (const { roomId } of qiscus.assignments()) given.set(roomId, (given.get(roomId) ?? 0) + 1);
  const twice = [...given.values()].filter((times) => times > 1).length;
  return conversations.length - rooms.size + twice;
}

function percentile(sorted: readonly number[], percent: number): number {
  const index = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return Math.round(sorted[index] ?? 0);
}
