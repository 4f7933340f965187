// What strangers may leave with us is bounded: by conversation, by session, by address, by workspace, by the disk.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { makeSlowPicture } from '../makers/make-slow-picture.ts';
import { measureOwnTime } from '../makers/measure-own-time.ts';
import {
  eventually,
  NO_QISCUS,
  startTestUsher,
  type TestUsher,
} from '../makers/start-test-usher.ts';
import { beginConversation, uploadOnly } from '../makers/upload.ts';
import { LOW_DISK } from '../makers/watch-errors.ts';
import { connectAgent, connectVisitor, startSession } from '../makers/web-client.ts';

const KIB = 1024;
const half = { bytes: new Uint8Array(500 * KIB).fill(7) };
const from = (address: string) => ({ ...half, headers: { 'x-forwarded-for': address } });

test('a file goes with an open conversation only', async () => {
  const usher = await startTestUsher();
  const session = await startSession(usher);
  const early = await uploadOnly(usher, session, { bytes: 'x' });
  expect(early).toMatchObject({ status: 409, body: { error: expect.stringMatching(/first/) } });
  await beginConversation(session);
  expect((await uploadOnly(usher, session, { bytes: 'x' })).status).toBe(201);
  const [conversation] = await usher.conversations();
  await usher.call('POST', `/api/v1/conversations/${conversation?.id}/close`, {
    body: { reason: 'solved' },
  });
  expect((await uploadOnly(usher, session, { bytes: 'x' })).status).toBe(409);
});

test('a session, an address and all visitors together have so many bytes a day, and staff go on', async () => {
  const usher = await startTestUsher({
    USHER_UPLOADS_PER_SESSION_MB: '1',
    USHER_UPLOADS_PER_ADDRESS_MB: '2',
    USHER_UPLOADS_PER_WORKSPACE_MB: '3',
  });
  const begin = async () => {
    const session = await startSession(usher);
    await beginConversation(session);
    return session;
  };
  const send = async (address: string, session: Awaited<ReturnType<typeof begin>>) =>
    (await uploadOnly(usher, session, from(address))).status;
  const first = await begin();
  expect([await send('10.6.6.6', first), await send('10.6.6.6', first)]).toEqual([201, 201]);
  const spent = await uploadOnly(usher, first, from('10.6.6.6'));
  expect(spent).toMatchObject({ status: 429, body: { error: expect.stringMatching(/this chat/) } });
  expect(await send('10.0.0.9', first)).toBe(429);
  const second = await begin();
  expect([await send('10.6.6.6', second), await send('10.6.6.6', second)]).toEqual([201, 201]);
  expect(await send('10.6.6.6', await begin())).toBe(429);
  const third = await begin();
  expect([await send('10.0.0.1', third), await send('10.0.0.1', third)]).toEqual([201, 201]);
  // What was refused was given back: it is not counted against anybody.
  const all = await uploadOnly(usher, await begin(), from('10.0.0.2'));
  expect(all).toMatchObject({ status: 429, body: { error: expect.stringMatching(/visitors/) } });
  const { rows } = await usher.database.pool.query(
    `select bytes::integer from upload_budget where key = 'workspace'`,
  );
  expect(rows).toEqual([{ bytes: 6 * 500 * KIB }]);
  expect((await uploadAsStaff(usher, usher.token)).status).toBe(201);
});

test('somebody who works here, and all of them together, have so many bytes a day', async () => {
  const usher = await startTestUsher({
    USHER_UPLOADS_PER_PERSON_MB: '1',
    USHER_UPLOADS_BY_STAFF_MB: '2',
  });
  const [ana, budi, susi] = [
    await connectAgent(usher, { name: 'Ana' }),
    await connectAgent(usher, { name: 'Budi' }),
    await connectAgent(usher, { name: 'Susi' }),
  ];
  const send = async ({ token }: { token: string }) => {
    const answer = await uploadAsStaff(usher, token);
    return [answer.status, ((await answer.json()) as { detail?: string }).detail];
  };
  const kept = [201, undefined];
  expect([await send(ana), await send(ana)]).toEqual([kept, kept]);
  expect(await send(ana)).toEqual([429, expect.stringMatching(/by you today/)]);
  expect([await send(budi), await send(budi)]).toEqual([kept, kept]);
  // What was refused was not counted: Budi's second would not have fitted.
  expect(await send(susi)).toEqual([429, expect.stringMatching(/all who work here/)]);
});

/** Of all strangers together. */
const TURNS = 12;

