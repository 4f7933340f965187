// Certificates good and bad, from real servers.
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { makeAuthority, makeCertificate } from '../../test/makers/make-certificate.ts';
import { measureOwnTime } from '../../test/makers/measure-own-time.ts';
import { openTestOutbound, request } from '../../test/makers/open-test-outbound.ts';
import {
  answerWith,
  hang,
  plainAnswer,
  startRawServer,
} from '../../test/makers/start-raw-server.ts';

const authority = makeAuthority();
const ca = [authority.cert];
const good = makeCertificate({ name: 'hooks.example', issuer: authority });
const answer = answerWith(plainAnswer);

test('a certificate of a trusted authority for the right name is accepted', async () => {
  const names: unknown[] = [];
  const server = await startRawServer(
    (socket) => {
      names.push((socket as unknown as { servername: unknown }).servername);
      answer(socket);
    },
    { tls: good },
  );
  const outbound = openTestOutbound({ ca });
  const url = `https://hooks.example:${server.port}/`;
  for (const _ of [1, 2, 3]) {
    expect(await outbound.send(request(url))).toMatchObject({ ok: true, address: '127.0.0.1' });
  }
  expect(names).toEqual(['hooks.example']);
  const dotted = await outbound.send(request(`https://hooks.example.:${server.port}/`));
  expect(dotted).toMatchObject({ ok: true });
});

const past = new Date(Date.now() - 3_600_000);

test.each([
  ['signed by itself', makeCertificate({ name: 'hooks.example' }), /self-signed/],
  ['for another name', makeCertificate({ name: 'other.example', issuer: authority }), /altnames/],
  [
    'that has expired',
    makeCertificate({ name: 'hooks.example', issuer: authority, validUntil: past }),
    /expired/,
  ],
  [
    'of an unknown authority',
    makeCertificate({ name: 'hooks.example', issuer: makeAuthority() }),
    /certificate/,
  ],
])('a certificate %s is refused, and accepted if nobody verifies', async (_what, tls, why) => {
  const server = await startRawServer(answer, { tls });
  const outbound = openTestOutbound({ ca });
  const url = `https://hooks.example:${server.port}/`;
  const strict = await outbound.send(request(url));
  expect(strict).toMatchObject({ ok: false, error: 'tls', sent: false, address: '127.0.0.1' });
  expect(!strict.ok && strict.text).toMatch(why);
  expect(await outbound.send(request(url, { verifyTls: false }))).toMatchObject({ ok: true });
});

test('a connection that was opened without verification serves no request that asks for it', async () => {
  const server = await startRawServer(answer, { tls: makeCertificate({ name: 'hooks.example' }) });
  const outbound = openTestOutbound({ ca });
  const url = `https://hooks.example:${server.port}/`;
  for (const _ of [1, 2]) {
    expect(await outbound.send(request(url, { verifyTls: false }))).toMatchObject({ ok: true });
    expect(await outbound.send(request(url))).toMatchObject({ ok: false, error: 'tls' });
  }
  expect(server.accepted()).toBe(3);
});

test('a literal address needs a certificate that names it', async () => {
  const server = await startRawServer(answer, { tls: good });
  const outbound = openTestOutbound({ ca });
  const url = `https://127.0.0.1:${server.port}/`;
  expect(await outbound.send(request(url))).toMatchObject({ ok: false, error: 'tls' });
  expect(await outbound.send(request(url, { verifyTls: false }))).toMatchObject({ ok: true });
});

test('TLS 1.1 is refused even if nobody verifies', async () => {
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' } as const;
  const ciphers = 'DEFAULT@SECLEVEL=0';
  const server = await startRawServer(answer, { tls: { ...good, ...old, ciphers } });
  const control = connect({
    ...old,
    ciphers,
    port: server.port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
  });
  expect(await new Promise((resolve) => control.once('secureConnect', resolve))).toBeUndefined();
  expect(control.getProtocol()).toBe('TLSv1.1');
  control.destroy();
  const url = `https://hooks.example:${server.port}/`;
  const outbound = openTestOutbound({ ca });
  const refused = await outbound.send(request(url, { verifyTls: false }));
  expect(refused).toMatchObject({ ok: false, error: 'tls', sent: false });
});

test('TLS 1.2 is enough', async () => {
  const server = await startRawServer(answer, { tls: { ...good, maxVersion: 'TLSv1.2' } });
  const url = `https://hooks.example:${server.port}/`;
  expect(await openTestOutbound({ ca }).send(request(url))).toMatchObject({ ok: true });
});

test('plain HTTP where TLS is expected is a TLS failure', async () => {
  const server = await startRawServer((socket) => void socket.write(plainAnswer));
  const outbound = openTestOutbound({ ca });
  const answered = await outbound.send(request(`https://hooks.example:${server.port}/`));
  expect(answered).toMatchObject({ ok: false, error: 'tls', sent: false });
  await expect.poll(() => server.open()).toBe(0);
});

test('a handshake that hangs ends when the time to connect is over', async () => {
  const server = await startRawServer(hang);
  const url = `https://hooks.example:${server.port}/`;
  const took = measureOwnTime();
  const answered = await openTestOutbound({ ca }).send(request(url, { connectMs: 300 }));
  expect(took()).toBeLessThan(4500);
  expect(answered).toMatchObject({ ok: false, error: 'timeout', sent: false });
  await expect.poll(() => server.open()).toBe(0);
});
