// Bodies that are too large, or never end: refused as soon as that is known, and not read to the end.
import diagnostics from 'node:diagnostics_channel';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startSession } from '../makers/web-client.ts';

const MIB = 1024 * 1024;
/** What may have been on its way when the answer was decided: a few reads of the socket. */
const SLACK = MIB / 2;
const MOST_SENT = 64 * MIB;
const BOUNDARY = 'a-boundary';

interface Sending {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  /** Sent first. */
  begins?: string;
  /** undefined: in chunks, without end. */
  length?: number;
  /** Goes on beside the sending; `read`: the bytes that the server has read so far. */
  meanwhile?: (read: () => number) => Promise<void>;
}

interface Outcome {
  status: number;
  body: string;
  /** Of the connection: by the server, before all was sent. */
  isCut: boolean;
  /** By the server, of body and head. */
  read: number;
}

/** Sends without looking at what is answered, until it is cut off. */
async function send(url: string, sending: Sending): Promise<Outcome> {
  const { method = 'POST', path, headers = {}, begins = '', length } = sending;
  const { meanwhile = async () => {} } = sending;
  const served = new Map<number | undefined, Socket>();
  const note = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    served.set(socket.remotePort, socket);
  };
  diagnostics.subscribe('net.server.socket', note);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  await new Promise((done) => socket.once('connect', done));
  const port = socket.localPort;
  const framing = length === undefined ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write(
    `${[`${method} ${path} HTTP/1.1`, 'Host: usher', framing, ...lines].join('\r\n')}\r\n\r\n`,
  );
  const frame = (text: string) =>
    length === undefined ? `${text.length.toString(16)}\r\n${text}\r\n` : text;
  if (begins !== '') socket.write(frame(begins));
  const part = frame('x'.repeat(32 * 1024));
  const closed = new Promise<void>((done) => socket.once('close', () => done()));
  const isOver = () => socket.destroyed || socket.readableEnded;
  const beside = meanwhile(() => served.get(port)?.bytesRead ?? 0);
  while (!isOver() && socket.bytesWritten < MOST_SENT) {
    if (!socket.write(part)) {
      await new Promise<void>((done) => {
        socket.once('drain', done);
        socket.once('close', () => done());
        socket.once('end', () => done());
      });
    }
  }
  const isCut = socket.bytesWritten < MOST_SENT;
  await beside;
  socket.destroy();
  await closed;
  diagnostics.unsubscribe('net.server.socket', note);
  const mine = served.get(port);
  if (mine === undefined) throw new Error('The server has not seen this connection.');
  if (!mine.destroyed) await new Promise((done) => mine.once('close', done));
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    body: rest.join('\r\n\r\n'),
    isCut,
    read: mine.bytesRead,
  };
}

