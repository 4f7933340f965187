// Tells the customer that somebody is typing.
import { useEffect, useRef } from 'react';
import { useLive } from '../../live/live-provider.tsx';

const TYPING_EVERY_MS = 3000;

/** Says that we are typing every few seconds, and that we stopped. */
export function useTypingTeller(id: string): (typing: boolean) => void {
  const { line } = useLive();
  const told = useRef<number | null>(null);
  useEffect(() => () => void (told.current !== null && line?.typing(id, false)), [id, line]);
  return (typing) => {
    if (!typing) {
      if (told.current !== null) line?.typing(id, false);
      told.current = null;
    } else if (told.current === null || performance.now() - told.current > TYPING_EVERY_MS) {
      told.current = performance.now();
      line?.typing(id, true);
    }
  };
}
