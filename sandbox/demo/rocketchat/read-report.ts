// Whether the promises held: what customers and agents said, compared with what the other side got.
import type { RocketChat } from '../../rocketchat/start-rocketchat.ts';
import type { Message } from '../../rocketchat/state.ts';
import { type Arrived, compareTexts } from './compare-texts.ts';
import { answerTo, type Talk } from './start-talk.ts';

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
}

export function readDeskReport(args: {
  talk: Talk;
  rocketchat: RocketChat;
  agentsOverCapacity: number | null;
}): DeskReport {
  const { talk, rocketchat, agentsOverCapacity } = args;
  const rooms = [...rocketchat.world.state.rooms.values()];
  const toAgents: Arrived = { lost: 0, doubled: 0, overtaken: 0 };
  const toCustomers: Arrived = { lost: 0, doubled: 0, overtaken: 0 };
  const messages = { customers: 0, agents: 0 };
  for (const { ticket, said } of talk.customers) {
    // Each room of a conversation has a visitor of its own, named after it.
    const own = rooms.filter(({ v }) => v.token.includes(ticket.externalId));
    const spoken = own
      .flatMap(({ _id }) => rocketchat.world.state.messagesByRoom.get(_id) ?? [])
      .filter(({ t }) => t === undefined);
    // A room that follows another begins with what was said before.
    const heard = [...new Set(own.map(({ _id }) => _id))].map((rid) => textsOf(spoken, rid));
    for (const texts of heard) {
      const known = heard.length === 1 ? said : said.filter((text) => texts.includes(text));
      add(toAgents, compareTexts(known, texts));
    }
    const reached = new Set(heard.flat());
    if (heard.length !== 1) toAgents.lost += said.filter((text) => !reached.has(text)).length;
    const answers = spoken.filter(({ token }) => token === undefined).map(({ msg }) => msg);
    const got = ticket.messages.map(({ text }) => text);
    add(toCustomers, compareTexts(answers, got));
    messages.customers += said.length;
    messages.agents += answers.length;
    toCustomers.lost += said.filter((text) => !answers.includes(answerTo(text))).length;
  }
  const open = talk.customers.filter(({ ticket }) => ticket.status === 'open').length;
  const unfinished = open + rooms.filter((room) => room.open).length;
  const report = {
    ...{ conversations: talk.customers.length, messages, toAgents, toCustomers, unfinished },
    ...{ failures: talk.failures.length, agentsOverCapacity },
    waitMs: readWaits(talk, rocketchat),
  };
  return { ...report, held: isHeld(report) };
}

function textsOf(spoken: Message[], rid: string): string[] {
  return spoken.filter((one) => one.rid === rid && one.token !== undefined).map(({ msg }) => msg);
}

function add(sum: Arrived, more: Arrived): void {
  sum.lost += more.lost;
  sum.doubled += more.doubled;
  sum.overtaken += more.overtaken;
}

function isHeld(report: Omit<DeskReport, 'held'>): boolean {
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
