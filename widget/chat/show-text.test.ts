// Text stays text: what becomes a link, what is large, what stands together, and which colours can be read.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrastOf, makeAccent, SURFACES } from '../../browser/make-accent.ts';
import { groupMessages } from './group-messages.ts';
import { isOnlyEmoji, linkText } from './link-text.ts';
import { type ChatMessage, initialState } from './state.ts';

const links = (text: string) => linkText(text).flatMap(({ href }) => href ?? []);

test.each([
  ['see https://example.com/a?b=c#d.', ['https://example.com/a?b=c#d']],
  [
    '(https://example.com/x_(y)) and http://b.example!',
    ['https://example.com/x_(y)', 'http://b.example/'],
  ],
  ['javascript:alert(1) data:text/html,x ftp://a.example', []],
  ['https://', []],
  ['https://example.com"><img src=x>', ['https://example.com/']],
  ['한국어 https://예시.한국 입니다', ['https://xn--vv4b11d.xn--3e0b707e/']],
])('%s links %j', (text, expected) => {
  expect(links(text)).toEqual(expected);
});

test('whatever the text, its pieces are the text, and links are http or https', () => {
  const text = fc
    .array(
      fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('https://', '(', ')', ' ', 'javascript:')),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (value) => {
      const pieces = linkText(value);
      expect(pieces.map((piece) => piece.text).join('')).toBe(value);
      for (const { href } of pieces) if (href !== null) expect(href).toMatch(/^https?:\/\//);
    }),
  );
});

/** Milliseconds of processor time, the least of three runs: waiting for a core costs none. */
function costOf(run: () => unknown): number {
  const took = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...took);
}

const hostile: [string, (length: number) => string][] = [
  ...[
    ')',
    '.',
    '(',
    '](',
    'https://a.example/).',
    'https://',
    'http://(',
    'a@',
    '%25',
    '..',
    '/../',
  ].map((ending): [string, (length: number) => string] => [
    `an address with ${ending} again and again`,
    (length) => `https://a.example/${ending.repeat(length / ending.length)}`,
  ]),
  ['broken addresses', (length) => 'https:// '.repeat(length / 9)],
  ['many addresses', (length) => 'https://a.b '.repeat(length / 12)],
  ['a host without end', (length) => `https://${'ü한x'.repeat(length / 3)}`],
  ['an emoji before much white', (length) => `👍${' '.repeat(length)}x`],
  ['families without end', (length) => '👩‍'.repeat(length / 3)],
];

test.each(hostile)('160,000 characters of %s are read within half a second', (_, make) => {
  const text = make(160_000);
  expect(costOf(() => [linkText(text), isOnlyEmoji(text)])).toBeLessThan(500);
});

test.each([
  ['👍', true],
  ['👩🏽‍💻 🇮🇩 1️⃣', true],
  ['👍👍👍👍', false],
  ['ok 👍', false],
  ['1', false],
])('%s is shown large: %s', (text, expected) => {
  expect(isOnlyEmoji(text)).toBe(expected);
});

test('messages of one person within three minutes of a day stand together', () => {
  const noon = new Date(2026, 4, 5, 12).getTime();
  const make = (seq: number, id: string, at: number): ChatMessage => ({
    id: `m${seq}`,
    seq,
    clientMessageId: null,
    from: { id, name: id, avatarUrl: null },
    at,
    text: '',
    attachments: [],
    quickReplies: [],
    isRead: false,
  });
  const messages = [
    make(1, 'a', noon),
    make(2, 'a', noon + 1000),
    make(3, 'b', noon + 2000),
    make(4, 'b', noon + 10 * 60_000),
    make(5, 'b', noon + 24 * 3_600_000),
  ];
  const groups = groupMessages({ ...initialState, messages });
  expect(groups.map((group) => [group.messages.length, group.startsDay])).toEqual([
    [2, true],
    [1, false],
    [1, false],
    [1, true],
  ]);
});

test('whatever the brand’s colour, what is written on it and in it can be read', () => {
  const colour = fc
    .integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(colour, fc.constantFrom(...Object.values(SURFACES)), (value, surface) => {
      const { fill, onFill, text } = makeAccent(value, surface);
      expect(contrastOf(fill, onFill)).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(text, surface)).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 2000 },
  );
});
