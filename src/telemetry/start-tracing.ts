// The tracer, and what it does at the joints of a request, a commit and a delivery.
import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { Config } from '../config.ts';
import { version } from '../program/version.ts';
import { exportSpans } from './export-spans.ts';
import { keepContexts } from './keep-contexts.ts';
import { makeSampler } from './make-sampler.ts';
import type { TraceMeans, Tracing } from './open-tracing.ts';
import { traceCommits } from './trace-commits.ts';
import { traceDeliveries } from './trace-deliveries.ts';
import { beginPublishes } from './trace-publishes.ts';
import { beginRequests } from './trace-requests.ts';

const MOST_IN_BATCH = 512;
const FLUSH_MS = 3000;
/** A span of ours has a handful; what cannot be is not kept. */
const LIMITS = { attributeValueLengthLimit: 256, attributeCountLimit: 16, linkCountLimit: 32 };

export function startTracing(config: Config, means: TraceMeans & { url: string }): Tracing {
  const { db, log, clock, outbound, url } = means;
  const giveUp = new AbortController();
  const exporter = exportSpans({
    ...{ url, outbound, log, clock, signal: giveUp.signal },
    headers: parseKeyPairsIntoRecord(config.OTEL_EXPORTER_OTLP_HEADERS),
    timeoutMs: config.OTEL_EXPORTER_OTLP_TIMEOUT,
  });
  const maxQueueSize = config.OTEL_BSP_MAX_QUEUE_SIZE;
  const processor = new BatchSpanProcessor({
    ...{ exporter, maxQueueSize },
    maxExportBatchSize: Math.min(MOST_IN_BATCH, maxQueueSize),
    scheduledDelayMillis: config.OTEL_BSP_SCHEDULE_DELAY,
    // The exporter bounds itself, and says what became of it.
    exportTimeoutMillis: 2 * config.OTEL_EXPORTER_OTLP_TIMEOUT,
  });
  const provider = new TracerProvider({
    sampler: makeSampler(config),
    resource: resourceFromAttributes({
      ...parseKeyPairsIntoRecord(config.OTEL_RESOURCE_ATTRIBUTES),
      [ATTR_SERVICE_NAME]: config.OTEL_SERVICE_NAME,
      [ATTR_SERVICE_VERSION]: version,
    }),
    spanLimits: LIMITS,
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('usher', version);
  const contexts = keepContexts({ db, log, clock });
  log.info({ to: new URL(url).origin }, 'traces are sent');
  return {
    requests: beginRequests(tracer, means.trusts),
    publishes: beginPublishes(tracer),
    commits: traceCommits({ tracer, contexts }),
    deliveries: traceDeliveries({ tracer, db, log, contexts }),
    stop: async () => {
      AbortSignal.timeout(FLUSH_MS).addEventListener('abort', () => giveUp.abort());
      await contexts.settled();
      // What could not be sent has been said.
      await provider.shutdown().catch(() => {});
    },
  };
}
