// Customers who write by RapidPro, and agents who answer each message in Rocket.Chat and close at the end.
import type { Random } from '../../qiscus/random.ts';
import type { Organisation } from '../../rapidpro/make-organisation.ts';
import type { Contact, Ticket } from '../../rapidpro/state.ts';
import type { RocketChat } from '../../rocketchat/start-rocketchat.ts';
import type { Message, Room } from '../../rocketchat/state.ts';

export interface Customer {
  ticket: Ticket;
  contact: Contact;
  /** In order; each is a text of its own. */
  said: string[];
}

export interface Talk {
  readonly customers: Customer[];
  /** What went wrong at RapidPro's side: it was refused, or could not forward. */
  readonly failures: string[];
  stopArrivals(): void;
  /** Everybody has been answered and every ticket is closed, or the time is up. */
  drained(withinMs: number): Promise<void>;
  stop(): void;
}

/** Each customer says so many things; the next when the one before was answered. */
const TURNS = 3;
const THINKING_MS = { min: 40, max: 250 };
const LOOK_MS = 25;

interface Means {
  organisation: Organisation;
  rocketchat: RocketChat;
  random: Random;
  /** Conversations a second. */
  rate: number;
}

export function startTalk(means: Means): Talk {
  const { rate, random, rocketchat } = means;
  const customers: Customer[] = [];
  const failures: string[] = [];
  let [arriving, stopped] = [true, false];
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!stopped) act();
    }, ms);
    timers.add(timer);
  };
  const fail = (error: unknown) =>
    void failures.push(error instanceof Error ? error.message : String(error));
  const arrive = (): void => {
    if (!arriving) return;
    const number = customers.length + 1;
    come(means, number, customers)
      .then((customer) => listenAndTalk(means, { customer, later, fail }))
      .catch(fail);
    later((-Math.log(1 - random.next()) * 1000) / rate, arrive);
  };
  const quiet = answerAll(means, later);
  arrive();
  return {
    ...{ customers, failures },
    stopArrivals: () => {
      arriving = false;
    },
    drained: (withinMs) => untilDrained({ customers, rocketchat, withinMs, isOver: () => stopped }),
    stop() {
      stopped = true;
      quiet();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

async function come(
  { organisation }: Means,
  number: number,
  customers: Customer[],
): Promise<Customer> {
  const contact = organisation.addContact({ name: `Customer ${number}`, phone: `+62812${number}` });
  const opened = await organisation.openTicket({ contact });
  if (!opened.opened) throw new Error(`RapidPro opened no ticket: ${opened.message}`);
  const ticket = organisation.ticket(opened.ticketUuid);
  if (ticket === undefined) throw new Error('RapidPro lost the ticket.');
  const customer = { ticket, contact, said: [] };
  customers.push(customer);
  return customer;
}

type Later = (ms: number, act: () => void) => void;

/** Says the next thing when everything said before was answered. */
async function listenAndTalk(
  means: Means,
  args: { customer: Customer; later: Later; fail: (error: unknown) => void },
): Promise<void> {
  const { customer, later, fail } = args;
  const { ticket, said, contact } = customer;
  if (said.length < TURNS && ticket.messages.length >= said.length) {
    const text = `${contact.name} says ${said.length + 1}`;
    said.push(text);
    const { forwarded, message } = await means.organisation.sendMessage({ contact, text });
    if (!forwarded) throw new Error(`RapidPro could not forward: ${message}`);
  }
  if (ticket.status === 'closed') return;
  later(LOOK_MS, () => void listenAndTalk(means, args).catch(fail));
}

/** Whoever has the room answers what is unanswered, and closes after the last. Answers how to end it. */
function answerAll({ rocketchat, random }: Means, later: Later): () => void {
  const { people, world } = rocketchat;
  const busy = new Set<string>();
  const look = (room: Room): void => {
    if (busy.has(room._id)) return;
    busy.add(room._id);
    later(random.between(THINKING_MS.min, THINKING_MS.max), () => {
      busy.delete(room._id);
      const next = firstUnanswered(world.state.messagesByRoom.get(room._id) ?? []);
      const agent = room.servedBy?.username;
      if (!room.open || agent === undefined || next === null) return;
      if (next === 'all') people.close(agent, room._id, 'Answered');
      else people.answer(agent, room._id, answerTo(next.msg));
      look(room);
    });
  };
  const ends = [
    world.listeners.on('onTaken', ({ room }) => look(room)),
    world.listeners.on('onMessage', ({ room, message }) => {
      if (message.token !== undefined && message.t === undefined) look(room);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

export const answerTo = (text: string): string => `Re: ${text}`;

/** null: nothing to say now. A text that came twice is answered once, as somebody who reads it would. */
function firstUnanswered(messages: Message[]): Message | 'all' | null {
  const spoken = messages.filter(({ t }) => t === undefined);
  const answered = new Set(spoken.filter(({ token }) => token === undefined).map(({ msg }) => msg));
  const asked = spoken.filter(({ token }) => token !== undefined);
  const next = asked.find(({ msg }) => !answered.has(answerTo(msg)));
  if (next !== undefined) return next;
  return new Set(asked.map(({ msg }) => msg)).size >= TURNS ? 'all' : null;
}

async function untilDrained(args: {
  customers: Customer[];
  rocketchat: RocketChat;
  withinMs: number;
  isOver: () => boolean;
}): Promise<void> {
  const end = Date.now() + args.withinMs;
  const isOpen = () =>
    args.customers.some(({ ticket }) => ticket.status === 'open') ||
    [...args.rocketchat.world.state.rooms.values()].some(({ open }) => open);
  while (Date.now() < end && !args.isOver() && isOpen()) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
