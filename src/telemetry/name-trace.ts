// What every log line says of the trace it belongs to, so that each is found by the other.
import { currentTrace } from '../trace.ts';

/** Fields as OpenTelemetry names them in other formats (opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context). */
export function nameTrace(): { trace_id?: string; span_id?: string } {
  const trace = currentTrace();
  return trace === null ? {} : { trace_id: trace.traceId, span_id: trace.spanId };
}
