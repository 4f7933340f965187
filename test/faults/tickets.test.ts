// Nothing that was said in a ticket is lost, whoever dies and whoever is away meanwhile.
import type { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { Organisation } from '../../sandbox/rapidpro/make-organisation.ts';
import { type Mailroom, startMailroom } from '../../sandbox/rapidpro/start-mailroom.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';
import { checkState, noBreaches } from './check-history.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { startBalancer } from './start-balancer.ts';
import { type SaidTicket, setTicketsOnFire, type TicketFire } from './tickets-world.ts';

const long = process.env.USHER_LONG_TESTS === '1';

interface Size {
  tickets: number;
  messages: number;
  kills: number;
  outageMs: number;
}

test.skipIf(long)(
  'servers that are killed, and a RapidPro that is away, lose no message of a ticket',
  () => underFire({ tickets: 20, messages: 10, kills: 3, outageMs: 4000 }),
  240_000,
);

test.runIf(long)(
  'servers that are killed twelve times, and a RapidPro that is away for a minute, lose no message of a ticket',
  () => underFire({ tickets: 200, messages: 10, kills: 12, outageMs: 60_000 }),
  600_000,
);

async function underFire(size: Size): Promise<void> {
  const seed = long ? Date.now() % 100_000 : 1;
  const { pool, url: databaseUrl } = await makeDatabase();
  const mailroom = await startMailroom({ allowPrivateHosts: true, pace: 0.01 });
  onTestFinished(() => mailroom.stop());
  // It takes effect at once and answers later: a kill in between makes a repeat.
  mailroom.setBehaviour((arrival) => ({ afterMs: 5 + (arrival.body.length % 7) * 8 }));
  const environment = {
    DATABASE_URL: databaseUrl,
    QISCUS_APP_ID: '',
    USHER_SWEEP_MS: '200',
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
  };
  const servers = [await startServerProcess(environment), await startServerProcess(environment)];
  for (const { expectErrors } of servers) expectErrors(LOST_DATABASE);
  await Promise.all(servers.map((server) => server.ready()));
  const url = await startBalancer(servers);
  const organisation = await connect(mailroom, url);

  const options = { mailroom, organisation, servers, url, seed, ...size };
  const fire = await setTicketsOnFire(options).catch(tellWith(servers));
  await drained(pool).catch(tellWith(servers));

  expectFaults(await countUnreached(pool), fire, size);
  expect(servers.filter((server) => !server.isAlive())).toEqual([]);
  expect(fire.refusals, `seed ${seed}`).toEqual([]);
  expect(fire.silences, `seed ${seed}`).toEqual([]);
  expect(fire.strangeIds, `seed ${seed}`).toEqual([]);
  await expectOneConversationEach(pool, fire.tickets);
  const kept = await readKept(pool);
  for (const ticket of fire.tickets) {
    expectKept(ticket, kept.get(ticket.conversationId) ?? []);
    expectArrived(ticket, { organisation, fire, kept: kept.get(ticket.conversationId) ?? [] });
  }
  const breaches = await checkState(pool, DEFAULT_WORKSPACE);
  expect(breaches, `seed ${seed}`).toEqual(noBreaches(breaches));
}

function tellWith(servers: readonly ServerProcess[]): (error: unknown) => never {
  return (error) => {
    throw new Error(`${error}\n${servers.map((server) => server.output()).join('\n')}`);
  };
}

async function connect(mailroom: Mailroom, url: string): Promise<Organisation> {
  const organisation = mailroom.addOrganisation();
  const secret = organisation.visitConnectPage();
  const response = await fetch(`${url}/api/v1/channels`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'rapidpro', name: 'RapidPro', secrets: { secret } }),
  });
  const channel = (await response.json()) as {
    id: string;
    shownOnce: { adminUserId: string; adminAuthToken: string };
  };
  const baseUrl = `${url}/api/apps/public/${channel.id}`;
  const connecting = async () => organisation.connect({ baseUrl, ...channel.shownOnce });
  // The other server learns of the channel a moment later.
  await eventually(
    connecting,
    ({ connected, because }) => connected || because === 'address-in-use',
  );
  return organisation;
}

