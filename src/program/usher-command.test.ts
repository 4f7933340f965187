// How the command is written, by how it was started.
import { expect, test } from 'vitest';
import { makeSpeller } from './usher-command.ts';

const here = { file: 'file:///x/src/usher-command.ts', started: '/x/src/cli/usher.ts' };
const built = { file: 'file:///x/dist/src/usher-command.js', started: '/x/dist/src/cli/usher.js' };

test('in a checkout it is written as the script of npm that runs it', () => {
  const spell = makeSpeller(here);
  expect(['agents --json', 'serve', 'demo', 'demo --check', ''].map(spell)).toEqual([
    'npm run usher -- agents --json',
    'npm start',
    'npm run demo',
    'npm run demo -- --check',
    'npm run usher --',
  ]);
});

test('one that npm has installed in a folder is written with npx', () => {
  const started = '/shop/node_modules/.bin/usher';
  expect(makeSpeller({ ...built, started })('serve')).toBe('npx usher serve');
});

test('a built one is written with its file, and one on the path by its name', () => {
  expect(makeSpeller(built)('agents')).toBe('node /x/dist/src/cli/usher.js agents');
  expect(makeSpeller({ ...built, started: '/usr/bin/usher' })('agents')).toBe('usher agents');
});
