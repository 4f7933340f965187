// RapidPro's engine sends bodies with GET, which some proxies drop: Usher looks for itself, through PUBLIC_URL.
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { startProgram } from '../faults/run-program.ts';
import { type Manner, startHttpProxy } from '../makers/start-http-proxy.ts';
import { type RapidPro, startRapidPro } from '../makers/start-rapidpro.ts';

const usherProgram = new URL('../../src/cli/usher.ts', import.meta.url);
// PUBLIC_URL is the operator's: it may be private although nothing else may.
const NOTHING_PRIVATE = { USHER_ALLOW_PRIVATE_NETWORKS: '192.0.2.0/24' };

async function startBehindProxy() {
  const proxy = await startHttpProxy();
  const environment = { ...NOTHING_PRIVATE, PUBLIC_URL: `${proxy.url}/` };
  const rapidpro = await startRapidPro({ environment });
  proxy.standBefore(rapidpro.usher.url);
  return { ...rapidpro, proxy };
}

const startAt = (PUBLIC_URL: string) =>
  startRapidPro({ environment: { ...NOTHING_PRIVATE, PUBLIC_URL } });

const check = ({ usher, channelId }: Pick<RapidPro, 'usher' | 'channelId'>, token?: string) =>
  usher.call('POST', `/api/v1/channels/${channelId}/check-bodies`, {
    ...(token !== undefined && { token }),
  });

async function runDoctor({ usher }: Pick<RapidPro, 'usher'>, token = usher.token) {
  const child = startProgram(usherProgram, ['doctor'], {
    DATABASE_URL: usher.database.url,
    USHER_DATA_DIR: usher.dataDir,
    USHER_URL: usher.url,
    ...(token !== '' && { USHER_TOKEN: token }),
  });
  return text(child.stdout);
}

test('what a proxy does with the body of a GET is seen, and told from a proxy that is in the way', async () => {
  const behind = await startBehindProxy();
  const verdicts: Record<Manner, string> = {
    passes: 'passed',
    drops: 'dropped',
    changes: 'dropped',
    swallows: 'dropped',
    refuses: 'dropped',
    'shows a page': 'elsewhere',
    'finds nothing': 'elsewhere',
    redirects: 'redirected',
    hangs: 'no-answer',
    floods: 'elsewhere',
  };
  const seen: Record<string, unknown> = {};
  for (const manner of Object.keys(verdicts) as Manner[]) {
    behind.proxy.behave(manner);
    const begun = performance.now();
    const { status, body } = await check(behind);
    expect(status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(10_000);
    seen[manner] = (body as { verdict: string }).verdict;
  }
  expect(seen).toEqual(verdicts);
  behind.proxy.stop();
  expect((await check(behind)).body).toEqual({ verdict: 'no-answer' });
}, 60_000);

test('no safe connection, no PUBLIC_URL and no secret are told apart', async () => {
  const proxy = await startHttpProxy();
  const overTls = await startAt(`https://127.0.0.1:${proxy.port}`);
  expect((await check(overTls)).body).toEqual({ verdict: 'tls' });
  const made = await overTls.usher.call('POST', '/api/v1/channels', {
    body: { kind: 'rapidpro', name: 'Fresh' },
  });
  const { id: channelId } = made.body as { id: string };
  expect((await check({ ...overTls, channelId })).body).toEqual({ verdict: 'no-secret' });
  const bare = await startRapidPro();
  expect((await check(bare)).body).toEqual({ verdict: 'no-public-url' });
});

test('the check opens no ticket, and supervisors may run it', async () => {
  const behind = await startBehindProxy();
  const tokenOf = async (role: string) => {
    const made = await behind.usher.call('POST', '/api/v1/tokens', { body: { name: role, role } });
    return (made.body as { token: string }).token;
  };
  expect(await check(behind, await tokenOf('supervisor'))).toMatchObject({
    status: 200,
    body: { verdict: 'passed' },
  });
  expect((await check(behind, await tokenOf('agent'))).status).toBe(403);
  expect(await behind.usher.conversations()).toEqual([]);
});

test('only RapidPro’s channels have such bodies', async () => {
  const { usher } = await startRapidPro();
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Pages' },
  });
  const { id: channelId } = made.body as { id: string };
  expect(await check({ usher, channelId })).toMatchObject({
    status: 409,
    body: { code: 'channel.not-rapidpro' },
  });
  const nowhere = { usher, channelId: '0198a000-0000-7000-8000-000000000001' };
  expect((await check(nowhere)).status).toBe(404);
});

test('who has no secret of the channel learns nothing at the door of the check', async () => {
  const { call } = await startRapidPro();
  const body = { nonce: 'abc' };
  expect(await call('GET', '/body.check', { body })).toMatchObject({ status: 200, body });
  expect((await call('GET', '/body.check')).status).toBe(400);
  expect((await call('GET', '/body.check', { body: { nonce: 7 } })).status).toBe(400);
  expect((await call('GET', '/body.check', { body, authorization: 'Token no' })).status).toBe(403);
  expect((await call('POST', '/body.check', { body })).status).toBe(405);
});

test('doctor looks at every RapidPro channel and says what to do', async () => {
  const behind = await startBehindProxy();
  expect(await runDoctor(behind)).toMatch(/^ok +RapidPro \(RapidPro\): .*come through/m);
  behind.proxy.behave('drops');
  const said = await runDoctor(behind);
  expect(said).toMatch(/^FAILED +RapidPro \(RapidPro\): .*drops the bodies of GET requests/m);
  expect(said).toContain('docs/guides/rapidpro.md');
  behind.proxy.stop();
  expect(await runDoctor(behind)).toMatch(/^warning +RapidPro \(RapidPro\): nothing answers/m);
  expect(await runDoctor(behind, '')).toMatch(/^warning +RapidPro: not looked at: No API token/m);
}, 60_000);

test('doctor says to set PUBLIC_URL, and is silent where there is no RapidPro', async () => {
  const bare = await startRapidPro();
  expect(await runDoctor(bare)).toMatch(/^warning +RapidPro \(RapidPro\): set PUBLIC_URL/m);
  await bare.usher.call('DELETE', `/api/v1/channels/${bare.channelId}`);
  expect(await runDoctor(bare)).not.toContain('RapidPro');
});

test('a port on which nobody listens is told in coarse words', async () => {
  const dead = await startAt(`http://127.0.0.1:${await findFreePort()}`);
  const { text: said } = await check(dead);
  expect(JSON.parse(said)).toEqual({ verdict: 'no-answer' });
});
