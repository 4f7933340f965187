// Whatever is sent to the two addresses that Rocket.Chat is given is answered as the contract says, and
// touches no room but the one that it names. USHER_LONG_TESTS=1 sends 10,000 bodies.
import { request } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Channel } from '../../src/contract/channels.ts';
import { eventually } from '../makers/start-test-usher.ts';
import {
  type RocketDesk,
  startWithRocketChat,
  WEBHOOK_SECRET,
} from '../makers/start-with-rocketchat.ts';
import { field, strange } from '../makers/strange-values.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const BODIES = long ? 10_000 : 300;
const TIMEOUT_MS = long ? 3_600_000 : 300_000;
const MIB = 1024 * 1024;

type Door = 'webhook' | 'events';

interface Sending {
  door: Door;
  body: string | Buffer;
  secret?: string | null;
  channel?: Pick<Channel, 'id'>;
  type?: string;
}

async function send(desk: RocketDesk, sending: Sending) {
  const { door, body, secret = WEBHOOK_SECRET, channel = desk.bridge } = sending;
  const url = `${desk.usher.url}/channels/rocketchat/${channel.id}/${door}`;
  const headers = { 'content-type': sending.type ?? 'application/json', ...proof(door, secret) };
  const answer = await fetch(url, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text() };
}

function proof(door: Door, secret: string | null): Record<string, string> {
  if (secret === null) return {};
  return door === 'webhook'
    ? { 'x-rocketchat-livechat-token': secret }
    : { authorization: `Bearer ${secret}` };
}

interface Rooms {
  /** Named by bodies that say anything but its end. */
  attacked: string;
  /** Named by bodies that say anything. */
  ended: string;
  /** Named by what is no news of a room. */
  quiet: string;
}

const TOLD = ['Message', 'LivechatEdit', 'LivechatSessionStart', 'LivechatSessionTaken'];
const NEWS = [...TOLD, 'LivechatSessionForwarded', 'LivechatSessionQueued', 'LivechatSession'];
const NO_NEWS = ['LeadCapture', 'message', '__proto__', 'toString', 'Message\0', ''];

const instant = field(
  fc.constantFrom<unknown>(
    ...['2026-01-01T10:00:00.000Z', { $date: 1_700_000_000_000 }, 1_700_000_000_000],
    ...[8.64e15, -8.64e15, '+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z'],
    ...['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '2026-02-31', 1e300, 'soon'],
  ),
);
const named = ['m1', '__proto__', 'constructor', 'a\0b', '\udfff', 'm'.repeat(300)];

function makeBodies({ attacked, ended, quiet }: Rooms, desk: RocketDesk) {
  const url = field(
    fc.constantFrom(
      ...['/file-upload/none/a.txt', '//elsewhere.example/a', 'file:///etc/passwd', 'http://['],
      ...['http://127.0.0.1:9/a', `${desk.rocket.url}/file-upload/none/b.txt`, 'javascript:1'],
    ),
  );
  const file = field(
    fc.record({ title: field(fc.string()), title_link: url, image_url: url }, { requiredKeys: [] }),
  );
  const others = fc.constantFrom(desk.rocket.bot.userId, 'nobody', '__proto__');
  const agent = field(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(desk.agents[0]?._id) },
      { weight: 1, arbitrary: others },
    ),
  );
  const message = field(
    fc.record(
      {
        _id: field(fc.oneof(fc.constantFrom(...named), fc.uuid())),
        ...{ ts: instant, agentId: agent, editedAt: instant },
        rid: field(fc.constantFrom(attacked, ended, quiet)),
        msg: field(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('m'.repeat(70_000)))),
        closingMessage: field(fc.boolean()),
        fileUpload: field(fc.record({ publicFilePath: url, type: field(fc.string()) })),
        attachments: field(fc.array(file, { maxLength: 3 })),
        file: field(fc.record({ name: field(fc.string()), type: field(fc.string()) })),
      },
      { requiredKeys: ['_id', 'ts', 'agentId'] },
    ),
  );
  const other = fc.constantFrom(
    ...['GENERAL', '__proto__', '', 'r'.repeat(5000), `${quiet}\0`, ` ${quiet}`],
    ...[quiet.toLowerCase().toUpperCase(), `${quiet}' or true --`],
  );
  const room = fc.oneof(
    { weight: 6, arbitrary: fc.constant(attacked) },
    { weight: 2, arbitrary: fc.constantFrom(ended, quiet) },
    { weight: 2, arbitrary: field(other) },
  );
  const who = field(fc.record({ _id: agent }));
  const envelope = fc
    .record(
      {
        _id: room,
        type: field(fc.constantFrom(...NEWS, ...NO_NEWS)),
        messages: field(fc.array(message, { maxLength: 4 })),
        visitor: field(fc.record({ token: field(fc.constant(`usher-${quiet}`)) })),
        ...{ servedBy: who, agent: who, closedBy: who },
      },
      { requiredKeys: ['_id', 'type'] },
    )
    .map((body) => keepTo({ attacked, quiet }, body));
  return withTexts(envelope, attacked);
}

