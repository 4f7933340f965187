// Tickets under fire: visitors and agents who say everything until it is taken, servers that die, a RapidPro that goes away.
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { makeRandom, type Random } from '../../sandbox/qiscus/random.ts';
import type { Organisation } from '../../sandbox/rapidpro/make-organisation.ts';
import type { Mailroom } from '../../sandbox/rapidpro/start-mailroom.ts';
import { TOKEN } from '../makers/start-test-usher.ts';
import type { ServerProcess } from './server-process.ts';

type Contact = ReturnType<Organisation['addContact']>;

export interface Said {
  text: string;
  /** How often it was sent without an answer, and so may have been kept all the same. */
  unanswered: number;
}

export interface SaidTicket {
  ticketId: string;
  contact: Contact;
  conversationId: string;
  /** In the order in which they were said; all were answered 201 in the end. */
  fromVisitor: Said[];
  fromAgent: Said[];
}

/** From the word that ends it until it is over. */
export interface Span {
  from: number;
  to: number;
}

export interface TicketFire {
  tickets: SaidTicket[];
  /** When a living server that owed answers was killed, and when RapidPro went away. */
  kills: Span[];
  outages: Span[];
  /** All kills. */
  struck: number;
  /** Openings that a kill fell into, and how many repeats of openings were compared. */
  openedUnderKill: number;
  reopened: number;
  /** Repeated openings that were answered another id. */
  strangeIds: string[];
  /** Answers that are neither what was wanted nor silence. */
  refusals: string[];
  /** Silence while all servers lived. */
  silences: string[];
}

export interface TicketFireOptions {
  mailroom: Mailroom;
  organisation: Organisation;
  servers: readonly ServerProcess[];
  /** The address before the servers. */
  url: string;
  tickets: number;
  /** Of each side, in each ticket. */
  messages: number;
  kills: number;
  outageMs: number;
  seed: number;
}

/** What runs and what has been reached, for all who take part. */
interface Course {
  options: TicketFireOptions;
  fire: TicketFire;
  random: Random;
  /** Requests that wait for their answer. */
  owed: number;
  begun: number;
  answered: number;
  outageOver: boolean;
  /** A server is being killed, or has not come back. */
  shaken: boolean;
}

const REPEAT_AFTER_MS = 60;
const SLOWLY_MS = 250;
const OUTAGE_AT = 0.35;
// The rest is said once RapidPro is back.
const OUTAGE_UNTIL = 0.75;

export async function setTicketsOnFire(options: TicketFireOptions): Promise<TicketFire> {
  const fire: TicketFire = {
    tickets: [],
    kills: [],
    outages: [],
    struck: 0,
    openedUnderKill: 0,
    reopened: 0,
    strangeIds: [],
    refusals: [],
    silences: [],
  };
  const course: Course = {
    options,
    fire,
    random: makeRandom(options.seed),
    owed: 0,
    begun: 0,
    answered: 0,
    outageOver: false,
    shaken: false,
  };
  const talks = Array.from({ length: options.tickets }, () => talk(course));
  await Promise.all([...talks, killAndRestart(course), goAway(course)]);
  return fire;
}

async function talk(course: Course): Promise<void> {
  const { messages } = course.options;
  const ticket = await openTicket(course, course.options.organisation.addContact());
  const count = course.fire.tickets.length;
  const say = async (
    side: 'fromVisitor' | 'fromAgent',
    send: (text: string) => Promise<number | null>,
  ): Promise<void> => {
    for (let n = 1; n <= messages; n += 1) {
      await pace(course);
      const said = { text: `${side} ${count}.${n}`, unanswered: 0 };
      ticket[side].push(said);
      await untilAnswered(course, said, () => send(said.text));
      course.answered += 1;
    }
  };
  await Promise.all([
    say('fromVisitor', (text) => sendAsVisitor(course.options, ticket, text)),
    say('fromAgent', (text) => sendAsAgent(course.options, ticket, text)),
  ]);
}

/** Nobody runs ahead of what is to happen meanwhile, but nobody falls silent for it. */
async function pace(course: Course): Promise<void> {
  const { tickets, messages, kills } = course.options;
  const all = 2 * tickets * messages;
  const stretch = all / (kills + 1);
  const n = ++course.begun;
  await sleep(course.random.between(0, REPEAT_AFTER_MS));
  if (n > (course.fire.struck + 1.5) * stretch) await sleep(SLOWLY_MS);
  while (n > OUTAGE_UNTIL * all && !course.outageOver) await sleep(SLOWLY_MS);
}

