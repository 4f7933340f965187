// A file of arrivals is read, or refused with the line and what to do; what could not be used is said.
import { expect, test } from 'vitest';
import { MOST_BYTES, readHistory } from './read-history.ts';

const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 0, 5);
const NOW = Date.UTC(2026, 10, 1);

function read(text: string | Uint8Array, timeZone = 'UTC') {
  const content = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return readHistory(content, { timeZone, until: NOW });
}

/** As 2026-01-05 00:30. */
const startOf = (nth: number) =>
  new Date(FIRST + nth * 1_800_000).toISOString().slice(0, 16).replace('T', ' ');
/** Three weeks of lines; `change` may replace some. */
function lines(change: (start: string, nth: number) => string | null = () => null, count = 1008) {
  const rows = Array.from({ length: count }, (_, nth) => {
    return change(startOf(nth), nth) ?? `${startOf(nth)},${1 + (nth % 7)}`;
  });
  return ['start,arrivals', ...rows].join('\n');
}
const at = (nth: number, line: string) => lines((_, place) => (place === nth ? line : null));

const broken: [string, string | Uint8Array, number | null, RegExp][] = [
  ['nothing', '', null, /empty/],
  ['a header alone', 'start,arrivals\n', null, /no line below/],
  ['no header', lines().split('\n').slice(1).join('\n'), 1, /start,arrivals/],
  ['a column that nobody knows', lines().replace('arrivals', 'calls'), 1, /start,arrivals/],
  ['a column twice', lines().replace('start,arrivals', 'start,start'), 1, /start,arrivals/],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0]), null, /UTF-8/],
  ['a zero byte', `${lines()}\u0000`, null, /UTF-8/],
  ['a quote without end', at(2, '"2026-01-05 01:00,4'), 4, /no line of a CSV/],
  ['a year in one line', at(2, `2026-01-05 01:00,"${'4 '.repeat(8760)}"`), 4, /no line of a CSV/],
  ['a year as one count', at(2, '2026-01-05 01:00,12000000'), 4, /more than 1000000/],
  ['more bytes than are read', new Uint8Array(MOST_BYTES + 1), null, /32 MiB/],
  ['a value too many', at(2, '2026-01-05 01:00,4,5'), 4, /3 values/],
  ['a value too few', at(2, '2026-01-05 01:00'), 4, /1 values/],
  ['minus two arrivals', at(2, '2026-01-05 01:00,-2'), 4, /cannot be -2/],
  ['half an arrival', at(2, '2026-01-05 01:00,2.5'), 4, /whole number/],
  ['arrivals in words', at(2, '2026-01-05 01:00,many'), 4, /“many” is no whole number/],
  ['arrivals to the power', at(2, '2026-01-05 01:00,1e3'), 4, /whole number/],
  ['no count', at(2, '2026-01-05 01:00,'), 4, /missing/],
  ['no date', at(2, 'Monday,4'), 4, /“Monday” is no time/],
  ['a date without a time', at(2, '2026-01-05,4'), 4, /is no time/],
  ['a date by another order', at(2, '05.01.2026 01:00,4'), 4, /is no time/],
  ['a day that no month has', at(2, '2026-02-30 01:00,4'), 4, /is no time/],
  ['an hour that no day has', at(2, '2026-01-05 25:00,4'), 4, /is no time/],
  ['a quarter of an hour', at(2, '2026-01-05 01:15,4'), 4, /beginning of a half hour/],
  ['a time to come', at(2, '2026-12-05 01:00,4'), 4, /not over yet/],
  ['a time before computers', at(2, '1890-01-05 01:00,4'), 4, /before 2000/],
  ['the same half hour twice', at(2, '2026-01-05 00:30,4'), 4, /line 3/],
  ['one line with an offset', at(2, '2026-01-05T01:00+01:00,4'), 4, /more than one clock/],
  [
    'one line without an offset',
    lines((start, nth) => (nth === 2 ? null : `${start}Z,3`)),
    4,
    /more than one clock/,
  ],
  [
    'two zones',
    lines((start, nth) => `${start}${nth < 500 ? '+07:00' : 'Z'},3`),
    2,
    /more than one clock/,
  ],
  ['whole hours', lines((_, nth) => `${startOf(2 * nth)},3`), null, /each seems to be an hour/],
  ['a few days', lines(undefined, 48 * 5), null, /two weeks/],
  ['eight years', `${lines()}\n2018-01-01 00:00,3`, null, /five years/],
  ['a shop that nobody came to', lines((start) => `${start},0`), null, /Nobody ever came/],
];

