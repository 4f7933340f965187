// A span replayed part by part: how far it is, what was found so far, stopped between and within parts.
import { useEffect, useRef, useState } from 'react';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import type { Replay } from '../../../src/contract/replays.ts';
import { ask, client } from '../../api/client.ts';
import type { Span } from './measure-span.ts';
import { partOf, sumReplays } from './sum-replays.ts';

export interface ReplayRun {
  state: 'idle' | 'running' | 'done' | 'stopped' | 'failed';
  span: Span | null;
  /** From 0 to 1. */
  progress: number;
  found: Replay | null;
  error: unknown;
}

const idle: ReplayRun = { state: 'idle', span: null, progress: 0, found: null, error: null };

export function useReplay() {
  const [run, setRun] = useState(idle);
  const stopper = useRef<AbortController | null>(null);
  // Nobody looks at it any more.
  useEffect(() => () => stopper.current?.abort(), []);
  /** `against`: another policy, to be asked where it would have sent each; null: none. */
  const start = async (span: Span, against: PolicyDocument | null): Promise<void> => {
    stopper.current?.abort();
    const own = new AbortController();
    stopper.current = own;
    const tell = (change: Partial<ReplayRun>) => {
      if (stopper.current === own) setRun((before) => ({ ...before, ...change }));
    };
    tell({ ...idle, state: 'running', span });
    try {
      await replayParts(span, {
        ...{ against, signal: own.signal },
        onPart: (found, progress) => tell({ found, progress }),
      });
      tell({ state: 'done' });
    } catch (error) {
      tell(own.signal.aborted ? { state: 'stopped' } : { state: 'failed', error });
    }
  };
  return { run, start, stop: () => stopper.current?.abort() };
}

async function replayParts(
  { from, until }: Span,
  means: {
    against: PolicyDocument | null;
    signal: AbortSignal;
    onPart(found: Replay, progress: number): void;
  },
): Promise<void> {
  const { onPart } = means;
  const step = partOf({ from, until });
  let found: Replay | null = null;
  for (let at = from; at < until; ) {
    const part = await replayPart({ from: at, until: Math.min(until, at + step) }, means);
    found = sumReplays(found, part);
    // Where time ran out the next part begins there; where nothing was done within it, none would end.
    const end = Date.parse(part.until);
    if (end <= at) throw new Error('The server came no further.');
    at = end;
    onPart(found, (at - from) / (until - from));
  }
}

async function replayPart(
  { from, until }: Span,
  { against, signal }: { against: PolicyDocument | null; signal: AbortSignal },
): Promise<Replay> {
  const body = {
    ...{ from: new Date(from).toISOString(), until: new Date(until).toISOString() },
    ...(against !== null && { against: against as never }),
  };
  return (await ask(client.POST('/api/v1/replays', { body, signal }))) as Replay;
}
