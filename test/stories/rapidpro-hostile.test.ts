// Whatever a stranger sends to the address of RapidPro is answered in its own form, and the server lives on.
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { makeDatabase } from '../makers/make-database.ts';
import { RAPIDPRO_SECRET, type RapidPro, startRapidPro } from '../makers/start-rapidpro.ts';
import { startTcpProxy } from '../makers/start-tcp-proxy.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';

const ticketID = '59d74b86-3e2f-4a93-aece-b05d2fdcde0c';
const room = { ticketID, visitor: { token: 'T' } };
const wrong: unknown[] = [7, true, [], {}, ['x'], { a: 1 }, 1e308, -0];

const isJsonError = (body: unknown) =>
  typeof (body as { error?: unknown } | null)?.error === 'string';

test('a value of the wrong kind in any field is refused in words, or is of no harm', async () => {
  const { call, usher } = await startRapidPro();
  const fields = ['ticketID', 'priority', 'sessionStart', 'visitor'];
  const ofVisitor = [
    'token',
    'contactUUID',
    'name',
    'email',
    'phone',
    'department',
    'customFields',
  ];
  for (const value of wrong) {
    const bodies = [
      ...fields.map((field) => ({ ...room, [field]: value })),
      ...ofVisitor.map((field) => ({ ...room, visitor: { token: 'T', [field]: value } })),
    ];
    for (const body of bodies) {
      const answer = await call('GET', '/room', { body });
      if (answer.status !== 200) {
        expect([answer.status, isJsonError(answer.body)]).toEqual([400, true]);
      }
    }
    const message = await call('POST', '/visitor-message', {
      body: { visitor: { token: 'T' }, text: value, attachments: value },
    });
    expect([400, 404]).toContain(message.status);
  }
  expect((await usher.conversations()).length).toBeLessThanOrEqual(1);
});

test('200 kB in every field, NUL, half characters and JSON without end are kept as they can be, or refused', async () => {
  const { call } = await startRapidPro();
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const long = 'x'.repeat(200_000);
  const rooms: [unknown, number][] = [
    [{ ...room, visitor: { token: long } }, 400],
    [
      { ...room, visitor: { token: 'T', name: long, email: long, customFields: { [long]: long } } },
      200,
    ],
    [`{"ticketID":"${ticketID}","visitor":{"token":"a\\u0000b\\ud800"}}`, 200],
    [`{"ticketID":"${ticketID}","visitor":{"token":"T","customFields":{"deep":${deep}}}}`, 200],
    [deep, 400],
    ['{"__proto__":{"visitor":{"token":"T"}}}', 400],
    ['nonsense', 400],
    ['"text"', 400],
    ['null', 400],
  ];
  for (const [body, status] of rooms) {
    const answer = await call('GET', '/room', { body });
    expect([String(JSON.stringify(body)).slice(0, 60), answer.status]).toEqual([
      String(JSON.stringify(body)).slice(0, 60),
      status,
    ]);
    if (status !== 200) expect(isJsonError(answer.body)).toBe(true);
  }
});

/** Writes these bytes to a connection of its own; answers what came back until it was closed. */
function sendBytes({ usher }: Pick<RapidPro, 'usher'>, parts: (string | Buffer)[], pauseMs = 0) {
  const { hostname, port } = new URL(usher.url);
  return new Promise<string>((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, async () => {
      for (const part of parts) {
        socket.write(part);
        await new Promise((done) => setTimeout(done, pauseMs));
      }
      if (pauseMs === 0) socket.end();
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

const head = (channelId: string, length: number) =>
  `GET /api/apps/public/${channelId}/room HTTP/1.1\r\nHost: x\r\nAuthorization: Token ${RAPIDPRO_SECRET}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;

test('a body that is cut off, or is no UTF-8, does not end the server', async () => {
  const rapidpro = await startRapidPro();
  await sendBytes(rapidpro, [head(rapidpro.channelId, 199), '{"visitor":{"tok']);
  const invalid = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
  const answer = await sendBytes(rapidpro, [head(rapidpro.channelId, invalid.length), invalid]);
  expect(answer).toMatch(/^HTTP\/1\.1 400 .*"error":"Invalid JSON body"/s);
  expect((await rapidpro.call('GET', '/secret.check')).status).toBe(204);
});

test('a body that never comes is given up, in JSON', async () => {
  const rapidpro = await startRapidPro();
  const answer = await sendBytes(rapidpro, [head(rapidpro.channelId, 199), '{'], 500);
  expect(answer).toMatch(/^HTTP\/1\.1 400 .*"error":"Invalid JSON body"/s);
});

test('R17: without its database a GET is 503 without a byte and anything else 500, and then all is well again', async () => {
  const database = await makeDatabase();
  const url = new URL(database.url);
  const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port || 5432) });
  url.host = `127.0.0.1:${proxy.port}`;
  const { usher, call } = await startRapidPro({ environment: { DATABASE_URL: url.href } });
  usher.expectErrors(LOST_DATABASE);
  await proxy.goDown();
  const get = await call('GET', '/room', { body: room });
  expect([get.status, get.text, get.headers['content-length']]).toEqual([503, '', '0']);
  expect(get.headers).not.toHaveProperty('retry-after');
  const post = await call('POST', '/visitor-message', {
    body: { visitor: { token: 'T' }, text: 'Hi!' },
  });
  expect([post.status, post.body]).toEqual([500, { error: 'Temporarily unavailable' }]);
  await proxy.comeBack();
  await eventually(
    () => call('GET', '/room', { body: room }),
    ({ status }) => status === 200,
  );
});
