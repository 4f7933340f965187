// Begins a trace with each publish that may change a conversation, where traces are on.
import { inTrace, type Trace } from '../trace.ts';
import type { Taken } from './publishing.ts';
import type { Topic } from './topics.ts';

export interface PublishTraces {
  /** `topic`: its template: the topic itself names a customer. null: it is not recorded. */
  begin(topic: string): PublishTrace | null;
}

export interface PublishTrace {
  readonly trace: Trace;
  /** How it ended; failed: it is sent again. */
  end(how: 'taken' | 'ignored' | 'forbidden' | 'failed'): void;
}

/** Rejects as the work does. */
export async function tracePublish(
  traces: PublishTraces | undefined,
  topic: Topic,
  work: () => Promise<Taken>,
): Promise<Taken> {
  const template = templateOf(topic);
  const traced = template === null ? null : (traces?.begin(template) ?? null);
  if (traced === null) return work();
  try {
    const taken = await inTrace(traced.trace, work);
    traced.end(typeof taken === 'object' ? 'ignored' : taken);
    return taken;
  } catch (error) {
    traced.end('failed');
    throw error;
  }
}

/** null: it comes often, and changes no conversation. */
function templateOf(topic: Topic): string | null {
  switch (topic.kind) {
    case 'session':
      return topic.end.endsWith('messages')
        ? `server/sessions/:customer/:session/${topic.end}`
        : null;
    case 'sessions/request':
    case 'sessions/online':
    case 'sessions/close':
    case 'attendants/assign':
      return `server/${topic.kind}`;
    default:
      return null;
  }
}
