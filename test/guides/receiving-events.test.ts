// The guide's own samples are run as they stand there: whoever copies them gets what is tested here.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { signatureHeaders } from '../../src/delivery/sign-delivery.ts';
import { startProgram } from '../faults/run-program.ts';

const guide = await readFile(
  new URL('../../docs/guides/receiving-events.md', import.meta.url),
  'utf8',
);
const run = promisify(execFile);

/** The code block that begins with this name. */
function sample(name: string): string {
  const [, text] = guide.match(new RegExp(`\`\`\`ts\n// ${name}\n([^]*?)\`\`\``)) ?? [];
  if (text === undefined) throw new Error(`The guide has no ${name}.`);
  return text;
}

async function copySamples(...names: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-guide-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of names) await writeFile(join(folder, name), sample(name));
  return folder;
}

/** Answers what the expression is, with the sample's functions at hand. */
async function ask<T>(expression: string): Promise<T> {
  const folder = await copySamples('verify.ts');
  const program = `import { verify, verifyHub } from './verify.ts';
    process.stdout.write(JSON.stringify(${expression}));`;
  await writeFile(join(folder, 'ask.ts'), program);
  return JSON.parse((await run(process.execPath, [join(folder, 'ask.ts')])).stdout) as T;
}

const BODY =
  '{"triggerId":"trg_1","ctime":"2019-04-29T08:57:15.878Z","appCode":"app","type":"session_state_open"}';
const SIGNED_AT = 1556528235;
const headers = {
  'webhook-id': 'trg_1',
  'webhook-timestamp': String(SIGNED_AT),
  'webhook-signature': 'v1,jY89UlRI7JRubsdgeLPiSN/72lPa8VH+PC/MypPyET8=',
  'x-hub-signature': 'sha256=ba8de7a71aed6d3d626c730ddfe39868a3cb2f36309b679d8b299b6f393db925',
};
const rotated = {
  ...headers,
  'webhook-signature':
    'v1,jY89UlRI7JRubsdgeLPiSN/72lPa8VH+PC/MypPyET8= v1,TL7qTvFd6lTB3wH5D/OmFxbVE7Zrn/fS6+2UKn4zs+A=',
};

const verify = (change: { given?: object; body?: string; secret?: string; now?: number } = {}) => {
  const { given = headers, body = BODY, secret = 'topsecret', now = SIGNED_AT } = change;
  const args = [JSON.stringify(given), `Buffer.from(${JSON.stringify(body)})`];
  return `verify(${[...args, JSON.stringify(secret), now].join(', ')})`;
};

test('the Node sample accepts G6 and G8, and nothing that was changed, made up or late', async () => {
  const good = [
    verify(),
    verify({ now: SIGNED_AT + 300 }),
    verify({ given: rotated }),
    verify({ given: rotated, secret: 'oldsecret' }),
    verify({ secret: 'whsec_dG9wc2VjcmV0' }),
  ];
  const bad = [
    verify({ body: `${BODY} ` }),
    verify({ secret: 'other' }),
    verify({ now: SIGNED_AT + 301 }),
    verify({ now: SIGNED_AT - 301 }),
    verify({ given: { ...headers, 'webhook-id': 'trg_2' } }),
    verify({ given: { ...headers, 'webhook-timestamp': 'soon' } }),
    verify({ given: {} }),
  ];
  expect(await ask(`[${good.join()}]`)).toEqual(good.map(() => true));
  expect(await ask(`[${bad.join()}]`)).toEqual(bad.map(() => false));
});

test('the Node sample of the other signature accepts G1', async () => {
  const call = (secret: string, given: object) =>
    `verifyHub(${JSON.stringify(given)}, Buffer.from(${JSON.stringify(BODY)}), '${secret}')`;
  const calls = [call('topsecret', headers), call('other', headers), call('topsecret', {})];
  expect(await ask(`[${calls.join()}]`)).toEqual([true, false, false]);
});

test('the guide shows the vectors that the samples are tested with', () => {
  for (const value of [BODY, ...Object.values(headers), 'whsec_dG9wc2VjcmV0']) {
    expect(guide).toContain(value);
  }
});

function signNow(body: string, id = 'trg_1') {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  return signatureHeaders({
    secrets: ['topsecret'],
    id,
    timestampSeconds,
    body: Buffer.from(body),
  });
}

test('the whole receiver works once for each id and refuses what is not signed', async () => {
  const folder = await copySamples('verify.ts', 'server.ts');
  const port = await findFreePort();
  const environment = { USHER_WEBHOOK_SECRET: 'topsecret', PORT: String(port) };
  const child = startProgram(join(folder, 'server.ts'), [], environment);
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  const send = async (change: Record<string, string> = {}) => {
    const init = { method: 'POST', body: BODY, headers: { ...signNow(BODY), ...change } };
    return fetch(`http://127.0.0.1:${port}/`, init).then(
      ({ status }) => status,
      () => 'not yet',
    );
  };
  await expect.poll(() => send(), { timeout: 10_000 }).toBe(204);
  expect(await send()).toBe(204);
  expect(await send({ 'webhook-id': 'trg_2' })).toBe(401);
  expect(await send(signNow(BODY, 'trg_2'))).toBe(204);
  await expect.poll(() => printed).toBe('session_state_open\nsession_state_open\n');
});

test('the sample with the library accepts what we sign', async () => {
  const program = `const body = ${JSON.stringify(BODY)};
    const headers = ${JSON.stringify(signNow(BODY))};
    ${sample('library.ts')}
    process.stdout.write(event.type);`;
  const args = ['--input-type=module', '--eval', program];
  expect((await run(process.execPath, args)).stdout).toBe('session_state_open');
});

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
