// Whatever a stranger sends to the app in Rocket.Chat is answered in the contract's words, and leaves
// nothing half-made. USHER_LONG_TESTS=1 sends 10,000 bodies.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AppServer, startRocketChatApp } from '../makers/start-rocketchat-app.ts';
import { field, strange } from '../makers/strange-values.ts';

const BODIES = process.env.USHER_LONG_TESTS === '1' ? 10_000 : 300;
const TIMEOUT_MS = process.env.USHER_LONG_TESTS === '1' ? 1_800_000 : 60_000;

const tickets = ['59d74b86-3e2f-4a93-aece-b05d2fdcde0c', '59d74b86-3e2f-4a93-aece-b05d2fdcde0d'];
const tokens = ['1', '10000', ' 1', '__proto__', 'toString', 'a'.repeat(255), '\ud800', '👋'];

const token = field(fc.constantFrom(...tokens));
const attachment = field(
  fc.record({ type: field(fc.constantFrom('image/jpg', 'geo')), url: field(fc.webUrl()) }),
);
const visitor = field(
  fc.record(
    {
      token,
      contactUUID: field(fc.uuid()),
      name: field(fc.string()),
      email: field(fc.constantFrom('a@b.example', 'no address', 'A@B.example')),
      phone: field(fc.constantFrom('+1', 'none')),
      department: field(fc.constantFrom('Support', 'Nowhere')),
      customFields: field(fc.dictionary(fc.string(), fc.jsonValue())),
    },
    { requiredKeys: ['token'] },
  ),
);
const ticketID = field(fc.oneof(fc.constantFrom(...tickets), fc.uuid()));
const path = fc.constantFrom('/room', '/room.close', '/visitor-message', '/settings');
const body = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record(
        {
          ticketID,
          visitor,
          priority: field(fc.constantFrom('high', 'HIGH', 'none')),
          sessionStart: field(fc.constant('2020-07-17 10:28')),
          text: field(fc.string({ unit: 'binary' })),
          attachments: field(fc.array(attachment, { maxLength: 3 })),
          webhook: field(fc.record({ url: field(fc.webUrl()) })),
        },
        { requiredKeys: ['ticketID', 'visitor'] },
      )
      .map((value) => JSON.stringify(value)),
  },
  { weight: 1, arbitrary: strange.map((value) => JSON.stringify(value) ?? '') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
);

const methodOf: Record<string, string> = { '/visitor-message': 'POST', '/settings': 'PUT' };

interface Kept {
  state: string;
  roomId: string | null;
  ticketId: string;
  token: string;
}

const ticketsOf = ({ engine }: AppServer): Kept[] => {
  const records = [...engine.kept.records.values()].map(({ data }) => data);
  return (records as { key: string; json: string }[])
    .filter(({ key }) => key.startsWith('ticket:'))
    .map(({ json }) => JSON.parse(json) as Kept);
};

/** Each open room is one ticket's, each open ticket has its room, and no contact has two. */
function expectWhole(app: AppServer): void {
  const kept = ticketsOf(app);
  const open = kept.filter(({ state }) => state === 'open');
  expect(kept.filter(({ state }) => state === 'opening')).toEqual([]);
  const rooms = app.rooms().filter((room) => room.open);
  expect(open.map(({ roomId }) => roomId).toSorted()).toEqual(
    rooms.map(({ _id }) => _id).toSorted(),
  );
  expect(new Set(open.map(({ token: of }) => of)).size).toBe(open.length);
}

test(
  `${BODIES} generated bodies are answered as the contract says, and every room is a whole ticket`,
  async () => {
    const app = await startRocketChatApp();
    app.rocketchat.addDepartment({ name: 'Support', agents: ['ana'] });
    app.rocketchat.addCustomField({ _id: 'skills' });
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(path, body, async (to, text) => {
        const rooms = app.rooms().length;
        const method = methodOf[to] ?? 'GET';
        const answer = await app.call(method, to, { body: text });
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        expect([200, 201, 204, 400, 404, 413]).toContain(answer.status);
        if (answer.status >= 400) {
          const isServers = answer.headers['content-type']?.includes('text/html') ?? false;
          expect(isServers || typeof (answer.body as { error: unknown }).error === 'string').toBe(
            true,
          );
          expect(app.rooms()).toHaveLength(rooms);
        }
      }),
      { numRuns: BODIES, endOnFailure: true },
    );
    await app.engine.idle();
    expectWhole(app);
    // The generator has reached behind the readers, in each direction.
    for (const status of [200, 201, 204, 400]) expect(seen.get(status) ?? 0).toBeGreaterThan(0);
    expect((await app.call('GET', '/secret.check')).status).toBe(204);
  },
  TIMEOUT_MS,
);

test('with a wrong secret no body is looked at, and nothing is made', async () => {
  const app = await startRocketChatApp();
  const room = { ticketID: tickets[0], visitor: { token: '1' } };
  for (const authorization of [
    'Token 12345678x',
    'Token',
    'Bearer 123456789',
    `Token ${'9'.repeat(5000)}`,
  ]) {
    const answer = await app.call('GET', '/room', { authorization, body: room });
    expect([answer.status, answer.body]).toEqual([403, { error: 'Invalid Authorization header' }]);
  }
  expect([app.rooms(), ticketsOf(app)]).toEqual([[], []]);
});

test('a body larger than the server takes is refused, and the next is taken', async () => {
  const app = await startRocketChatApp();
  const room = { ticketID: tickets[0], visitor: { token: '1', name: 'x'.repeat(200_000) } };
  expect((await app.call('GET', '/room', { body: room })).status).toBe(413);
  const small = { ...room, visitor: { token: '1', name: 'x'.repeat(50_000) } };
  const answer = await app.call('GET', '/room', { body: small });
  expect(answer.status).toBe(200);
  expect(app.visitor((answer.body as { id: string }).id).name).toHaveLength(255);
});

test('answers of RapidPro that are strange, endless lists and other people’s addresses are survived', async () => {
  const app = await startRocketChatApp({
    settings: { app_secret: '123456789', api_token: 'mine' },
  });
  const body = { webhook: { url: 'https://rapidpro.example.com/x' } };
  expect((await app.call('PUT', '/settings', { body })).status).toBe(204);
  const contactUUID = '5d76d86b-3bb9-4d5a-b822-c9d86f5d8e4f';
  const opened = await app.call('GET', '/room', {
    body: { ticketID: tickets[0], visitor: { token: '1', contactUUID } },
  });
  // The name leads nowhere here: the history fails, and the ticket is as it was.
  app.rocketchat.clock.advance(10_000);
  await app.engine.idle();
  expect(app.messages((opened.body as { id: string }).id)).toEqual([]);
  expectWhole(app);
});