/** The types are those that the room may be named with. */
function keepTo<Body extends { _id: unknown; type: unknown }>(
  { attacked, quiet }: Pick<Rooms, 'attacked' | 'quiet'>,
  body: Body,
): Body {
  if (body._id === attacked && body.type === 'LivechatSession') return { ...body, type: 'Message' };
  if (body._id === quiet && NEWS.includes(body.type as string)) {
    return { ...body, type: 'LeadCapture' };
  }
  return body;
}

const DEEP = 50_000;

function withTexts(envelope: fc.Arbitrary<{ type: unknown }>, room: string) {
  const deep = `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`;
  const inside = `{"_id":"${room}","type":"Message","messages":`;
  const text = fc.oneof(
    strange.map((value) => JSON.stringify(value) ?? ''),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(
      ...[deep, '['.repeat(DEEP), `${inside}${deep}}`, `${inside}[{"_id":"deep","msg":${deep}}]}`],
      ...[
        '{"__proto__":{"events":[]}}',
        `{"events":${deep}}`,
        '\ufeff{}',
        '{"events":{"length":9}}',
      ],
    ),
  );
  const event = envelope.chain((payload) =>
    fc.record(
      {
        id: field(fc.oneof(fc.uuid(), fc.constantFrom('', 'e\0', '__proto__', 'e'.repeat(201)))),
        seq: field(fc.oneof(fc.integer(), fc.constantFrom(-0, 1e308))),
        ...{ type: fc.constant(payload.type), payload: field(fc.constant(payload)) },
      },
      { requiredKeys: ['id', 'type'] },
    ),
  );
  const events = fc.record({ events: field(fc.array(field(event), { maxLength: 3 })) });
  const asText = (value: unknown) => JSON.stringify(value);
  const of = (door: Door, good: fc.Arbitrary<unknown>) =>
    fc.record({
      door: fc.constant(door),
      body: fc.oneof(
        { weight: 8, arbitrary: good.map(asText) },
        { weight: 1, arbitrary: text },
        { weight: 1, arbitrary: events.map(asText) },
      ),
      type: fc.oneof(
        { weight: 9, arbitrary: fc.constant('application/json') },
        { weight: 1, arbitrary: fc.constantFrom('text/plain', 'nonsense', 'a/b; charset=utf-16') },
      ),
    });
  return fc.oneof(of('webhook', envelope), of('events', events));
}

/** By the contract alone: ids of at least one and at most 200 characters. null: no list of events. */
function acceptable(body: string | Buffer): string[] | null {
  try {
    const { events } = JSON.parse(body.toString()) as { events?: unknown };
    if (!Array.isArray(events)) return null;
    const ids = events.map((event) => (event as { id?: unknown } | null)?.id);
    return ids.filter(
      (id): id is string => typeof id === 'string' && id !== '' && id.length <= 200,
    );
  } catch {
    return null;
  }
}

function expectAsWritten(
  { door, body }: Sending,
  { status, text }: Awaited<ReturnType<typeof send>>,
) {
  if (door === 'webhook') return expect([status, text]).toEqual([200, '{}']);
  const ids = acceptable(body);
  if (ids === null) return expect([status, isError(text)]).toEqual([400, true]);
  const { accepted } = JSON.parse(text) as { accepted: string[] };
  return expect([status, accepted.toSorted()]).toEqual([200, ids.toSorted()]);
}

const isError = (text: string) =>
  typeof (JSON.parse(text) as { error?: unknown }).error === 'string';

