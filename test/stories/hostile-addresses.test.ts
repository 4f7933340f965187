// What a stranger writes into an address, a header or a form that is none is answered, in the envelope of whoever is asked.
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { beginConversation } from '../makers/upload.ts';
import { startSession } from '../makers/web-client.ts';

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema?: { type?: string } }[];
}

/** Each call that is described, with a NUL in each of its parameters, one at a time. */
async function describedCalls(usher: TestUsher): Promise<{ method: string; path: string }[]> {
  const { body } = await usher.call('GET', '/openapi.json');
  const { paths } = body as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters = [] }]) => {
      const plain = path.replaceAll(/\{[^}]+\}/g, crypto.randomUUID());
      return parameters.flatMap(({ name, in: place }) => {
        const address =
          place === 'path'
            ? path.replace(`{${name}}`, 'a%00b').replaceAll(/\{[^}]+\}/g, crypto.randomUUID())
            : `${plain}?${name}=a%00b`;
        return place === 'path' || place === 'query'
          ? [{ method: method.toUpperCase(), path: address }]
          : [];
      });
    }),
  );
}

const contractCalls = [
  ['GET', '/widget/config?channelId=%00'],
  ['GET', '/widget/presence?channelId=%00'],
  ['GET', '/session/%00/messages'],
  ['GET', '/customer/a%00b/messages'],
  ['GET', '/customer/a%00b/sessions/last'],
  ['GET', '/attendant/%00/sessions'],
  ['GET', '/attachments/%00/a.png'],
  ['POST', '/session/%00/rating'],
  ['POST', '/api/v1/webhook/agent_allocation/%00'],
  ['POST', '/api/v1/webhook/mark_as_resolved?secret=%00'],
  ['GET', '/api/apps/public/%00/room'],
  ['POST', '/mqtt/auth/user?username=%00'],
  ['GET', '/docs/%00'],
  ['GET', '/%00'],
] as const;

test('a NUL in any address is answered 400, in the envelope of whoever is asked', async () => {
  const usher = await startTestUsher();
  const described = await describedCalls(usher);
  expect(described.length).toBeGreaterThan(80);
  const given = contractCalls.map(([method, path]) => ({ method, path }));
  for (const { method, path } of [...described, ...given]) {
    const { status, body } = await usher.call(method, path);
    expect(status, `${method} ${path}`).toBe(400);
    if (path.startsWith('/session')) expect(body).toEqual({ error: expect.any(String) });
    if (path.startsWith('/api/v1/conv')) expect(body).toMatchObject({ code: 'request.invalid' });
  }
});

/** As no library would: the header’s bytes as they are. */
function sendRaw(usher: TestUsher, text: string): Promise<string> {
  const { hostname, port } = new URL(usher.url);
  return new Promise((done) => {
    let said = '';
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'));
    socket.on('data', (data) => {
      said += data.toString('latin1');
    });
    socket.once('close', () => done(said));
    socket.once('error', () => done(said));
  });
}

test('a header of any bytes is answered below 500', async () => {
  const usher = await startTestUsher();
  for (const name of ['Authorization', 'X-Forwarded-For', 'Origin', 'Cookie', 'User-Agent']) {
    for (const value of ['a\x00b', 'Bearer \xff\xfe', '\xed\xa0\x80']) {
      const said = await sendRaw(
        usher,
        `GET /api/v1/agents HTTP/1.1\r\nHost: x\r\n${name}: ${value}\r\nConnection: close\r\n\r\n`,
      );
      expect(said, `${name}: ${JSON.stringify(value)}`).toMatch(/^HTTP\/1\.1 4\d\d/);
    }
  }
});

const broken = [
  ['multipart/form-data', '--x\r\n\r\n--x--\r\n'],
  ['multipart/form-data; boundary=', '--x\r\n\r\n--x--\r\n'],
  ['multipart/form-data; boundary=x', ''],
  ['multipart/form-data; boundary=x', 'not a form'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf',
  ],
  ['multipart/form-data; boundary=x', `--x\r\n${'a: b\r\n'.repeat(3000)}\r\n\r\n--x--\r\n`],
  ['multipart/mixed; boundary=x', '--x--\r\n'],
  ['application/json', '{}'],
] as const;

test('a form that is none is answered below 500 and says what to send, at both doors', async () => {
  const usher = await startTestUsher();
  const session = await startSession(usher);
  await beginConversation(session);
  const { sessionId, mqtt } = session;
  for (const [type, body] of broken) {
    for (const [path, token] of [
      ['/api/v1/attachments', usher.token],
      [`/session/${sessionId}/attachments`, mqtt.password],
    ] as const) {
      const answer = await fetch(`${usher.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body,
      });
      const said = await answer.json();
      const what = `${type} ${JSON.stringify(body.slice(0, 40))} ${path} ${JSON.stringify(said)}`;
      expect([400, 406, 413, 415], what).toContain(answer.status);
      expect(said, what).toMatchObject(
        path.startsWith('/api') ? { code: expect.any(String) } : { error: expect.any(String) },
      );
    }
  }
});
