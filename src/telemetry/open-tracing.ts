// Traces by OpenTelemetry: off unless an address is set, and then its code is not even loaded.
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import { type Config, readTracesUrl } from '../config.ts';
import type { DeliveryTraces } from '../delivery/trace-attempt.ts';
import type { CommitTraces } from '../desk/trace-commit.ts';
import type { RequestTraces } from '../http/trace-requests.ts';
import type { PublishTraces } from '../mqtt/trace-publishes.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';

export interface TraceLog {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface TraceMeans {
  db: Pool;
  log: TraceLog;
  clock: Clock;
  /** To what the environment names. */
  outbound: Pick<Outbound, 'send'>;
  /** Whether the traces of requests from there are continued. */
  trusts(address: string | undefined): boolean;
}

export interface Tracing {
  requests: RequestTraces;
  publishes: PublishTraces;
  commits: CommitTraces;
  deliveries: DeliveryTraces;
  /** Sends what was recorded, for three seconds at most. */
  stop(): Promise<void>;
}

/** null: traces are off. */
export async function openTracing(config: Config, means: TraceMeans): Promise<Tracing | null> {
  const url = readTracesUrl(config);
  if (url === null) return null;
  const { startTracing } = await import('./start-tracing.ts');
  return startTracing(config, { ...means, url });
}
