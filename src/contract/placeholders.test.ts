import { expect, test } from 'vitest';
import { fillPlaceholders, listUnknownPlaceholders } from './placeholders.ts';

const nobody = { name: null, agent: 'Budi' };
const sari = { name: 'Sari', agent: 'Budi' };

test('whoever has a name is called by it', () => {
  expect(fillPlaceholders('Hello {name|there}, this is {agent}.', sari)).toBe(
    'Hello Sari, this is Budi.',
  );
});

test('what stands behind the bar is said to whoever has no name', () => {
  expect(fillPlaceholders('Hello {name|there}, this is {agent}.', nobody)).toBe(
    'Hello there, this is Budi.',
  );
});

test('without anything to say the space in front goes too', () => {
  expect(fillPlaceholders('Hello {name}, this is {agent}.', nobody)).toBe('Hello, this is Budi.');
  expect(fillPlaceholders('Hello {name}!', { ...nobody, name: '  ' })).toBe('Hello!');
});

test('a name that reads like a placeholder is not filled once more', () => {
  expect(fillPlaceholders('{name}', { name: '{agent} $& $1', agent: 'Budi' })).toBe(
    '{agent} $& $1',
  );
});

test('what nobody fills is named, once, and stays as it is written', () => {
  const text = 'Dear {nmae}, { nmae } and {Name|you}: {agent}';
  expect(listUnknownPlaceholders(text)).toEqual(['nmae', 'Name']);
  expect(fillPlaceholders(text, sari)).toBe('Dear {nmae}, { nmae } and {Name|you}: Budi');
});

test('braces around anything else are text', () => {
  for (const text of ['{}', '{"a": 1}', '{ 1 }', 'a { b', '{name', '{{', '{|there}']) {
    expect(listUnknownPlaceholders(text), text).toEqual([]);
    expect(fillPlaceholders(text, sari)).toBe(text);
  }
});
