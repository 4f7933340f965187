import { expect, test } from 'vitest';
import { type Found, judgeStatus } from './judge-status.ts';

const now = new Date('2026-05-02T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const found: Found = {
  ...{ now, version: '1.2.3', databaseVersion: '18.1', databaseMs: 2 },
  ...{ isDiskLow: false, broker: 'embedded', sendsMails: true, backupAt: ago(3600) },
  ...{ overdue: { count: 0, since: null }, channels: [], endpoints: [] },
};
const channel = {
  ...{ channelId: 'c1', name: 'Qiscus', offAt: null, syncError: null, came: 3, cameLast: ago(60) },
  ...{ refused: 0, refusal: null },
};
const endpoint = {
  ...{ endpointId: 'e1', url: 'https://example.com', enabled: true, disabledReason: null },
  ...{ failures: 0, failingSince: null, lastSuccessAt: ago(5) },
  ...{ waiting: 0, waitingSince: null, outcome: null },
};
const codeOf = (part: Partial<Found>, begins: string) => {
  const { state, items } = judgeStatus({ ...found, ...part });
  return [items.find(({ code }) => code.startsWith(begins))?.code, state];
};

test('a server without troubles is well, and so is a channel to which nobody wrote', () => {
  expect(judgeStatus(found)).toMatchObject({ state: 'well' });
  const quiet = { ...channel, came: 0, cameLast: null };
  expect(codeOf({ channels: [quiet] }, 'channel')).toEqual(['channel.quiet', 'well']);
});

test.each<[string, Partial<Found>, string, string]>([
  ['a slow database', { databaseMs: 900 }, 'database.slow', 'attention'],
  ['a full disk', { isDiskLow: true }, 'files.no-room', 'failing'],
  ['a broker that is away', { broker: 'away' }, 'broker.away', 'failing'],
  ['no backup', { backupAt: null }, 'backup.none', 'attention'],
  ['an old backup', { backupAt: ago(3 * 86_400) }, 'backup.old', 'attention'],
  [
    'overdue deliveries',
    { overdue: { count: 4, since: ago(99) } },
    'deliveries.waiting',
    'attention',
  ],
  [
    'a channel out of reach',
    { channels: [{ ...channel, syncError: '401' }] },
    'channel.unreachable',
    'failing',
  ],
  [
    'a channel that is off',
    { channels: [{ ...channel, offAt: ago(5) }] },
    'channel.off',
    'attention',
  ],
  [
    'a channel that refuses',
    { channels: [{ ...channel, refused: 2 }] },
    'channel.refusing',
    'failing',
  ],
  [
    'a failing endpoint',
    { endpoints: [{ ...endpoint, failures: 1 }] },
    'endpoint.failing',
    'failing',
  ],
  [
    'a paused endpoint',
    { endpoints: [{ ...endpoint, enabled: false, disabledReason: 'paused' }] },
    'endpoint.paused',
    'attention',
  ],
  [
    'an endpoint that was given up',
    { endpoints: [{ ...endpoint, enabled: false, disabledReason: 'gone' }] },
    'endpoint.off',
    'failing',
  ],
  [
    'an endpoint that is behind',
    { endpoints: [{ ...endpoint, waiting: 9, waitingSince: ago(61) }] },
    'endpoint.waiting',
    'attention',
  ],
])('%s is told, and the whole is as bad as it', (_, part, code, state) => {
  expect(codeOf(part, code.split('.')[0] ?? '')).toEqual([code, state]);
});

test('what has waited for a moment is on its way', () => {
  const behind = { ...endpoint, waiting: 9, waitingSince: ago(5) };
  expect(codeOf({ endpoints: [behind] }, 'endpoint')).toEqual(['endpoint.well', 'well']);
});

test('what fails stands before what is well', () => {
  const failing = { ...endpoint, endpointId: 'e2', failures: 3 };
  const { items } = judgeStatus({ ...found, endpoints: [endpoint, failing] });
  const ids = items.filter(({ code }) => code.startsWith('endpoint')).map(({ id }) => id);
  expect(ids).toEqual(['e2', 'e1']);
});
