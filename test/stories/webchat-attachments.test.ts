// Files in web chat: what they are by their bytes, who may name them, and how they are served.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { beginConversation, upload, uploadOnly } from '../makers/upload.ts';
import { connectVisitor, startSession } from '../makers/web-client.ts';

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: '#f00' } })
    .withExif({ IFD0: { Copyright: 'secret-place', ImageDescription: 'secret-place' } })
    .jpeg()
    .toBuffer();

test('a picture is drawn anew without what was hidden in it, and shown where it stands', async () => {
  const usher = await startTestUsher();
  const visitor = await connectVisitor(usher);
  const bytes = await picture();
  expect(bytes.includes('secret-place')).toBe(true);
  const { status, body } = await upload(usher, visitor.session, {
    ...{ bytes: Buffer.concat([bytes, Buffer.from('<script>alert(1)</script>')]) },
    ...{ name: 'photo.html', type: 'text/html' },
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({ type: 'image/jpeg', name: expect.stringMatching(/\.jpe?g$/) });
  const { sessionTopic } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: '', attachments: [body.id] });
  const { message } = await visitor.hears(
    `${sessionTopic}/messages`,
    (body) => body.message.attachments.length > 0,
  );
  expect(message.attachments).toMatchObject([{ id: body.id, type: 'image/jpeg', name: body.name }]);
  const shown = await fetch(`${usher.url}${message.attachments[0].url}`);
  expect(shown.status).toBe(200);
  expect(shown.headers.get('content-type')).toBe('image/jpeg');
  expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
  const kept = Buffer.from(await shown.arrayBuffer());
  expect(kept.includes('secret-place')).toBe(false);
  expect(kept.includes('script')).toBe(false);
  expect(kept.length).toBe(body.size);
});

const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';

for (const [what, file] of Object.entries({
  'an SVG': { bytes: svg, name: 'a.svg', type: 'image/svg+xml' },
  'an SVG that says to be a PNG': { bytes: svg, name: 'a.png', type: 'image/png' },
  'an SVG behind an XML line': {
    bytes: `<?xml version="1.0"?>${svg}`,
    name: 'a.svg',
    type: 'image/svg+xml',
  },
  HTML: { bytes: '<!doctype html><script>alert(1)</script>', name: 'a.html', type: 'text/html' },
  XHTML: { bytes: '<html xmlns="http://www.w3.org/1999/xhtml"/>', name: 'a.xhtml' },
  'a script': { bytes: 'alert(1)', name: 'a.js', type: 'text/javascript' },
  'a PDF': { bytes: '%PDF-1.4\n%%EOF', name: 'a.pdf', type: 'application/pdf' },
  'a picture that is none': {
    bytes: '\x89PNG\r\n\x1a\n<script>',
    name: 'a.png',
    type: 'image/png',
  },
})) {
  test(`${what} is only ever saved, never shown`, async () => {
    const usher = await startTestUsher();
    const session = await startSession(usher);
    const { status, body } = await upload(usher, session, file);
    expect(status).toBe(201);
    const { headers } = await fetch(`${usher.url}${body.url}`);
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-type')).not.toMatch(/svg|html|xml|javascript|image/);
  });
}

test('ten mebibytes are taken, one byte more is not', async () => {
  const usher = await startTestUsher();
  const session = await startSession(usher);
  const bytes = new Uint8Array(10 * 2 ** 20).fill(7);
  expect((await upload(usher, session, { bytes })).status).toBe(201);
  const more = new Uint8Array(10 * 2 ** 20 + 1).fill(7);
  expect((await upload(usher, session, { bytes: more })).status).toBe(413);
});

test('a file belongs to the session that uploaded it: nobody else may send it', async () => {
  const usher = await startTestUsher();
  const owner = await startSession(usher);
  const { body } = await upload(usher, owner, {
    bytes: 'hello',
    name: 'a.txt',
    type: 'text/plain',
  });
  const thief = await connectVisitor(usher);
  const topic = thief.session.sessionTopic;
  const odd = [[body.id], [crypto.randomUUID()], ['x'], [{ id: body.id }], 'x', [null]];
  for (const attachments of odd) {
    await thief.say(`${topic}/server/messages`, { content: 'mine', attachments });
  }
  await thief.say(`${topic}/server/messages`, { content: 'last' });
  const { message } = await thief.hears(`${topic}/messages`);
  expect(message).toMatchObject({ seq: 1, content: 'last', attachments: [] });
  const foreign = await fetch(`${usher.url}/session/${owner.sessionId}/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${thief.session.mqtt.password}` },
    body: new FormData(),
  });
  expect(foreign.status).toBe(403);
  const { status } = await fetch(`${usher.url}/attachments/${crypto.randomUUID()}/a.txt`);
  expect(status).toBe(404);
});

test('any file name becomes one that an address can carry', async () => {
  const usher = await startTestUsher();
  const session = await startSession(usher);
  const names = [
    ...['../../etc/passwd', 'a\\b.txt', '<img src=x onerror=alert(1)>.txt', '"\r\nx: y.txt', '..'],
    ...[`${'\u{20000}'.repeat(60)}a.txt`, 'ə'.repeat(300), '\u202Etxt.exe', '.'],
  ];
  for (const name of names) {
    const { status, body } = await upload(usher, session, { bytes: 'x', name, type: 'text/plain' });
    expect(status, name).toBe(201);
    expect(body.name, name).not.toMatch(/[<>"\\/\r\n]/);
    const answer = await fetch(`${usher.url}${body.url}`);
    expect(answer.status, name).toBe(200);
  }
});

test('a visitor may upload twenty files a minute, over however many sessions', async () => {
  const usher = await startTestUsher();
  const first = await startSession(usher);
  const second = await startSession(usher, { visitorKey: first.visitorKey });
  await beginConversation(first);
  await beginConversation(second);
  const answers = [];
  for (let n = 0; n < 25; n += 1) {
    answers.push((await uploadOnly(usher, n % 2 === 0 ? first : second, { bytes: 'x' })).status);
  }
  expect(answers.filter((status) => status === 201)).toHaveLength(20);
  expect(answers.slice(20)).toEqual([429, 429, 429, 429, 429]);
});