async function startRooms(desk: RocketDesk) {
  const tickets = [await desk.open(), await desk.open(), await desk.open()] as const;
  const rooms: string[] = [];
  for (const { conversationId } of tickets) rooms.push((await desk.placed(conversationId))._id);
  const [attacked = '', ended = '', quiet = ''] = rooms;
  return { tickets, rooms: { attacked, ended, quiet } };
}

/** Everything that is due is done, and what waits to be tried again has its time. */
async function allOver({ usher, advance }: RocketDesk): Promise<void> {
  const { pool } = usher.database;
  const count = async (where: string) =>
    (await pool.query(`select from delivery where state = 'pending' and ${where}`)).rowCount ?? 0;
  const within = long ? 3_000_000 : 120_000;
  await eventually(
    async () => {
      const isDue = 'greatest(due_at, behind_until) <= clock_timestamp()';
      await eventually(
        () => count(isDue),
        (due) => due === 0,
        within,
      );
      await advance(20_000);
      return count('true');
    },
    (left) => left === 0,
    within,
  );
}

async function expectWhole({ usher }: RocketDesk): Promise<void> {
  const { pool } = usher.database;
  const half = await pool.query(`select d.external_id from desk_message d where not exists (
    select from message m where m.workspace_id = d.workspace_id and m.message_id = d.message_id)`);
  expect(half.rows).toEqual([]);
  const gaps = await pool.query(
    'select conversation_id from message group by 1 having count(*) <> max(seq)',
  );
  expect(gaps.rows).toEqual([]);
  const failed = await pool.query(`select type, outcome from delivery where state = 'failed'`);
  expect(failed.rows).toEqual([]);
}

test(
  `${BODIES} generated bodies are answered as the contract says, and the rooms go on`,
  async () => {
    const desk = await startWithRocketChat({ deaf: true, capacity: 5 });
    const { tickets, rooms } = await startRooms(desk);
    const [attacked, , quiet] = tickets;
    const about = async (id: string) => [await desk.read(id), await desk.messages(id)];
    const before = await about(quiet.conversationId);
    await fc.assert(
      fc.asyncProperty(makeBodies(rooms, desk), async (sending) => {
        expectAsWritten(sending, await send(desk, sending));
      }),
      { numRuns: BODIES, endOnFailure: true },
    );
    await allOver(desk);
    await expectWhole(desk);
    expect(await about(quiet.conversationId)).toEqual(before);
    const { state, agentId } = await desk.read(attacked.conversationId);
    expect({ state, agentId }).toEqual({ state: 'assigned', agentId: expect.any(String) });
    // The generator has reached behind the readers.
    expect(desk.seen(attacked.ticketId).length).toBeGreaterThan(BODIES / 100);
    for (const { conversationId, ticketId } of [attacked, quiet]) {
      const messages = [{ ...good, agentId: desk.agents[0]?._id }];
      await desk.tell(desk.envelope(conversationId, { messages }));
      await eventually(
        () => desk.seen(ticketId),
        (seen) => seen.includes(good.msg),
      );
    }
    expect(desk.seen(quiet.ticketId)).toEqual([good.msg]);
  },
  TIMEOUT_MS,
);

const good = { _id: 'good', msg: 'Good day', ts: '2026-01-01T10:00:00.000Z' };

/** The status that comes before any of the body was sent. */
function statusBeforeBody(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode ?? 0);
      sending.destroy();
    });
    sending.on('error', reject);
    sending.flushHeaders();
  });
}

test('without the right secret both doors answer 401 before anything of the body is there', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const { usher, bridge, channelId } = desk;
  const wrong = [
    '',
    'x',
    `${WEBHOOK_SECRET} `.repeat(2),
    WEBHOOK_SECRET.slice(1),
    'w'.repeat(5000),
  ];
  const heads = (door: Door) => [
    {},
    ...wrong.map((secret) => proof(door, secret)),
    // Each door has its own way.
    proof(door === 'webhook' ? 'events' : 'webhook', WEBHOOK_SECRET),
  ];
  const ids = [channelId, '__proto__', 'x'.repeat(250), '00000000-0000-0000-0000-000000000000'];
  for (const door of ['webhook', 'events'] as const) {
    const at = (id: string) => `${usher.url}/channels/rocketchat/${id}/${door}`;
    const size = { 'content-length': String(8 * MIB), 'content-type': 'application/json' };
    for (const head of heads(door)) {
      expect(await statusBeforeBody(at(bridge.id), { ...size, ...head })).toBe(401);
    }
    for (const id of ids) {
      const head = { ...size, ...proof(door, WEBHOOK_SECRET) };
      expect([id, await statusBeforeBody(at(id), head)]).toEqual([id, 401]);
    }
  }
});

