// What all our spans have in common.
import { type Context, ROOT_CONTEXT, type Span, TraceFlags, trace } from '@opentelemetry/api';
import type { Trace } from '../trace.ts';

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