const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` };
const part = (name: string, file = '') =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
const FILE = part('file', '; filename="a.txt"');
const HELD_UP = `select from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and query ~ 'insert into attachment'`;
const LIMIT = { json: MIB, form: 10 * MIB + 64 * 1024 };

describe('a body without end', () => {
  const asAdmin = ({ token }: TestUsher) => ({ Authorization: `Bearer ${token}` });

  async function openSession(usher: TestUsher) {
    const { sessionId, mqtt } = await startSession(usher);
    const headers = { Authorization: `Bearer ${mqtt.password}` };
    return { at: `/session/${sessionId}`, headers };
  }

  test.each([
    ['JSON', json, '{"name":"', 413],
    ['JSON of an unknown kind', { 'Content-Type': 'application/vnd.x+json' }, '', 415],
  ] as const)('of %s to the API is refused', async (_, type, begins, status) => {
    const usher = await startTestUsher();
    const headers = { ...asAdmin(usher), ...type };
    const outcome = await send(usher.url, { path: '/api/v1/tags', headers, begins });
    expect(outcome).toMatchObject({ status, isCut: true });
    expect(JSON.parse(outcome.body)).toMatchObject({ status });
    expect(outcome.read).toBeLessThan(LIMIT.json + SLACK);
  });

  test.each(['/api/v1/tags', '/api/v1/attachments', '/nowhere', '/api/v1/nowhere'])(
    'of somebody who may not send any to %s is not read',
    async (path) => {
      const usher = await startTestUsher();
      for (const headers of [json, form]) {
        const outcome = await send(usher.url, { path, headers, begins: '' });
        expect(outcome.isCut).toBe(true);
        expect([401, 404, 413, 415]).toContain(outcome.status);
        expect(outcome.read).toBeLessThan(LIMIT.json + SLACK);
      }
    },
  );

  test.each([
    ['in a file', FILE, 413],
    ['before the first part', '', 413],
    ['in the head of a part', `--${BOUNDARY}\r\nContent-Disposition: `, 400],
    ['in a field', part('note'), 413],
    ['behind the end', `${FILE}hello\r\n--${BOUNDARY}--\r\n`, 201],
  ] as const)('of a form, %s, is read no further than a file may be', async (_, begins, usual) => {
    const usher = await startTestUsher();
    const headers = { ...asAdmin(usher), ...form };
    const outcome = await send(usher.url, { path: '/api/v1/attachments', headers, begins });
    expect(outcome.isCut).toBe(true);
    expect(outcome.read).toBeLessThan(LIMIT.form + SLACK);
    expect([usual, 400, 413]).toContain(outcome.status);
  });

  test('of a form, behind its end, is read no further while the answer is held up', async () => {
    const usher = await startTestUsher();
    const answers = await usher.database.pool.connect();
    onTestFinished(() => answers.release(true));
    await answers.query('begin; lock table attachment in access exclusive mode');
    const outcome = await send(usher.url, {
      path: '/api/v1/attachments',
      headers: { ...asAdmin(usher), ...form },
      begins: `${FILE}hello\r\n--${BOUNDARY}--\r\n`,
      meanwhile: async (read) => {
        let last = 0;
        const goOn = () => {
          const before = last;
          last = read();
          return { goesOn: last > before, last };
        };
        await eventually(goOn, ({ goesOn }) => last > LIMIT.form && !goesOn);
        expect(await usher.desk.db.query(HELD_UP)).toMatchObject({ rowCount: 1 });
        await answers.query('commit');
      },
    });
    expect(outcome).toMatchObject({ status: 201, isCut: true });
    expect(outcome.read).toBeLessThan(LIMIT.form + SLACK);
  });

  test('is refused to visitors as to all, in the words of their door', async () => {
    const usher = await startTestUsher();
    const { at, headers } = await openSession(usher);
    const calls: [string, Record<string, string>, number][] = [
      ['/session', json, LIMIT.json],
      ['/session', { 'Content-Type': 'text/plain' }, LIMIT.json],
      [`${at}/rating`, { ...headers, ...json }, LIMIT.json],
      [`${at}/transcript`, { ...headers, ...json }, LIMIT.json],
      [`${at}/attachments`, { ...headers, ...json }, LIMIT.form],
    ];
    for (const [path, named, most] of calls) {
      const outcome = await send(usher.url, { path, headers: named, begins: '{"a":"' });
      expect(outcome, path).toMatchObject({ status: 413, isCut: true });
      expect(JSON.parse(outcome.body)).toEqual({ error: expect.any(String) });
      expect(outcome.read).toBeLessThan(most + SLACK);
    }
  });

  test('is refused at every route of the API, whatever it takes', async () => {
    const usher = await startTestUsher();
    const { body } = await usher.call('GET', '/openapi.json', { token: null });
    const { paths } = body as { paths: Record<string, Record<string, unknown>> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => !['get', 'head', 'parameters'].includes(method))
        .map((method) => ({ method: method.toUpperCase(), path })),
    );
    expect(routes.length).toBeGreaterThan(60);
    const refuse = async ({ method, path }: (typeof routes)[number]) => {
      const at = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
      const most = path.endsWith('/attachments') ? LIMIT.form : LIMIT.json;
      for (const length of [undefined, 2 ** 40]) {
        const headers = { ...asAdmin(usher), ...json };
        const outcome = await send(usher.url, {
          method,
          path: at,
          headers,
          ...(length && { length }),
        });
        const what = `${method} ${path} ${length ?? 'in chunks'}`;
        expect(outcome.isCut, what).toBe(true);
        expect(outcome.status, what).toBeGreaterThanOrEqual(400);
        expect(outcome.read, what).toBeLessThan((length === undefined ? most : 0) + SLACK);
      }
    };
    for (let at = 0; at < routes.length; at += 12) {
      await Promise.all(routes.slice(at, at + 12).map(refuse));
    }
  }, 120_000);

  test.each([
    ['/api/v1/tags', json],
    ['/api/v1/attachments', form],
    ['/session', json],
  ])('that says beforehand that it is too large is not begun at %s', async (path, type) => {
    const usher = await startTestUsher();
    const headers = { ...asAdmin(usher), ...type };
    const outcome = await send(usher.url, { path, headers, length: 11 * MIB });
    expect(outcome).toMatchObject({ status: 413, isCut: true });
    expect(outcome.read).toBeLessThan(SLACK);
  });
});

describe('who asks first whether to send a body', () => {
  /** All that is answered to a head, and to the body once the server asks for it. */
  async function announce(url: string, sending: Omit<Sending, 'length'> & { length: number }) {
    const { path, headers = {}, begins = '', length } = sending;
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const head = ['Host: usher', `Content-Length: ${length}`, 'Expect: 100-continue', ...lines];
    socket.write(`${[`POST ${path} HTTP/1.1`, ...head].join('\r\n')}\r\n\r\n`);
    const statuses: number[] = [];
    for await (const chunk of socket) {
      const found = [...String(chunk).matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, code]) =>
        Number(code),
      );
      statuses.push(...found);
      if (found.includes(100)) socket.write(begins);
      if (found.some((status) => status >= 200)) break;
    }
    return statuses;
  }

  test.each([
    ['/api/v1/tags', json],
    ['/api/v1/attachments', form],
    ['/session', json],
  ])('is refused one that is too large at %s, and never told to go on', async (path, type) => {
    const usher = await startTestUsher();
    const headers = { Authorization: `Bearer ${usher.token}`, ...type };
    expect(await announce(usher.url, { path, headers, length: 11 * MIB })).toEqual([413]);
  });

  test('is not told to go on without the right to send any', async () => {
    const usher = await startTestUsher();
    const sending = { path: '/api/v1/tags', headers: json, length: 14 };
    expect(await announce(usher.url, sending)).toEqual([401]);
  });

  test('is told to go on with one that is taken', async () => {
    const usher = await startTestUsher();
    const begins = '{"name":"new","colour":"#ff0000"}';
    const headers = { Authorization: `Bearer ${usher.token}`, ...json };
    const sending = { path: '/api/v1/tags', headers, begins, length: begins.length };
    expect(await announce(usher.url, sending)).toEqual([100, 201]);
  });
});

/** A frame of a client, or its beginning: masked with zeros. */
function frameOf(payload: Buffer, { said = payload.length, opcode = 2, last = true } = {}): Buffer {
  const head = Buffer.alloc(14);
  head[0] = (last ? 0x80 : 0) | opcode;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(said), 2);
  return Buffer.concat([head, payload]);
}

const PIECE = Buffer.alloc(32 * 1024);
/** A publish that says it is 200 KiB long. */
const LARGE = Buffer.concat([Buffer.from([0x30, 0x80, 0xc0, 0x0c]), PIECE]);

test.each([
  ['a frame of a gibibyte', frameOf(PIECE, { said: 2 ** 30 }), PIECE],
  [
    'fragments without end',
    frameOf(PIECE, { last: false }),
    frameOf(PIECE, { last: false, opcode: 0 }),
  ],
  ['a packet that is too large', frameOf(LARGE), frameOf(PIECE)],
])('over a WebSocket, %s is read no further than a frame may be', async (_, first, next) => {
  const usher = await startTestUsher();
  const served: Socket[] = [];
  const note = (message: unknown) => served.push((message as { socket: Socket }).socket);
  diagnostics.subscribe('net.server.socket', note);
  const socket = connect(Number(new URL(usher.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  const upgraded = new Promise((done) => socket.once('data', done));
  socket.write(
    'GET /mqtt HTTP/1.1\r\nHost: usher\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n',
  );
  expect(String(await upgraded)).toContain('101');
  diagnostics.unsubscribe('net.server.socket', note);
  socket.resume();
  socket.write(first);
  while (!socket.destroyed && !socket.readableEnded && socket.bytesWritten < MOST_SENT) {
    if (socket.write(next)) continue;
    await Promise.race(
      ['drain', 'close', 'end'].map((name) => new Promise((done) => socket.once(name, done))),
    );
  }
  expect(socket.bytesWritten).toBeLessThan(MOST_SENT);
  expect(served[0]?.bytesRead).toBeLessThan(MIB / 4 + SLACK);
});

test('the connection of a small body that is refused is kept', async () => {
  const usher = await startTestUsher();
  const socket = connect(Number(new URL(usher.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let answers = '';
  socket.on('data', (chunk) => {
    answers += chunk;
  });
  const ask =
    'POST /api/v1/tags HTTP/1.1\r\nHost: usher\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
  for (const times of [1, 2]) {
    socket.write(ask);
    await expect.poll(() => answers.split('HTTP/1.1 401').length - 1).toBe(times);
  }
});