/** Waits until nothing is under way, as if the waits before retries were short. */
async function drained(pool: Pool): Promise<void> {
  const look = async () => {
    await pool.query(
      `update delivery set due_at = clock_timestamp(), behind_until = null
      where state = 'pending' and greatest(due_at, behind_until) > clock_timestamp()`,
    );
    const { rows } = await pool.query<{ state: string; count: number }>(
      `select state, count(*) from delivery where state <> 'done' group by 1`,
    );
    return rows;
  };
  await eventually(look, (left) => left.length === 0, long ? 190_000 : 20_000);
}

/** Attempts to reach RapidPro that had no answer. */
async function countUnreached(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*) from delivery_attempt where status is null',
  );
  return rows[0]?.count ?? 0;
}

/** Else the test has shown nothing. */
function expectFaults(unreached: number, fire: TicketFire, size: Size): void {
  expect(fire.kills.length, 'too few kills hit').toBeGreaterThanOrEqual(size.kills * 0.8);
  expect(fire.outages.length, 'RapidPro was never away').toBe(1);
  expect(unreached, 'nothing was sent while RapidPro was away').toBeGreaterThan(0);
  expect(fire.reopened, 'no opening was repeated').toBeGreaterThan(size.kills);
  const said = fire.tickets.flatMap(({ fromVisitor, fromAgent }) => [...fromVisitor, ...fromAgent]);
  expect(said).toHaveLength(2 * size.tickets * size.messages);
  const cut = said.filter(({ unanswered }) => unanswered > 0);
  expect(cut.length, 'no sending was cut by a kill').toBeGreaterThan(0);
}

async function expectOneConversationEach(
  pool: Pool,
  tickets: readonly SaidTicket[],
): Promise<void> {
  const { rows } = await pool.query<{ id: string; ticket: string }>(
    'select conversation_id as id, external_id as ticket from conversation',
  );
  const byTicket = (a: { ticket: string }, b: { ticket: string }) => (a.ticket < b.ticket ? -1 : 1);
  const told = tickets.map(({ conversationId, ticketId }) => ({
    id: conversationId,
    ticket: ticketId,
  }));
  expect(rows.sort(byTicket)).toEqual(told.sort(byTicket));
}

interface Kept {
  author: string;
  text: string;
}

async function readKept(pool: Pool): Promise<Map<string, Kept[]>> {
  const { rows } = await pool.query<Kept & { id: string }>(
    'select conversation_id as id, author_kind as author, text from message order by conversation_id, seq',
  );
  return Map.groupBy(rows, ({ id }) => id);
}

/** All of it in the order in which it was said, doubled at most as often as a sending had no answer. */
function expectKept(ticket: SaidTicket, kept: readonly Kept[]): void {
  for (const [author, said] of [
    ['contact', ticket.fromVisitor],
    ['user', ticket.fromAgent],
  ] as const) {
    const texts = kept.filter((one) => one.author === author).map(({ text }) => text);
    expect([...new Set(texts)], `kept of ${author}`).toEqual(said.map(({ text }) => text));
    const surplus = said.filter(({ text, unanswered }) => count(texts, text) > 1 + unanswered);
    expect(surplus, 'kept more often than explained').toEqual([]);
  }
}

/** What agents said, at least once and in order of first arrival; each repeat has a fault before it. */
function expectArrived(
  ticket: SaidTicket,
  args: { organisation: Organisation; fire: TicketFire; kept: readonly Kept[] },
): void {
  const { organisation, fire, kept } = args;
  const arrived = organisation.ticket(ticket.ticketId)?.messages ?? [];
  const texts = arrived.map(({ text }) => text);
  expect([...new Set(texts)], 'reached RapidPro').toEqual(ticket.fromAgent.map(({ text }) => text));
  const faults = [...fire.kills, ...fire.outages];
  for (const text of new Set(texts)) {
    const times = arrived.filter((one) => one.text === text).map(({ at }) => at);
    const copies = kept.filter((one) => one.text === text).length;
    // One that arrives while the server's death is under way counts as before it.
    const explained = faults.filter(
      ({ from, to }) => to >= (times[0] ?? 0) - 100 && from <= (times.at(-1) ?? 0),
    );
    expect(times.length - copies, `repeats of ${text}`).toBeLessThanOrEqual(explained.length);
    expect(times.length, `copies of ${text}`).toBeGreaterThanOrEqual(copies);
  }
}

function count(texts: readonly string[], wanted: string): number {
  return texts.filter((text) => text === wanted).length;
}
