// `usher endpoints` and `usher deliveries` as a person or a script runs them, against a server.
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { startProgram } from '../../test/faults/run-program.ts';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { startWithReceiver } from '../../test/makers/start-with-receiver.ts';
import type { DeliveryDetail, DeliverySummary, Endpoint } from '../contract/endpoints.ts';

// Every command is a process of its own.
vi.setConfig({ testTimeout: 90_000 });

const program = new URL('./usher.ts', import.meta.url);

interface Ran {
  code: number;
  out: string;
  err: string;
}

async function startCli() {
  const listening = await startWithReceiver();
  const { url, token } = listening.usher;
  const run = async (args: string[], environment: Record<string, string> = {}): Promise<Ran> => {
    const child = startProgram(program, args, {
      USHER_URL: url,
      USHER_TOKEN: token,
      ...environment,
    });
    const ended = once(child, 'exit');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: (await ended)[0] as number, out, err };
  };
  /** Fails unless it ended well. */
  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, out, err } = await run(['--json', ...args]);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out) as T;
  };
  return { ...listening, run, json };
}

test('an endpoint from its making to its end, in words and in JSON', async () => {
  const { run, json } = await startCli();
  const add = ['endpoints', 'add', 'https://example.com/hook'];
  const events = 'session_state_open, conversation.closed';
  const made = await run([...add, '--events', events, '--secret-env', 'HOOK'], {
    HOOK: 'topsecret',
  });
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toMatch(/new {2}https:\/\/example.com\/hook\n/);
  expect(made.out).toContain('whsec_dG9wc2VjcmV0');
  const { items } = await json<{ items: Endpoint[] }>('endpoints');
  const id = items[0]?.id ?? '';
  expect(items[0]).toMatchObject({
    events: ['conversation.closed', 'session_state_open'],
    hasSecret: true,
  });
  const listed = await run(['endpoints', 'list']);
  expect(listed.out).toMatch(/^ID +STATE +FAILURES +EVENTS +URL\n/);
  expect(listed.out).toContain(id);
  const set = [
    'endpoints',
    'set',
    id,
    '--to',
    'http://example.com/',
    '--keep-old',
    '60',
    '--no-tls',
  ];
  const changed = await json<Endpoint>(...set, '--secret', 'other', '--encoding', 'base64');
  expect(changed).toMatchObject({
    url: 'http://example.com/',
    verifyTls: false,
    signatureEncoding: 'base64',
    oldSecretUntil: expect.any(String),
  });
  expect((await run(['endpoints', 'set', id, '--events', 'session_state_open'])).out).toContain(
    '! ',
  );
  expect(await json<Endpoint>('endpoints', 'pause', id)).toMatchObject({
    disabledReason: 'paused',
  });
  expect(await json<Endpoint>('endpoints', 'enable', id, '--drop')).toMatchObject({
    enabled: true,
  });
  expect(await run(['endpoints', 'remove', id])).toMatchObject({ code: 0, out: 'Removed.\n' });
  expect(await json('endpoints', 'list')).toEqual({ items: [] });
});

test('a test tells how it went by its words and its exit code', async () => {
  const { run, json, listen } = await startCli();
  const { endpoint } = await listen({}, { behaviour: [{ status: 500 }] });
  const failed = await run(['endpoints', 'test', endpoint.id]);
  expect(failed).toMatchObject({ code: 1, out: expect.stringMatching(/^✗ .*answered 500 after/) });
  const done = await json('endpoints', 'test', endpoint.id, '--type', 'session_state_close');
  expect(done).toMatchObject({ delivered: true, type: 'session_state_close' });
});

test('what was sent is listed, shown and sent again', async () => {
  const { run, json, listen, open } = await startCli();
  const { receiver, endpoint } = await listen({ events: ['session_state_open'] });
  await open();
  const list = () => json<{ items: DeliverySummary[] }>('deliveries', endpoint.id);
  const { items } = await eventually(list, ({ items: [one] }) => one?.state === 'done');
  const id = items[0]?.id ?? '';
  const table = await run(['deliveries', 'list', endpoint.id, '--state', 'done', '--limit', '1']);
  expect(table.out).toMatch(/^ID +TYPE +STATE +ATTEMPTS +OUTCOME +CREATED +NEXT\n/);
  expect(table.out).toMatch(new RegExp(`\n${id} +session_state_open +done +1 +delivered `));
  expect(
    (await run(['deliveries', endpoint.id, '--state', 'failed'])).out.split('\n'),
  ).toHaveLength(2);
  const shown = await run(['deliveries', 'show', id]);
  expect(shown.out).toMatch(/^session_state_open trg_\w+: done after 1 attempts\n\{"triggerId"/);
  const detail = await json<DeliveryDetail>('deliveries', 'show', id);
  expect(detail.log).toMatchObject([{ result: 'delivered', status: 200 }]);
  const again = await run(['deliveries', 'redeliver', id]);
  expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/^On its way as \d+\.\n$/) });
  const since = ['--endpoint', endpoint.id, '--since', '2026-01-01T00:00:00Z'];
  await eventually(
    () => receiver.requests.length,
    (count) => count === 2,
  );
  expect(await json('deliveries', 'redeliver', ...since)).toEqual({ redelivered: 0 });
  await eventually(list, ({ items: [one] }) => one?.state === 'done');
  expect((await run(['deliveries', 'redeliver', ...since, '--all'])).out).toBe('1 on their way.\n');
});

test('what cannot be done says why on the other stream, with the exit code of its kind', async () => {
  const { run } = await startCli();
  const nobody = '01935ad0-0000-7000-8000-000000000000';
  const add = ['endpoints', 'add', 'https://example.com/'];
  const cases: [string[], number, RegExp][] = [
    [['endpoints', 'add'], 2, /missing required argument/],
    [[...add, '--encoding', 'base32'], 2, /hex, base64/],
    [[...add, '--secret-env', 'NOT_THERE'], 2, /NOT_THERE/],
    [['endpoints', 'set', nobody, '--keep-old', 'soon'], 2, /whole number/],
    [['deliveries', 'redeliver'], 2, /--endpoint and --since/],
    [['deliveries', 'redeliver', '--since', '2026-01-31T08:00:00Z'], 2, /--endpoint/],
    [['deliveries'], 2, /missing required argument/],
    [['endpoints', 'set', nobody], 4, /at least 1/],
    [[...add, '--events', 'nothing'], 4, /session_state_open/],
    [['endpoints', 'add', 'http://127.0.0.2@x/'], 4, /user name/],
    [['endpoints', 'remove', nobody], 4, /There is no endpoint/],
    [['deliveries', nobody], 4, /There is no endpoint/],
    [['deliveries', 'show', '1'], 4, /There is no delivery/],
  ];
  for (const [args, code, says] of cases) {
    const ran = await run(args);
    expect([args, ran.code, ran.out]).toEqual([args, code, '']);
    expect(ran.err).toMatch(says);
  }
  const gone = await run(['endpoints'], { USHER_URL: 'http://127.0.0.1:9' });
  expect(gone).toMatchObject({ code: 3, err: expect.stringContaining('No Usher answers') });
});
