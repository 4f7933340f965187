// What somebody who starts Usher on a terminal sees of the log.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { openLogs } from '../telemetry/log.ts';
import { openTerminalLog } from './terminal-log.ts';

test('lines are plain, wait for the end of the start, and come at once from then on', () => {
  let said = '';
  const terminal = openTerminalLog((text) => {
    said += stripVTControlCharacters(text);
  });
  const { log } = openLogs({ LOG_LEVEL: 'warn', LOG_STACK: 'single' }, terminal.stream);
  log.warn({ plain: 2 }, 'Two secrets stand plain');
  log.info({}, 'serves');
  expect(said).toBe('');
  terminal.release();
  expect(said).toBe('\n  Warning: Two secrets stand plain\n');
  log.error({ err: new Error('no \u001b[31mline') }, 'reading');
  expect(said.split('\n').at(-2)).toMatch(/^ {2}Error: reading: no .*line$/);
});
