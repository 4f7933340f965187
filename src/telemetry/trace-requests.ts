// The span of a request, and whose trace it continues.
import {
  type Context,
  createTraceState,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import type { RequestTraces, TracedRequest } from '../http/trace-requests.ts';
import { traceOf } from './span-parts.ts';

/** Without url.path and user_agent: a path may hold a secret, and nobody's browser is anybody's business. */
export function beginRequests(
  tracer: Tracer,
  trusts: (address: string | undefined) => boolean,
): RequestTraces {
  return {
    begin: (request) => {
      const { method, route } = request;
      const attributes = { [ATTR_HTTP_REQUEST_METHOD]: method, [ATTR_HTTP_ROUTE]: route };
      const options = { kind: SpanKind.SERVER, attributes };
      const from = readParent(request, trusts);
      const span = tracer.startSpan(`${method} ${route}`, options, from);
      const begun = traceOf(span);
      if (begun === null) return null;
      return {
        trace: begun,
        end: (status) => {
          if (!span.isRecording()) return;
          if (status !== null) span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
          if (status === null || status >= 500) {
            span.setAttribute(ATTR_ERROR_TYPE, status === null ? 'aborted' : String(status));
            span.setStatus({ code: SpanStatusCode.ERROR });
          }
          span.end();
        },
      };
    },
  };
}

/** Of what cannot be read, or is a stranger's: none. */
function readParent(
  { traceparent, tracestate, addresses }: TracedRequest,
  trusts: (address: string | undefined) => boolean,
): Context {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  if (parent === null || !addresses().some(trusts)) return ROOT_CONTEXT;
  const remote = { ...parent, isRemote: true };
  const state = tracestate === undefined ? {} : { traceState: createTraceState(tracestate) };
  return trace.setSpanContext(ROOT_CONTEXT, { ...remote, ...state });
}
