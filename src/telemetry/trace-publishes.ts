// The span of what a client of web chat publishes, by the conventions for messaging (OpenTelemetry, Semantic conventions for messaging spans).
import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { PublishTraces } from '../mqtt/trace-publishes.ts';
import { traceOf } from './span-parts.ts';

const OPERATION = 'process';

/** Without the topic itself, which names a customer. */
export function beginPublishes(tracer: Tracer): PublishTraces {
  return {
    begin: (topic) => {
      const attributes = {
        'messaging.system': 'mqtt',
        'messaging.operation.name': OPERATION,
        'messaging.destination.template': topic,
      };
      const span = tracer.startSpan(`${OPERATION} ${topic}`, {
        ...{ kind: SpanKind.CONSUMER, attributes, root: true },
      });
      const begun = traceOf(span);
      if (begun === null) return null;
      return {
        trace: begun,
        end: (how) => {
          span.setAttribute('usher.publish.state', how);
          if (how === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
  };
}