test.each(broken)('%s is refused at its line, with what to do', (_, text, line, detail) => {
  const { history, faults = [] } = read(text) as Exclude<
    ReturnType<typeof read>,
    { faults: readonly [] }
  >;
  expect(history).toBeNull();
  expect(faults[0]?.line).toBe(line);
  expect(faults[0]?.detail).toMatch(detail);
});

test('a time that the clocks never showed is refused when somebody came then, and passed over when nobody did', () => {
  const spring = (count: number) => `${lines()}\n2026-03-29 02:30,${count}`;
  expect(read(spring(3), 'Europe/Berlin').faults[0]?.detail).toMatch(/never showed/);
  const found = read(spring(0), 'Europe/Berlin');
  expect(found.history).not.toBeNull();
  expect('notes' in found && found.notes.join()).toMatch(
    /twice or never, and that were passed over: 1/,
  );
});

test('no more faults are listed than somebody reads, however many lines say the same', () => {
  const same = `start,arrivals\n${'2026-01-05 00:00,1\n'.repeat(200_000)}`;
  expect(read(same).faults).toHaveLength(21);
  const { faults } = read(lines((start) => `${start},-1`));
  expect(faults).toHaveLength(21);
  expect(faults.at(-1)?.detail).toBe('There are 988 more faults.');
});

test.each([
  ['commas', lines()],
  ['semicolons', lines().replaceAll(',', ';')],
  [
    'tabs, quotes and a mark of byte order',
    `\ufeff${lines().replaceAll(',', '\t').replace('start', '"start"')}`,
  ],
  ['carriage returns and empty lines', lines().replaceAll('\n', '\r\n\r\n')],
  [
    'the columns the other way around',
    lines((start, nth) => `${1 + (nth % 7)},${start}`).replace('start,arrivals', 'arrivals,start'),
  ],
])('a file with %s is read', (_, text) => {
  const { history, ...rest } = read(text);
  expect(rest).toEqual({ notes: [], faults: [] });
  expect(history?.arrivals.size).toBe(1008);
  expect(history?.arrivals.get(FIRST + 5 * 1_800_000)).toBe(6);
});

test('lines in another order and days without lines are used as far as they go, and said', () => {
  const [head = '', ...rows] = lines().split('\n');
  const kept = rows.filter((_, nth) => nth < 200 || nth >= 200 + 48 * 2).reverse();
  const found = read([head, ...kept].join('\n'));
  expect(found.history?.arrivals.size).toBe(1008 - 96);
  expect('notes' in found && found.notes).toEqual([
    `Lines that are earlier than the one before them, and were sorted: ${1008 - 96 - 1}.`,
    expect.stringMatching(/nothing was measured: [12]\./),
  ]);
});

test('times with the offsets that the clocks of the zone had are one clock, over their change too', () => {
  const begin = Date.UTC(2026, 2, 20);
  const rows = Array.from({ length: 48 * 20 }, (_, nth) => {
    const utc = begin + nth * 1_800_000;
    const ahead = utc < Date.UTC(2026, 2, 29, 1) ? 1 : 2;
    return `${new Date(utc + ahead * 3_600_000).toISOString().slice(0, 16)}+0${ahead}:00,5`;
  });
  const found = read(['start,arrivals', ...rows].join('\n'), 'Europe/Berlin');
  expect(found.faults).toEqual([]);
  expect(found.history?.arrivals.size).toBe(48 * 20);
});

test('arrivals one by one are counted by half hour, with none where nobody came between', () => {
  const times = Array.from({ length: 40 }, (_, nth) =>
    new Date(FIRST + nth * 0.4 * DAY + 61_000).toISOString().slice(0, 19),
  );
  const found = read(['arrived', ...times, times[0]].join('\n'));
  const { arrivals } = found.history ?? { arrivals: new Map<number, number>() };
  expect(arrivals.get(FIRST)).toBe(2);
  expect(arrivals.get(FIRST + 1_800_000)).toBe(0);
  expect([...arrivals.values()].reduce((sum, one) => sum + one, 0)).toBe(41);
  expect(arrivals.size).toBe(Math.floor((39 * 0.4 * DAY + 61_000) / 1_800_000) + 1);
});
