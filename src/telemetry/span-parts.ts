// What all our spans have in common.
import { type Context, ROOT_CONTEXT, type Span, TraceFlags, trace } from '@opentelemetry/api';
import type { Trace } from '../trace.ts';
import type { TraceLog } from './open-tracing.ts';

export const WORKSPACE = 'usher.workspace.id';

/** For a span below that one, which is recorded. */
export function below({ traceId, spanId }: Trace): Context {
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED });
}

/** null: it is not recorded. */
export function traceOf(span: Span): Trace | null {
  if (!span.isRecording()) return null;
  const { traceId, spanId } = span.spanContext();
  return { traceId, spanId };
}

/** Where it is not known to which trace something belongs, the trace ends there: nobody waits for more. */
export function noteLost(log: TraceLog): (error: unknown) => undefined {
  return (error) => {
    log.debug({ err: error }, 'a trace was lost');
    return undefined;
  };
}
