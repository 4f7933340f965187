// Draws older messages a few per frame: all at once would be felt as a jerk.
import { useEffect, useMemo, useState } from 'react';
import type { Message } from '../../api/shapes.ts';

// Ten to a frame are faster than anybody scrolls.
const EACH_FRAME = 10;

/** Those of `messages` that are to stand there now: the newest, and more of the older with every frame. */
export function useDrawn(messages: Message[]): Message[] {
  const [firstSeq, setFirstSeq] = useState(messages[0]?.seq);
  const before = messages.findIndex(({ seq }) => firstSeq === undefined || seq >= firstSeq);
  useEffect(() => {
    if (firstSeq === undefined) setFirstSeq(messages[0]?.seq);
    if (before <= 0) return;
    const next = messages[Math.max(0, before - EACH_FRAME)]?.seq;
    const frame = requestAnimationFrame(() => setFirstSeq(next));
    return () => cancelAnimationFrame(frame);
  }, [messages, before, firstSeq]);
  return useMemo(() => (before <= 0 ? messages : messages.slice(before)), [messages, before]);
}
