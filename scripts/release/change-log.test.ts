import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cutChangeLog, readMustDo } from './change-log.ts';

const text = `# Changelog

## Unreleased

### Added

- Macros.

### Changed

#### What you must do or may notice when you update

- Restart all nodes.
- \`m\` sends.

#### Routing

- Faster.

## 0.1.0 – 2026-01-02

### Added

- Everything.
`;
const release = { version: '0.2.0', date: '2026-03-04' };

test('what was unreleased gets the number and the day, and what was released before stays', () => {
  const cut = cutChangeLog(text, release);
  expect(cut).toContain('## Unreleased\n\n## 0.2.0 – 2026-03-04\n\n### Added\n\n- Macros.\n');
  expect(cut.slice(cut.indexOf('## 0.1.0'))).toBe(text.slice(text.indexOf('## 0.1.0')));
  expect(cut.replace('\n## 0.2.0 – 2026-03-04\n', '')).toBe(text);
});

test('a second release with nothing new is refused', () => {
  const cut = cutChangeLog(text, release);
  expect(() => cutChangeLog(cut, { ...release, version: '0.3.0' })).toThrow('says nothing');
});

test('what users must do is read without what follows it', () => {
  expect(readMustDo(text)).toBe('- Restart all nodes.\n- `m` sends.');
  const [start, end] = [text.indexOf('#### What'), text.indexOf('#### Routing')];
  expect(readMustDo(text.slice(0, start) + text.slice(end))).toBe('');
});

test('the changelog of the project can be cut', () => {
  const ours = readFileSync('CHANGELOG.md', 'utf8');
  expect(cutChangeLog(ours, release)).toContain('## 0.2.0 – 2026-03-04');
  expect(readMustDo(ours)).toMatch(/^- /);
});
