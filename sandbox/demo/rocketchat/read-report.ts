// Whether the promises held: what customers and agents said, compared with what the other side got.
import type { RocketChat } from '../../rocketchat/start-rocketchat.ts';
import type { Message } from '../../rocketchat/state.ts';
import { type Arrived, compareTexts } from './compare-texts.ts';
import { answerTo, type Customer, type Talk } from './start-talk.ts';

export interface DeskReport {
  conversations: number;
  /** Said by customers, and by agents. */
  messages: { customers: number; agents: number };
  /** From the ticket to the agent's having the room, in milliseconds. */
  waitMs: { p50: number; p95: number };
  toAgents: Arrived;
  toCustomers: Arrived;
  /** Tickets or rooms that are still open at the end. */
  unfinished: number;
  /** RapidPro was refused, or could not forward. */
  failures: number;
  /** Agents who had more rooms than the capacity; null where people forward by hand. */
  agentsOverCapacity: number | null;
  held: boolean;
  /** Lines that say of each conversation with a breach what was said and what arrived. */
  evidence: string[];
}

const MOST_TOLD = 10;

export function readDeskReport(args: {
  talk: Talk;
  rocketchat: RocketChat;
  /** A sentence for each agent; null where people forward by hand. */
  overCapacity: readonly string[] | null;
}): DeskReport {
  const { talk, rocketchat, overCapacity } = args;
  const rooms = [...rocketchat.world.state.rooms.values()];
  const toAgents: Arrived = { lost: 0, doubled: 0, overtaken: 0 };
  const toCustomers: Arrived = { lost: 0, doubled: 0, overtaken: 0 };
  const messages = { customers: 0, agents: 0 };
  const evidence: string[] = [...(overCapacity ?? [])];
  for (const customer of talk.customers) {
    const heard = readHeard(customer, rocketchat);
    const judged = judgeWords(customer.said, heard);
    add(toAgents, judged.toAgents);
    add(toCustomers, judged.toCustomers);
    messages.customers += customer.said.length;
    messages.agents += heard.answers.length;
    const wrongs = [...Object.values(judged.toAgents), ...Object.values(judged.toCustomers)];
    const isOver = customer.ticket.status === 'closed' && heard.rooms.every(({ open }) => !open);
    if (!isOver || wrongs.some((count) => count > 0)) evidence.push(...tell(customer, heard));
  }
  const open = talk.customers.filter(({ ticket }) => ticket.status === 'open').length;
  const unfinished = open + rooms.filter((room) => room.open).length;
  const report = {
    ...{ conversations: talk.customers.length, messages, toAgents, toCustomers, unfinished },
    ...{ failures: talk.failures.length, agentsOverCapacity: overCapacity?.length ?? null },
    waitMs: readWaits(talk, rocketchat),
  };
  evidence.push(...talk.failures.slice(0, MOST_TOLD).map((failure) => `RapidPro: ${failure}`));
  return { ...report, held: isHeld(report), evidence };
}

interface Heard {
  rooms: { _id: string; open: boolean; agent: string | undefined; texts: string[] }[];
  /** What agents wrote in any of the rooms. */
  answers: string[];
  /** What of it the customer got. */
  got: string[];
}

function readHeard({ ticket }: Customer, { world }: RocketChat): Heard {
  // Each room of a conversation has a visitor of its own, named after it.
  const own = [...world.state.rooms.values()].filter(({ v }) =>
    v.token.includes(ticket.externalId),
  );
  const spoken = own
    .flatMap(({ _id }) => world.state.messagesByRoom.get(_id) ?? [])
    .filter(({ t }) => t === undefined);
  return {
    rooms: own.map(({ _id, open, servedBy }) => {
      return { _id, open: open === true, agent: servedBy?.username, texts: textsOf(spoken, _id) };
    }),
    answers: spoken.filter(({ token }) => token === undefined).map(({ msg }) => msg),
    got: ticket.messages.map(({ text }) => text),
  };
}

function judgeWords(
  said: readonly string[],
  { rooms, answers, got }: Heard,
): { toAgents: Arrived; toCustomers: Arrived } {
  const toAgents: Arrived = { lost: 0, doubled: 0, overtaken: 0 };
  // A room that follows another begins with what was said before.
  for (const { texts } of rooms) {
    const known = rooms.length === 1 ? said : said.filter((text) => texts.includes(text));
    add(toAgents, compareTexts(known, texts));
  }
  const reached = new Set(rooms.flatMap(({ texts }) => texts));
  if (rooms.length !== 1) toAgents.lost += said.filter((text) => !reached.has(text)).length;
  const toCustomers = compareTexts(answers, got);
  toCustomers.lost += said.filter((text) => !answers.includes(answerTo(text))).length;
  return { toAgents, toCustomers };
}

/** What a customer said, each room heard, the agents answered and the customer got. */
function tell({ ticket, said }: Customer, { rooms, answers, got }: Heard): string[] {
  const list = (texts: readonly string[]) => texts.join(' | ') || 'nothing';
  return [
    `ticket ${ticket.externalId} is ${ticket.status}; said: ${list(said)}`,
    ...rooms.map(({ _id, open, agent, texts }) => {
      const state = `${open ? 'open' : 'closed'}, with ${agent ?? 'nobody'}`;
      return `  room ${_id} (${state}) heard: ${list(texts)}`;
    }),
    `  agents answered: ${list(answers)}`,
    `  the customer got: ${list(got)}`,
  ];
}

function textsOf(spoken: Message[], rid: string): string[] {
  return spoken.filter((one) => one.rid === rid && one.token !== undefined).map(({ msg }) => msg);
}

function add(sum: Arrived, more: Arrived): void {
  sum.lost += more.lost;
  sum.doubled += more.doubled;
  sum.overtaken += more.overtaken;
}

function isHeld(report: Omit<DeskReport, 'held' | 'evidence'>): boolean {
  const { toAgents, toCustomers, unfinished, failures, agentsOverCapacity } = report;
  const wrongs = [...Object.values(toAgents), ...Object.values(toCustomers)];
  return (
    report.conversations > 0 &&
    [...wrongs, unfinished, failures, agentsOverCapacity ?? 0].every((count) => count === 0)
  );
}

function readWaits({ customers }: Talk, { world }: RocketChat): DeskReport['waitMs'] {
  const rooms = [...world.state.rooms.values()];
  const waits = customers
    .flatMap(({ ticket }) => {
      const room = rooms.find(({ v }) => v.token.includes(ticket.externalId));
      return room === undefined ? [] : [room.ts.getTime() - ticket.storedAt];
    })
    .toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.max(
      0,
      Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0),
    );
  return { p50: at(0.5), p95: at(0.95) };
}