test('a body of more than 16 MiB is refused, one of 16 MiB is taken', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const { conversationId, ticketId } = await desk.open();
  await desk.placed(conversationId);
  const message = { ...good, agentId: desk.agents[0]?._id };
  const body = desk.envelope(conversationId, { messages: [message], padding: '' });
  const events = [{ id: 'e1', seq: 1, type: 'Message', payload: body }];
  const full = (of: object) => {
    const bytes = Buffer.from(JSON.stringify({ ...of, filling: '' }));
    const missing = 16 * MIB - bytes.length;
    return Buffer.from(JSON.stringify({ ...of, filling: 'f'.repeat(missing) }));
  };
  for (const [door, of] of [
    ['webhook', body],
    ['events', { events }],
  ] as const) {
    const most = full(of);
    expect(most).toHaveLength(16 * MIB);
    const more = Buffer.concat([most, Buffer.from(' ')]);
    expect((await send(desk, { door, body: more })).status).toBe(413);
    expect(desk.seen(ticketId)).toEqual(door === 'webhook' ? [] : [good.msg]);
    expect((await send(desk, { door, body: most })).status).toBe(200);
    await eventually(
      () => desk.seen(ticketId),
      (seen) => seen.length === 1,
    );
  }
});

test('a room is told of at its own channel alone', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const { conversationId, ticketId } = await desk.open();
  const room = await desk.placed(conversationId);
  const secret = 'another-webhook-secret';
  const made = await desk.usher.call('POST', '/api/v1/channels', {
    body: {
      ...{ kind: 'rocketchat', name: 'Another' },
      config: { baseUrl: 'http://127.0.0.1:49151', userId: desk.rocket.bot.userId },
      secrets: { authToken: 'another', webhookSecret: secret },
    },
  });
  expect(made.status).toBe(201);
  const channel = made.body as Channel;
  const message = { ...good, agentId: desk.agents[0]?._id, rid: room._id };
  const body = desk.envelope(conversationId, { type: 'LivechatSession', messages: [message] });
  const events = { events: [{ id: 'e1', seq: 1, type: 'LivechatSession', payload: body }] };
  const told = { webhook: JSON.stringify(body), events: JSON.stringify(events) };
  for (const door of ['webhook', 'events'] as const) {
    const there = { door, body: told[door], channel };
    expect((await send(desk, there)).status).toBe(401);
    expect((await send(desk, { ...there, secret })).status).toBe(200);
  }
  const kept = await desk.usher.database.pool.query(
    'select type from delivery where subscriber_id = $1',
    [channel.id],
  );
  expect(kept.rows).toEqual([]);
  expect(await desk.read(conversationId)).toMatchObject({ state: 'assigned' });
  expect(desk.seen(ticketId)).toEqual([]);
  await desk.tell(desk.envelope(conversationId, { messages: [message] }));
  await eventually(
    () => desk.seen(ticketId),
    (seen) => seen.length === 1,
  );
});

test('a file that is none is not fetched with the bot’s token, but named', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const { conversationId, ticketId } = await desk.open();
  await desk.placed(conversationId);
  const links = ['/api/v1/me', '/file-upload/../api/v1/me', '/file-upload/%2e%2e/api/v1/me'];
  const attachments = links.map((title_link) => ({ title: 'a.json', title_link }));
  const messages = [{ ...good, agentId: desk.agents[0]?._id, attachments }];
  await desk.tell(desk.envelope(conversationId, { messages }));
  const [text = ''] = await eventually(
    () => desk.seen(ticketId),
    (seen) => seen.length === 1,
  );
  expect(text.split('\n')).toHaveLength(1 + links.length);
  const asked = desk.rocket.requests.filter(({ path }) => path.endsWith('/me'));
  expect(asked).toEqual([]);
});