/** Begun, and never ended: as many as take all turns that strangers have. */
async function holdTurns(usher: TestUsher): Promise<void> {
  for (const address of ['10.6.6.1', '10.6.6.2', '10.6.6.3', '10.6.6.4']) {
    const session = await startSession(usher);
    await beginConversation(session);
    for (let n = 0; n < 6; n += 1) {
      const headers = {
        authorization: `Bearer ${session.mqtt.password}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': String(2 ** 20),
        'x-forwarded-for': address,
      };
      const path = `${usher.url}/session/${session.sessionId}/attachments`;
      const sending = request(path, { method: 'POST', headers });
      sending.on('error', () => {});
      sending.write('--x\r\ncontent-disposition: form-data; name=f; filename=a.bin\r\n\r\n');
      onTestFinished(() => void sending.destroy());
    }
  }
  const { pool } = usher.database;
  await eventually(
    () =>
      pool.query(
        `select from upload_budget where key = 'workspace' and bytes >= $1`,
        // What is under way is counted before it comes.
        [TURNS * 2 ** 20],
      ),
    ({ rows }) => rows.length === 1,
  );
}

test('uploads of strangers that never end do not make one of those who work here wait', async () => {
  const usher = await startTestUsher();
  await holdTurns(usher);
  const other = await startSession(usher);
  await beginConversation(other);
  // All of theirs are taken: another stranger waits, and is sent away.
  expect((await uploadOnly(usher, other, { bytes: 'x' })).status).toBe(429);
  expect((await uploadAsStaff(usher, usher.token)).status).toBe(201);
});

test('pictures of strangers that take long to draw do not make one of those who work here wait', async () => {
  const usher = await startTestUsher();
  const slow = await makeSlowPicture();
  const small = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#a33' } })
    .png()
    .toBuffer();
  const asStaff = () => uploadAsStaff(usher, usher.token, small, 'image/png');
  // The process that draws for them is there.
  expect((await asStaff()).status).toBe(201);
  let over = 0;
  const attack = ['10.6.6.1', '10.6.6.2', '10.6.6.3', '10.6.6.4'].map(async (address) => {
    const session = await startSession(usher);
    await beginConversation(session);
    const headers = { 'x-forwarded-for': address };
    await uploadOnly(usher, session, { bytes: slow, type: 'image/gif', headers });
    over += 1;
  });
  let longest = 0;
  // A picture is given up after five seconds.
  while (over === 0) {
    const took = measureOwnTime();
    expect((await asStaff()).status).toBe(201);
    longest = Math.max(longest, took());
  }
  expect(longest).toBeLessThan(4000);
  await Promise.all(attack);
}, 120_000);

async function uploadAsStaff(
  usher: { url: string },
  token: string,
  bytes: Uint8Array = half.bytes,
  type = 'application/octet-stream',
): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([bytes as Buffer<ArrayBuffer>], { type }), 'a.bin');
  const headers = { authorization: `Bearer ${token}` };
  return fetch(`${usher.url}/api/v1/attachments`, { method: 'POST', headers, body: form });
}

/** 8 kB as it is sent, and 3 MB once it is drawn anew: each row is the one above, a little brighter. */
function makeSwellingPicture(): Promise<Buffer> {
  const side = 1000;
  const row = randomBytes(side * 3);
  const bright = (_: number, at: number) =>
    (row[at % row.length] ?? 0) + Math.floor(at / row.length);
  return sharp(Buffer.alloc(row.length * side).map(bright), {
    raw: { width: side, height: side, channels: 3 },
  })
    .png({ adaptiveFiltering: true, compressionLevel: 9 })
    .toBuffer();
}

test('a picture that grows while it is drawn is counted as it is kept', async () => {
  const usher = await startTestUsher({ USHER_UPLOADS_PER_SESSION_MB: '1' });
  const session = await startSession(usher);
  await beginConversation(session);
  const bytes = await makeSwellingPicture();
  expect(bytes.length).toBeLessThan(20 * KIB);
  const refused = await uploadOnly(usher, session, { bytes, type: 'image/png' });
  expect(refused).toMatchObject({ status: 429, body: { error: expect.stringMatching(/chat/) } });
  const { rows } = await usher.database.pool.query('select from attachment');
  expect(rows).toHaveLength(0);
  const { rows: counted } = await usher.database.pool.query('select bytes from upload_budget');
  expect(counted.map(({ bytes: one }) => Number(one))).toEqual([0, 0, 0]);
});

test('while there is too little room files are refused at both doors, conversations go on, and it is told', async () => {
  const usher = await startTestUsher({
    ...NO_QISCUS,
    USHER_DATABASE_MOST_MB: '100',
    USHER_DISK_RESERVE_MB: '1000',
  });
  usher.expectErrors(LOW_DISK);
  const agent = await connectAgent(usher, { capacity: 1 });
  await agent.beat();
  const visitor = await connectVisitor(usher);
  const { session } = visitor;
  await visitor.say(`${session.sessionTopic}/server/messages`, { content: 'hello' });
  await visitor.hears(`${session.sessionTopic}/messages`);
  const refused = await uploadOnly(usher, session, { bytes: 'x' });
  expect(refused).toMatchObject({ status: 507, body: { error: expect.stringMatching(/room/) } });
  const form = new FormData();
  form.append('file', new Blob(['x']), 'a.bin');
  const own = await fetch(`${usher.url}/api/v1/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${usher.token}` },
    body: form,
  });
  expect([own.status, ((await own.json()) as { code: string }).code]).toEqual([
    507,
    'upload.no-room',
  ]);
  await visitor.say(`${session.sessionTopic}/server/messages`, { content: 'without a file' });
  await visitor.hears(
    `${session.sessionTopic}/messages`,
    ({ message }) => message.content === 'without a file',
  );
  expect((await usher.call('GET', '/api/v1/notices')).body).toEqual({
    items: [{ code: 'no-room-for-files' }],
  });
  const { text } = await usher.call('GET', '/metrics');
  expect(text).toMatch(/^usher_uploads_stopped 1$/m);
  expect(text).toMatch(/^usher_disk_free_bytes \d+$/m);
});
