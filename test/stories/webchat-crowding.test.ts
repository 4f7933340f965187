// One who takes more than their share leaves room for the others.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { connectWeb, startSession } from '../makers/web-client.ts';

test('one session holds fifty connections and no more, until one of them ends', async () => {
  const usher = await startTestUsher();
  const { mqtt: login } = await startSession(usher);
  const connect = () => connectWeb({ ...login, clientId: crypto.randomUUID() });
  const tabs = await Promise.all(Array.from({ length: 50 }, connect));
  await expect(connect()).rejects.toMatchObject({ code: 3 });
  const other = await startSession(usher);
  await connectWeb(other.mqtt);
  await tabs[0]?.close();
  const again = () => connect().catch(() => null);
  await eventually(again, (client) => client !== null);
});

test('one address uploads no more than sixty files a minute, as however many visitors', async () => {
  const usher = await startTestUsher();
  const upload = async (n: number): Promise<number> => {
    const { sessionId, mqtt } = sessions[n % sessions.length] as (typeof sessions)[0];
    const body = new FormData();
    body.append('file', new Blob(['x'], { type: 'text/plain' }), 'x.txt');
    const { status } = await fetch(new URL(`/session/${sessionId}/attachments`, usher.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${mqtt.password}` },
      body,
    });
    return status;
  };
  const sessions = await Promise.all(Array.from({ length: 8 }, () => startSession(usher)));
  const statuses: number[] = [];
  for (let n = 0; n < 64; n += 1) statuses.push(await upload(n));
  expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 201));
  expect(statuses.slice(60)).toEqual([429, 429, 429, 429]);
});

test('a form that sends more than a file and a few words is refused before it is kept', async () => {
  const usher = await startTestUsher();
  const { sessionId, mqtt } = await startSession(usher);
  const places = [
    [`/session/${sessionId}/attachments`, mqtt.password],
    ['/api/v1/attachments', usher.token],
  ] as const;
  const send = async ([path, token]: (typeof places)[number], fields: number, size: number) => {
    const body = new FormData();
    for (let n = 0; n < fields; n += 1) body.append(`field${n}`, 'x'.repeat(size));
    body.append('file', new Blob(['x'], { type: 'text/plain' }), 'x.txt');
    const headers = { authorization: `Bearer ${token}` };
    return fetch(new URL(path, usher.url), { method: 'POST', headers, body }).then(
      ({ status }) => status,
      // The connection may be ended while it is still being sent.
      () => 413,
    );
  };
  for (const place of places) {
    expect(await send(place, 2, 100), place[0]).toBe(201);
    expect(await send(place, 100, 100_000), place[0]).toBeGreaterThanOrEqual(400);
  }
});

test('however many pictures come at once, two are drawn at a time', async () => {
  const usher = await startTestUsher();
  const { sessionId, mqtt } = await startSession(usher);
  const flat = { width: 3000, height: 3000, channels: 3 as const, background: '#fff' };
  const picture = await sharp({ create: flat }).png().toBuffer();
  let most = 0;
  const watching = setInterval(() => {
    const { process, queue } = sharp.counters();
    most = Math.max(most, process + queue);
  }, 5);
  const upload = async (): Promise<number> => {
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'x.png');
    const headers = { authorization: `Bearer ${mqtt.password}` };
    const url = new URL(`/session/${sessionId}/attachments`, usher.url);
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  const statuses = await Promise.all(Array.from({ length: 6 }, upload));
  clearInterval(watching);
  expect(new Set(statuses)).toEqual(new Set([201]));
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(2);
}, 60_000);
