// Begins a trace with each request that may change something or is asked by a person, where traces are on.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inTrace, type Trace } from '../trace.ts';

export interface RequestTraces {
  /** null: it is not recorded. */
  begin(request: TracedRequest): RequestTrace | null;
}

export interface TracedRequest {
  method: string;
  /** The route's pattern: the address itself may carry a secret. */
  route: string;
  /** Who may be asking: whoever is at the other end of the connection, and whom trusted proxies name. To ask is dear. */
  addresses(): readonly (string | undefined)[];
  traceparent: string | undefined;
  tracestate: string | undefined;
}

export interface RequestTrace {
  readonly trace: Trace;
  /** null: the client has gone. Further calls do nothing. */
  end(status: number | null): void;
}

/** Asked by machines, often, and of no use in a trace. */
const LEFT_OUT = /^\/(livez|readyz|metrics|openapi\.json|docs(\/.*)?|.*\*|.*\.js)?$/;

export function traceRequests(app: FastifyInstance, traces: RequestTraces | undefined): void {
  if (traces === undefined) return;
  const begun = new WeakMap<FastifyRequest, RequestTrace>();
  app.addHook('onRequest', (request, _reply, done) => {
    const traced = begin(traces, request);
    if (traced === null) return done();
    begun.set(request, traced);
    return inTrace(traced.trace, done);
  });
  // What follows the reading of a body, or of the answer, is called by the connection.
  app.addHook('preValidation', (request, _reply, done) => {
    const traced = begun.get(request);
    if (traced === undefined) done();
    else inTrace(traced.trace, done);
  });
  app.addHook('onResponse', (request, { statusCode }, done) => {
    const traced = begun.get(request);
    if (traced === undefined) return done();
    traced.end(statusCode);
    return inTrace(traced.trace, done);
  });
  app.addHook('onRequestAbort', async (request) => begun.get(request)?.end(null));
}

function begin(traces: RequestTraces, request: FastifyRequest): RequestTrace | null {
  const { method, headers, socket } = request;
  const { url: route } = request.routeOptions;
  if (route === undefined || LEFT_OUT.test(route)) return null;
  return traces.begin({
    ...{ method, route },
    addresses: () => [socket.remoteAddress, request.ip],
    traceparent: readOne(headers.traceparent),
    tracestate: readOne(headers.tracestate),
  });
}

function readOne(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
