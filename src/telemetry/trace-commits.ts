// The spans of commits: one in the trace of each request that shares a commit, and of each that a pass serves.
import { type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { CommitTrace, CommitTraces, Touched } from '../desk/trace-commit.ts';
import type { TraceContext } from '../store/trace-contexts.ts';
import { currentTraces, type Trace } from '../trace.ts';
import type { Contexts } from './keep-contexts.ts';
import { below, WORKSPACE } from './span-parts.ts';

const MOST_LINKS = 32;

interface Means {
  tracer: Tracer;
  contexts: Contexts;
}

export function traceCommits(means: Means): CommitTraces {
  return {
    begin: ({ workspaceId, isPass }) => {
      if (isPass) return beginPass(means, workspaceId);
      const traces = currentTraces();
      return traces.length === 0 ? null : beginCommit(means, workspaceId, traces);
    },
  };
}

function beginCommit(
  means: Means,
  workspaceId: string,
  traces: readonly (Trace | null)[],
): CommitTrace {
  const attributes = { [WORKSPACE]: workspaceId, 'usher.commit.requests': traces.length };
  const begin = (parent: Trace) => means.tracer.startSpan('commit', { attributes }, below(parent));
  const spans = traces.map((parent) => (parent === null ? null : begin(parent)));
  return {
    done: (touched) => {
      for (const span of spans) span?.end();
      means.contexts.keep(workspaceId, assign(spans, touched));
    },
    failed: () => {
      for (const span of spans) span?.setStatus({ code: SpanStatusCode.ERROR }).end();
    },
  };
}

/** Which span has changed which conversation. Of several whose conversations are not known: none. */
function assign(
  spans: readonly (Span | null)[],
  { conversationIds, gathered }: Touched,
): TraceContext[] {
  const [only] = spans;
  if (spans.length === 1) return contextsOf(only ?? null, conversationIds);
  if (gathered?.length !== spans.length) return [];
  return spans.flatMap((span, place) => {
    const id = gathered[place] ?? null;
    return id === null ? [] : contextsOf(span, [id]);
  });
}

function contextsOf(span: Span | null, conversationIds: readonly string[]): TraceContext[] {
  if (span === null) return [];
  const { traceId, spanId } = span.spanContext();
  return conversationIds.map((conversationId) => ({ conversationId, traceId, spanId }));
}

function beginPass(means: Means, workspaceId: string): CommitTrace {
  const began = performance.now();
  return {
    // What it tells is then told by it, and not by the requests before it.
    ready: means.contexts.settled(),
    done: ({ conversationIds }) => {
      if (conversationIds.length === 0) return;
      const ended = performance.now();
      const pass = { workspaceId, began, ended, conversations: conversationIds.length };
      means.contexts.keepAfter({ workspaceId, conversationIds }, (latest) =>
        writePass(means, pass, latest),
      );
    },
    // It is repeated.
    failed: () => {},
  };
}

/** One in each trace; each is linked to the others of the pass. Answers what each has changed. */
function writePass(
  { tracer }: Means,
  pass: { workspaceId: string; began: number; ended: number; conversations: number },
  served: readonly TraceContext[],
): TraceContext[] {
  const attributes = {
    [WORKSPACE]: pass.workspaceId,
    'usher.pass.conversations': pass.conversations,
  };
  const options = { attributes, startTime: pass.began };
  const byParent = Map.groupBy(served, ({ traceId, spanId }) => `${traceId} ${spanId}`);
  const passes = [...byParent.values()].map((contexts) => ({
    contexts,
    span: tracer.startSpan('pass', options, below(contexts[0] as TraceContext)),
  }));
  const links = passes.map(({ span }) => ({ context: span.spanContext() }));
  return passes.flatMap(({ contexts, span }, nth) => {
    const others = links.slice(0, MOST_LINKS + 1).filter((_, other) => other !== nth);
    span.addLinks(others.slice(0, MOST_LINKS));
    span.end(pass.ended);
    return contextsOf(
      span,
      contexts.map(({ conversationId }) => conversationId),
    );
  });
}
