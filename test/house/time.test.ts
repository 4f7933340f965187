// Time is asked of a clock that tests can move: where it is not, the reason stands here.
import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const breaches: readonly RegExp[] = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bset(Timeout|Interval)\b/,
  /from 'node:timers/,
];

/** Cannot be moved, as PostgreSQL does not look them up along the search path; or ask another clock than the test's. */
const unmovable =
  /\b(current_(time|date|timestamp)|local(time|timestamp)|transaction_timestamp)\b|'(now|today)'::|\bpg_catalog\./i;
const movable = /\b(?<!\.)(now|statement_timestamp|clock_timestamp)\(\)/i;

const NETWORK = 'how long a network, a browser or another process is waited for';
const PROGRAM = 'a program of its own, run by hand';

/** By file or folder. */
const real: Record<string, string> = {
  'src/clock.ts': 'here it is asked',
  'src/desk/open-gate.ts': 'how busy this process is, and how fast requests come to it',
  'src/channels/qiscus/make-pause.ts': 'the date that Qiscus names is one of the world’s',
  'src/channels/qiscus/qiscus-door.ts': NETWORK,
  'src/channels/rapidpro/take-body.ts': NETWORK,
  'src/cli/': PROGRAM,
  'src/embedded-postgres/': NETWORK,
  'src/http/await-handlers.ts': NETWORK,
  'src/http/bound-bodies.ts': NETWORK,
  'src/http/cut-stalled.ts': NETWORK,
  'src/http/draw-pictures.ts': NETWORK,
  'src/http/pace-bytes.ts': NETWORK,
  'src/http/remember-brand.ts': NETWORK,
  'src/http/send-file.ts': NETWORK,
  'src/mqtt/admit-clients.ts': NETWORK,
  'src/mqtt/external-broker.ts': NETWORK,
  'src/mqtt/keep-inbox.ts': NETWORK,
  'src/mqtt/serve-clients.ts': NETWORK,
  'src/mqtt/watch-presence.ts': NETWORK,
  'src/outbound/': NETWORK,
  'src/startup/back-up.ts': PROGRAM,
  'src/startup/close-server.ts': NETWORK,
  'src/startup/move-workspace.ts': PROGRAM,
  'src/startup/stop-all.ts': NETWORK,
  'src/store/hold-alone.ts': 'how often a lock of a session is looked at, which is a connection',
  'src/store/in-turn.ts': NETWORK,
  'src/store/node.ts': NETWORK,
  'src/store/peers.ts': 'how often the locks of other nodes are looked at, which are connections',
  'src/store/watch-database.ts': NETWORK,
  'src/torture/': PROGRAM,
};

const isSource = (path: string) => path.endsWith('.ts') && !path.endsWith('.test.ts');

async function find(breach: (text: string, path: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  let read = 0;
  for await (const path of glob('src/**/*.ts')) {
    if (!isSource(path)) continue;
    read += 1;
    // Comments may speak of it.
    const text = (await readFile(path, 'utf8')).replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '');
    if (breach(text, path)) found.push(path);
  }
  expect(read).toBeGreaterThan(300);
  return found.sort();
}

const asksReal = (text: string) => breaches.some((breach) => breach.test(text));

test('the time and timers of the process are used only where nothing is decided by them', async () => {
  const found = await find(asksReal);
  const excepted = (path: string) => Object.keys(real).find((place) => path.startsWith(place));
  expect(found.filter((path) => excepted(path) === undefined)).toEqual([]);
  const used = new Set(found.map(excepted));
  expect(Object.keys(real).filter((place) => !used.has(place))).toEqual([]);
});

test('SQL stands in the store, and asks for the time by what a test can move', async () => {
  expect(await find((text) => unmovable.test(text))).toEqual([]);
  const elsewhere = (text: string, path: string) =>
    !path.startsWith('src/store/') &&
    /`[^`]*\b(select|update|insert|delete)\b/i.test(text) &&
    movable.test(text);
  expect(await find(elsewhere)).toEqual([]);
});

test.each(['const at = Date.now();', 'const at = new Date();', 'setTimeout(act, 5);'])(
  '%s is found',
  (text) => expect(asksReal(text)).toBe(true),
);

test.each(['select current_timestamp', `select 'now'::timestamptz`, 'select pg_catalog.now()'])(
  '%s is found',
  (text) => expect(unmovable.test(text)).toBe(true),
);
