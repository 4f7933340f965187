// Tells the customer that somebody is typing.
import { useEffect, useRef } from 'react';
import { useLive } from '../live/live-provider.tsx';

const TYPING_EVERY_MS = 3000;

/** Says that we are typing every few seconds, and that we stopped. */
export function useTypingTeller(id: string): (typing: boolean) => void {
  const { line } = useLive();
  const told = useRef(0);
  useEffect(() => () => void (told.current > 0 && line?.typing(id, false)), [id, line]);
  return (typing) => {
    if (!typing) {
      if (told.current > 0) line?.typing(id, false);
      told.current = 0;
    } else if (Date.now() - told.current > TYPING_EVERY_MS) {
      told.current = Date.now();
      line?.typing(id, true);
    }
  };
}
