// A real receiver of traces by OTLP over HTTP, which misbehaves on demand.
import { onTestFinished } from 'vitest';
import { type ReceiverOptions, startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { decodeSpans, type SentSpan } from './decode-spans.ts';
import { eventually } from './start-test-usher.ts';

export type TraceReceiver = Awaited<ReturnType<typeof startTraceReceiver>>;

export async function startTraceReceiver(options: ReceiverOptions = {}) {
  const receiver = await startReceiver(options);
  onTestFinished(() => receiver.stop());
  const spans = (): SentSpan[] => receiver.requests.flatMap(({ body }) => decodeSpans(body));
  return {
    receiver,
    spans,
    /** What turns traces on, and has them sent soon. */
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '20' },
    /** Those of a trace that has all these spans, in the order in which they began. */
    traceWith: async (...names: string[]): Promise<SentSpan[]> => {
      const all = () => [...Map.groupBy(spans(), ({ traceId }) => traceId).values()];
      // The names of all, so that what is missing is seen.
      const isThere = (found: readonly SentNames[]) => found.some(hasAll(names));
      await eventually(() => all().map((trace) => trace.map(({ name }) => name)), isThere);
      const trace = all().find((one) => hasAll(names)(one.map(({ name }) => name))) ?? [];
      return trace.sort((a, b) => Number(a.startNs - b.startNs));
    },
  };
}

type SentNames = readonly string[];

const hasAll = (names: SentNames) => (sent: SentNames) =>
  names.every((name) => sent.includes(name));
