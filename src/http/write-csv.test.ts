import { expect, test } from 'vitest';
import { writeCsv } from './write-csv.ts';

test('what a spreadsheet would run is text to it', () => {
  const cells = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '＝1',
    '=HYPERLINK("http://a","b")',
  ];
  for (const cell of cells) expect(writeCsv([[cell]]).replace(/^"/, '')).toMatch(/^'/);
});

test('numbers stay numbers, and quotes, commas and line ends stay in their cell', () => {
  expect(writeCsv([['a,b', 'say "hi"', 'two\nlines', -1.5, null, ' x']])).toBe(
    '"a,b","say ""hi""","two\nlines",-1.5,," x"\r\n',
  );
});
