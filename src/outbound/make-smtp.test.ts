// A mail is handed over once, to one address, within its time; whoever answers slowly holds nothing up.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startMailServer } from '../../test/makers/start-mail-server.ts';
import { makeSmtp } from './make-smtp.ts';

const FROM = 'Support <usher@example.com>';
const mail = { subject: 'Hello', text: 'Hello', html: '<p>Hello', messageId: '<m@example.com>' };

/** Greets as told, and never answers. */
async function startSilent(greet: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    greet(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each(['one@example.com,two@example.com', 'one@example.com\r\nBcc: two@example.com'])(
  '%j is one address, and never two',
  async (to) => {
    const { url, taken } = await startMailServer();
    const handed = await makeSmtp(url, FROM).hand({ ...mail, to });
    expect(handed).toMatchObject({ ok: false, reason: 'refused' });
    expect(taken).toEqual([]);
  },
);

test('a line break in the subject begins no header', async () => {
  const { url, taken } = await startMailServer();
  const subject = 'Hello\r\nBcc: two@example.com';
  await makeSmtp(url, FROM).hand({ ...mail, subject, to: 'one@example.com' });
  expect(taken.map(({ recipients }) => recipients)).toEqual([['one@example.com']]);
  expect(taken[0]?.headers.has('bcc')).toBe(false);
});

test.each<[string, (socket: Socket) => void]>([
  ['says nothing', () => {}],
  [
    'never ends its greeting',
    (socket) => {
      const drip = setInterval(() => socket.write('220-wait\r\n'), 50);
      socket.on('close', () => clearInterval(drip));
    },
  ],
])(
  'a server that %s is given up in time, and the outcome counts as unknown',
  async (_how, greet) => {
    const handed = await makeSmtp(await startSilent(greet), FROM, 300).hand({
      ...mail,
      to: 'one@example.com',
    });
    expect(handed).toMatchObject({ ok: false, reason: 'unreachable', uncertain: true });
  },
);
