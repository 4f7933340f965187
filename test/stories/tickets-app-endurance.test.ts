// Messages each way between RapidPro and Rocket.Chat, while the engine is ended again and again,
// RapidPro drops answers and is away for an hour: none lost, none twice, all in order.
// USHER_LONG_TESTS=1 sends 3,000 each way.
import { expect, test } from 'vitest';
import type { Arrival } from '../../sandbox/rapidpro/arrival.ts';
import type { Behaviour } from '../../sandbox/rapidpro/behaviour.ts';
import {
  type Connected,
  startRapidProWithRocketChat,
} from '../makers/start-rapidpro-with-rocketchat.ts';

const LONG = process.env.USHER_LONG_TESTS === '1';
const EACH_WAY = LONG ? 3000 : 100;
const TICKETS = 4;
const RESTART_EVERY = 17;
const MINUTE_MS = 61_000;
const HOUR_MS = 3_600_000;

type Ticket = Awaited<ReturnType<Connected['open']>>;

test(
  `${EACH_WAY} messages each way, over restarts, dropped answers and an hour's outage, arrive once and in order`,
  async () => {
    const desk = await startRapidProWithRocketChat({ apiToken: true });
    const tickets = await Promise.all(Array.from({ length: TICKETS }, () => desk.open()));
    const drops = dropSome();
    desk.mailroom.setBehaviour(drops.plan);
    const said = new Map(tickets.map(({ roomId }) => [roomId, [] as string[]]));
    for (let n = 0; n < EACH_WAY; n += 1) {
      const ticket = tickets[n % TICKETS] as Ticket;
      if (n === Math.floor(EACH_WAY / 2)) await beAwayForAnHour(desk, tickets);
      desk.rocketchat.people.answer('ana', ticket.roomId, `a${n}`);
      // In the middle of whatever is under way.
      if (n % RESTART_EVERY === RESTART_EVERY - 1) await desk.engine.restart();
      // What the ended engine had sent is asked after a minute later.
      if (n % RESTART_EVERY === 5) await desk.advance(MINUTE_MS);
      const text = `v${n}`;
      const sent = await desk.organisation.sendMessage({ contact: ticket.contact, text });
      expect(sent.call?.status).toBe(201);
      said.get(ticket.roomId)?.push(text);
    }
    for (const { roomId } of tickets) desk.rocketchat.people.close('ana', roomId);
    await expect
      .poll(
        async () => {
          await desk.advance(30 * 60_000);
          return desk.settled();
        },
        { timeout: LONG ? 600_000 : 120_000 },
      )
      .toBe(true);
    for (const [place, { roomId, ticketId }] of tickets.entries()) {
      // Whether a ticket is closed cannot be looked up. Told again, it changes nothing in RapidPro.
      const closings = Array(1 + drops.closings(ticketId)).fill('#closed');
      expect(desk.seen(ticketId)).toEqual([...written(place), ...closings]);
      const shown = desk.messages(roomId).filter(({ token }) => token !== undefined);
      expect(shown.map(({ msg }) => msg)).toEqual(said.get(roomId));
    }
  },
  LONG ? 3_600_000 : 240_000,
);

/** What the agent wrote in the ticket at this place, and during the outage. */
function written(place: number): string[] {
  const half = Math.floor(EACH_WAY / 2);
  const all = Array.from({ length: EACH_WAY }, (_, n) => n).filter((n) => n % TICKETS === place);
  const name = (n: number) => `a${n}`;
  return [
    ...all.filter((n) => n < half).map(name),
    `away${place}`,
    ...all.filter((n) => n >= half).map(name),
  ];
}

async function beAwayForAnHour(desk: Connected, tickets: Ticket[]): Promise<void> {
  await desk.mailroom.goDown();
  for (const [place, { roomId }] of tickets.entries()) {
    desk.rocketchat.people.answer('ana', roomId, `away${place}`);
  }
  await desk.advance(HOUR_MS / 2);
  await desk.engine.restart();
  await desk.advance(HOUR_MS / 2);
  await desk.mailroom.comeBack();
}

/** Of every eleven callbacks one is handled without an answer, and one is refused for now. */
function dropSome() {
  let arrived = 0;
  const closings: string[] = [];
  const plan = ({ event }: Arrival): Behaviour => {
    arrived += 1;
    if (arrived % 11 === 7) return { status: 503 };
    if (arrived % 11 !== 3) return {};
    if (event?.type === 'close-room') closings.push(event.ticketUuid);
    return { fault: 'reset', handled: true };
  };
  return { plan, closings: (of: string) => closings.filter((one) => one === of).length };
}
