// Sends spans by OTLP over HTTP, by our own way out: bounded, and given up when the process stops.
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Outbound, OutboundAnswer } from '../outbound/open-guarded-outbound.ts';
import { readRetryAfter } from '../outbound/read-retry-after.ts';
import { outOfTrace } from '../trace.ts';
import type { TraceLog } from './open-tracing.ts';

export interface ExportOptions {
  url: string;
  headers: Record<string, string>;
  /** For a batch, with all tries. */
  timeoutMs: number;
  outbound: Pick<Outbound, 'send'>;
  /** What is under way then is given up. */
  signal: AbortSignal;
  log: TraceLog;
  clock: { now(): number; elapsed(): number; after(ms: number, act: () => void): () => void };
}

/** To be tried again, says OTLP (opentelemetry.io/docs/specs/otlp, retryable response codes). */
const RETRYABLE = [429, 502, 503, 504];
const RETRY_MS = 1000;

/** Its `export` is called for a batch at a time. Whether it works is said when that changes. */
export function exportSpans(options: ExportOptions): SpanExporter {
  const { log, url } = options;
  const { origin } = new URL(url);
  let fails = false;
  const note = (result: string | null): void => {
    if (result !== null && !fails) {
      log.warn({ to: origin, result }, 'traces cannot be sent, and are dropped until they can');
    }
    if (result === null && fails) log.info({ to: origin }, 'traces are sent again');
    fails = result !== null;
  };
  return {
    export: (spans, callback) => {
      const send = async (): Promise<void> => {
        const result = await sendBatch(options, spans);
        note(result);
        callback(toResult(result));
      };
      // Of no request, though one may have begun the wait for it.
      void outOfTrace(send);
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}

function toResult(result: string | null): ExportResult {
  if (result === null) return { code: ExportResultCode.SUCCESS };
  return { code: ExportResultCode.FAILED, error: new Error(result) };
}

/** null: it was taken. Otherwise why not. Never rejects. */
async function sendBatch(options: ExportOptions, spans: ReadableSpan[]): Promise<string | null> {
  const { clock, timeoutMs, signal } = options;
  try {
    const body = Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? []);
    const began = clock.elapsed();
    for (;;) {
      const left = timeoutMs - (clock.elapsed() - began);
      const answer = await sendOnce(options, body, left);
      if (answer.ok && answer.status < 300) return null;
      const waitMs = retryIn(answer, clock.now());
      const leftAfter = timeoutMs - (clock.elapsed() - began);
      if (waitMs === null || waitMs >= leftAfter || signal.aborted) return describe(answer);
      await pause(options, waitMs);
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function sendOnce(
  { url, headers, outbound, signal }: ExportOptions,
  body: Buffer,
  timeoutMs: number,
): Promise<OutboundAnswer> {
  return outbound.send({
    ...{ url, method: 'POST', body, verifyTls: true, timeoutMs, signal },
    headers: { ...headers, 'content-type': 'application/x-protobuf' },
  });
}

/** null: never. */
function retryIn(answer: OutboundAnswer, now: number): number | null {
  if (!answer.ok) return answer.error === 'reset' || answer.error === 'refused' ? RETRY_MS : null;
  if (!RETRYABLE.includes(answer.status)) return null;
  return readRetryAfter(answer.headers['retry-after'], now) ?? RETRY_MS;
}

function describe(answer: OutboundAnswer): string {
  return answer.ok ? `answered ${answer.status}` : answer.error;
}

function pause({ clock, signal }: ExportOptions, ms: number): Promise<void> {
  return new Promise((done) => {
    const cancel = clock.after(ms, done);
    signal.addEventListener(
      'abort',
      () => {
        cancel();
        done();
      },
      { once: true },
    );
  });
}
