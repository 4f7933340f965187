// One who takes more than their share leaves room for the others.
import { expect, test } from 'vitest';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { beginConversation, uploadOnly } from '../makers/upload.ts';
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
  const sessions = await Promise.all(Array.from({ length: 8 }, () => startSession(usher)));
  for (const session of sessions) await beginConversation(session);
  const statuses: number[] = [];
  for (let n = 0; n < 64; n += 1) {
    const session = sessions[n % sessions.length] as (typeof sessions)[0];
    statuses.push((await uploadOnly(usher, session, { bytes: 'x' })).status);
  }
  expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 201));
  expect(statuses.slice(60)).toEqual([429, 429, 429, 429]);
});

test('a form that sends more than a file and a few words is refused before it is kept', async () => {
  const usher = await startTestUsher();
  const session = await startSession(usher);
  await beginConversation(session);
  const { sessionId, mqtt } = session;
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
