// The samplers that OpenTelemetry's variable names are those that it describes.
import { createHash } from 'node:crypto';
import { ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { makeSampler } from './make-sampler.ts';

const TRACES = Array.from({ length: 1000 }, (_, n) =>
  createHash('md5').update(`${n}`).digest('hex'),
);

/** The share that is recorded: without a parent, with one that is not recorded, with one that is. */
function shares(name: string, ratio = '1'): number[] {
  const sampler = makeSampler(
    readConfig({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio }),
  );
  return [null, TraceFlags.NONE, TraceFlags.SAMPLED].map((traceFlags) => {
    const taken = TRACES.filter((traceId) => {
      const parent = { traceId, spanId: 'b7ad6b7169203331', traceFlags: traceFlags ?? 0 };
      const context =
        traceFlags === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
      const { decision } = sampler.shouldSample(context, traceId, 'a', SpanKind.SERVER, {}, []);
      return decision === SamplingDecision.RECORD_AND_SAMPLED;
    });
    return taken.length / TRACES.length;
  });
}

test.each([
  ['always_on', [1, 1, 1]],
  ['always_off', [0, 0, 0]],
  ['parentbased_always_on', [1, 0, 1]],
  ['parentbased_always_off', [0, 0, 1]],
])('%s', (name, wanted) => expect(shares(name)).toEqual(wanted));

test('a ratio holds for those without a parent, or for all', () => {
  const [root = 0, unsampled, sampled] = shares('parentbased_traceidratio', '0.25');
  expect([unsampled, sampled]).toEqual([0, 1]);
  expect(root).toBeGreaterThan(0.15);
  expect(root).toBeLessThan(0.35);
  expect(shares('traceidratio', '0.25')).toEqual([root, root, root]);
});
