// The span of an attempt to deliver, in the trace of what wrote the delivery.
import { type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { ATTR_HTTP_RESPONSE_STATUS_CODE } from '@opentelemetry/semantic-conventions';
import type { Pool } from 'pg';
import type { Carried } from '../delivery/carrier.ts';
import type { DeliveryTraces } from '../delivery/trace-attempt.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import { findTracesOfDeliveries } from '../store/trace-contexts.ts';
import { inTrace, type Trace } from '../trace.ts';
import type { Contexts } from './keep-contexts.ts';
import type { TraceLog } from './open-tracing.ts';
import { below, traceOf, WORKSPACE } from './span-parts.ts';

export function traceDeliveries(means: {
  tracer: Tracer;
  db: Pool;
  log: TraceLog;
  contexts: Pick<Contexts, 'settled'>;
}): DeliveryTraces {
  const { tracer, db, log, contexts } = means;
  const known = new WeakMap<Delivery, Trace>();
  const attempted = new WeakMap<Delivery, Trace>();
  return {
    learn: async (workspaceId, deliveries) => {
      if (deliveries.length === 0) return;
      // What they belong to is being written, and so is what the pass has left.
      await contexts.settled();
      const ids = deliveries.map(({ deliveryId }) => deliveryId);
      const lost = (error: unknown) => log.debug({ err: error }, 'traces have come apart');
      const found = await findTracesOfDeliveries(db, workspaceId, ids).catch(lost);
      const byId = new Map((found ?? []).map((one) => [one.deliveryId, one]));
      for (const delivery of deliveries) {
        const trace = byId.get(delivery.deliveryId);
        if (trace !== undefined) known.set(delivery, trace);
      }
    },
    attempt: async (delivery, carry) => {
      const parent = known.get(delivery);
      if (parent === undefined) return carry();
      const span = begin(tracer, delivery, parent);
      const trace = traceOf(span) ?? parent;
      attempted.set(delivery, trace);
      try {
        const carried = await inTrace(trace, carry);
        note(span, carried);
        return carried;
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
    of: (delivery) => attempted.get(delivery) ?? null,
  };
}

/** Of the subscriber its id alone: an address may carry a secret. */
function begin(tracer: Tracer, delivery: Delivery, parent: Trace): Span {
  const { workspaceId, subscriberId, type, attempts } = delivery;
  const attributes = {
    [WORKSPACE]: workspaceId,
    'usher.subscriber.id': subscriberId,
    'usher.delivery.type': type,
    'usher.delivery.attempt': attempts,
  };
  return tracer.startSpan(`deliver ${type}`, { kind: SpanKind.CLIENT, attributes }, below(parent));
}

function note(span: Span, carried: Carried | null): void {
  span.setAttribute('usher.delivery.state', carried?.state ?? 'not tried');
  if (typeof carried?.status === 'number') {
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, carried.status);
  }
  if (carried !== null && carried.state !== 'done') {
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
}
