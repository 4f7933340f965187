// Messages of contacts: what is forwarded, and how often.
import { expect, test } from 'vitest';
import { room, ryan, startWithApp } from './test-mailroom.ts';
import { bodyOf, reply } from './test-server.ts';

test('forwards a message once, byte for byte, and swallows the failure', async () => {
  const { app, organisation } = await startWithApp([
    room,
    reply(503, 'x'),
    reply(201, '{"id":"m"}'),
  ]);
  const contact = { ...ryan, token: '10000' };
  await organisation.openTicket({ contact });
  const attachments = [
    { type: 'image/jpg', url: 'https://link.to/image.jpg' },
    { type: 'video/mp4', url: 'https://link.to/video.mp4' },
    { type: 'audio/ogg', url: 'https://link.to/audio.ogg' },
  ];
  const send = () => organisation.sendMessage({ contact, text: "It's urgent", attachments });
  expect(await send()).toMatchObject({ forwarded: false, because: 'failed' });
  expect(app.requests).toHaveLength(2);
  expect(await send()).toMatchObject({ forwarded: true, call: { status: 201 } });
  const request = String(app.requests[2]);
  expect(request).toMatch(/^POST .*\/visitor-message HTTP/);
  expect(request).toContain('Content-Length: 231\r\n');
  await organisation.sendMessage({ contact, attachments: attachments.slice(0, 1) });
  expect(bodyOf(app.requests[3])).toBe(
    '{"visitor":{"token":"10000"},"attachments":[{"type":"image/jpg","url":"https://link.to/image.jpg"}]}',
  );
});

test('a message of a contact without an open ticket stays at home', async () => {
  const { app, organisation } = await startWithApp([room]);
  const outcome = await organisation.sendMessage({ contact: ryan, text: 'a' });
  expect(outcome).toMatchObject({ forwarded: false, because: 'no-open-ticket', call: null });
  await organisation.sendMessage({ contact: ryan, text: 'a', evenIfClosed: true });
  expect(app.requests).toHaveLength(1);
});