async function untilAnswered(
  course: Course,
  said: Said,
  send: () => Promise<number | null>,
): Promise<void> {
  const { fire } = course;
  for (;;) {
    const before = { shaken: course.shaken, struck: fire.struck };
    course.owed += 1;
    const status = await send();
    course.owed -= 1;
    if (status === 201) return;
    said.unanswered += 1;
    const isExplained = before.shaken || course.shaken || before.struck < fire.struck;
    if (status !== null) fire.refusals.push(`${status} to ${said.text}`);
    else if (!isExplained) fire.silences.push(said.text);
    await sleep(course.random.between(0, REPEAT_AFTER_MS));
  }
}

/** As mailroom forwards it: never repeated by itself. */
async function sendAsVisitor(
  { organisation }: TicketFireOptions,
  { contact }: SaidTicket,
  text: string,
): Promise<number | null> {
  const { call } = await organisation.sendMessage({ contact, text });
  return call === null || call.error !== null ? null : call.status;
}

async function sendAsAgent(
  { url }: TicketFireOptions,
  { conversationId }: SaidTicket,
  text: string,
): Promise<number | null> {
  try {
    const { statusCode, body } = await request(
      `${url}/api/v1/conversations/${conversationId}/messages`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      },
    );
    await body.dump();
    return statusCode;
  } catch {
    return null;
  }
}

/** As a flow does, and again from the start when mailroom has given up. */
async function openTicket(course: Course, contact: Contact): Promise<SaidTicket> {
  const { organisation } = course.options;
  for (let ticketUuid: string | undefined; ; ) {
    course.owed += 1;
    const outcome = await organisation.openTicket({
      contact,
      ...(ticketUuid === undefined ? {} : { ticketUuid }),
    });
    course.owed -= 1;
    ticketUuid = outcome.ticketUuid;
    if (outcome.opened) break;
    if (outcome.call?.error === null) {
      course.fire.refusals.push(`${outcome.call.status} to an opening: ${outcome.message}`);
    }
    await sleep(REPEAT_AFTER_MS);
    const opened = organisation.ticket(ticketUuid);
    if (opened !== undefined) break;
  }
  const stored = organisation.tickets().find(({ contact: { token } }) => token === contact.token);
  if (stored === undefined) throw new Error(`The ticket of ${contact.token} was not stored.`);
  const ticket: SaidTicket = {
    ticketId: stored.uuid,
    contact,
    conversationId: stored.externalId,
    fromVisitor: [],
    fromAgent: [],
  };
  course.fire.tickets.push(ticket);
  return ticket;
}

/** `/room` once more: it must answer what it answered first. */
async function reopen(course: Course, ticket: SaidTicket): Promise<void> {
  const { fire, options } = course;
  const { ticketId: ticketUuid, contact } = ticket;
  const { opened, call } = await options.organisation.openTicket({ contact, ticketUuid });
  if (!opened || call === null) return;
  fire.reopened += 1;
  const { id } = JSON.parse(call.body.toString()) as { id: string };
  if (id !== ticket.conversationId) fire.strangeIds.push(`${id} for ${ticket.conversationId}`);
}

async function killAndRestart(course: Course): Promise<void> {
  const { options, fire, random } = course;
  const { servers, kills } = options;
  const all = 2 * options.tickets * options.messages;
  for (let next = 1; next <= kills; next += 1) {
    while (course.answered < (next * all) / (kills + 1)) await sleep(5);
    const server = servers[next % servers.length];
    if (server === undefined) throw new Error('There is no server to kill.');
    await Promise.all(servers.map((one) => one.ready()));
    let settled = false;
    const opening = openTicket(course, options.organisation.addContact());
    void opening.then(() => {
      settled = true;
    });
    await sleep(random.between(0, 12));
    while (course.owed === 0 && course.answered < all) await sleep(1);
    const hit = server.isAlive() && course.owed > 0;
    if (!settled) fire.openedUnderKill += 1;
    const from = Date.now();
    course.shaken = true;
    await server.kill();
    fire.struck += 1;
    if (hit) fire.kills.push({ from, to: Date.now() });
    await sleep(random.between(0, 300));
    server.start();
    await server.ready();
    course.shaken = false;
    await opening;
    await Promise.all(fire.tickets.slice(-20).map((ticket) => reopen(course, ticket)));
  }
}

async function goAway(course: Course): Promise<void> {
  const { mailroom, tickets, messages, outageMs } = course.options;
  while (course.answered < OUTAGE_AT * 2 * tickets * messages) await sleep(5);
  const from = Date.now();
  await mailroom.goDown();
  course.fire.outages.push({ from, to: Date.now() });
  await sleep(outageMs);
  await mailroom.comeBack();
  course.outageOver = true;
}
