// What a line of the log says besides its words.
import { expect, test } from 'vitest';
import { inTrace } from '../trace.ts';
import { openLogs } from './log.ts';

test('a line names the trace in which it is written, and none outside of one', async () => {
  const lines: unknown[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  const config = {
    LOG_LEVEL: 'info',
    LOG_STACK: 'single',
  } as const;
  const { log, flush } = openLogs(config, { write });
  inTrace({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }, () => log.info({}, 'inside'));
  log.info({}, 'outside');
  await flush();
  expect(lines).toEqual([
    {
      level: 30,
      time: expect.any(String),
      trace_id: 'a'.repeat(32),
      span_id: 'b'.repeat(16),
      msg: 'inside',
    },
    { level: 30, time: expect.any(String), msg: 'outside' },
  ]);
});
