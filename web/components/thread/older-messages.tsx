// The place above what is shown of a conversation, at which older messages are fetched.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { fetchOlder } from '../../live/messages-cache.ts';

/**
 * Asks for older messages before their place comes into view, again and again until it is out of it.
 * `first`: the number of the oldest that is known; `isDrawn`: it stands there. The next are asked for once it
 * does, or nothing would be drawn while more and more comes.
 */
export function OlderMessages({
  first,
  isDrawn,
  conversationId,
}: {
  first: number;
  isDrawn: boolean;
  conversationId: string;
}) {
  const queries = useQueryClient();
  const mark = useRef<HTMLDivElement>(null);
  const more = first > 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new watch tells at once whether the place is still in view; without one for each `first` the loading stops there
  useEffect(() => {
    if (!more || !isDrawn || mark.current === null) return;
    let done = false;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting || done) return;
        done = true;
        void fetchOlder(queries, conversationId).catch(() => {
          done = false;
        });
      },
      // The margin counts from the box that scrolls; from the window it would count for nothing.
      { root: mark.current.closest('[role="log"]'), rootMargin: '3000px 0px 0px' },
    );
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [more, isDrawn, first, queries, conversationId]);
  return more ? <div ref={mark} style={{ height: 1 }} /> : null;
}
