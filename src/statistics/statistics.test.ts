import { expect, test } from 'vitest';
import { readStatistics } from './read-statistics.ts';
import { statisticsUrl } from './statistics-url.ts';

const asked = {
  base: 'https://company.example/api/',
  style: 'default' as const,
  customerId: '298301',
  subject: 'statistics' as const,
  window: '24h' as const,
  timeZone: 'UTC',
  now: new Date('2018-12-21T12:33:09.400Z'),
  agentId: 'agent-1',
};
const root = 'https://company.example/api/chimpassist';

test('A16: the windows, to the second, with literal colons', () => {
  const end = 'end_date_time=20181221-12:33:09';
  expect(statisticsUrl(asked)).toBe(
    `${root}/298301/statistics?start_date_time=20181220-12:33:09&${end}`,
  );
  expect(statisticsUrl({ ...asked, window: '7d' })).toBe(
    `${root}/298301/statistics?start_date_time=20181214-12:33:09&${end}`,
  );
  expect(statisticsUrl({ ...asked, window: 'all' })).toBe(
    `${root}/298301/statistics?start_date_time=19700101-00:00:00&${end}`,
  );
});

test('in another zone its clocks count, over a change of them too', () => {
  const now = new Date('2018-11-04T12:00:00Z');
  expect(statisticsUrl({ ...asked, now, timeZone: 'America/New_York' })).toContain(
    'start_date_time=20181103-08:00:00&end_date_time=20181104-07:00:00',
  );
});

test('the later form names who looks', () => {
  expect(statisticsUrl({ ...asked, style: 'customer' })).toMatch(
    /^https:\/\/company\.example\/api\/chimpassist\/customer\/298301\/statistics\?attendant=agent-1&start_/,
  );
});

test('the later form has the customer’s contact and more too, of no time; the first has not', () => {
  const of = (subject: 'contactInfo' | 'additionalInfo', agentId: string | null = 'agent-1') =>
    statisticsUrl({ ...asked, style: 'customer', subject, agentId });
  expect(of('contactInfo')).toBe(`${root}/customer/298301/contactInfo?attendant=agent-1`);
  expect(of('additionalInfo')).toBe(`${root}/customer/298301/additionalInfo?attendant=agent-1`);
  expect(of('additionalInfo', null)).toBe(`${root}/customer/298301/additionalInfo`);
  expect(statisticsUrl({ ...asked, subject: 'contactInfo' })).toBeNull();
});

test('an id stays one part of the path, whatever it holds', () => {
  const of = (customerId: string) => statisticsUrl({ ...asked, customerId });
  expect(of('a/../b?c#d e@f:1')).toContain('/a%2F..%2Fb%3Fc%23d%20e%40f%3A1/statistics?');
  expect(of('김')).toContain('/%EA%B9%80/statistics?');
  expect([of('.'), of('..')]).toEqual([null, null]);
});

test('A17: an empty value stays, and a link that runs something loses its address', () => {
  const links = [
    { url: 'javascript:alert(1)', label: 'bad' },
    { url: 'https://example.com', label: 'good' },
  ];
  const body = JSON.stringify([
    { label: 'Unresolved tickets', value: '' },
    { label: 'Links', value: links, iconURL: 'data:text/html,x' },
  ]);
  expect(readStatistics(200, body)).toEqual({
    items: [
      { label: 'Unresolved tickets', value: '' },
      { label: 'Links', value: [{ url: '', label: 'bad' }, links[1]] },
    ],
  });
});

test('A17: what is no list is of no use', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const body of ['{}', '{"label":"a","value":1}', '', '<html>', 'null', '[1', deep]) {
    expect(readStatistics(200, body)).toHaveProperty('trouble');
  }
  expect(readStatistics(500, '[]')).toHaveProperty('trouble');
  expect(readStatistics(204, '')).toHaveProperty('trouble');
});

test('fifty are enough, and what has no label is left out', () => {
  const many = Array.from({ length: 60 }, (_, n) => ({ label: `${n}`, value: n }));
  const found = readStatistics(200, JSON.stringify([null, 1, { value: 2 }, ...many]));
  expect(found).toEqual({ items: many.slice(0, 50) });
});
