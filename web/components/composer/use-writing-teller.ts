// Tells that something is being written here: colleagues until nobody has typed for a moment, and the customer of an answer.
import { useEffect, useRef } from 'react';
import type { Writing } from '../../../src/contract/onlookers.ts';
import { useLive } from '../../live/live-provider.tsx';
import { useTypingTeller } from './use-typing-teller.ts';

const ENDS_MS = 5000;

export function useWritingTeller(id: string): (writing: Writing | null) => void {
  const { line } = useLive();
  const tellTyping = useTypingTeller(id);
  const ends = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(ends.current);
      line?.write(null);
    },
    [line],
  );
  return (writing) => {
    clearTimeout(ends.current);
    if (writing !== 'note') tellTyping(writing !== null);
    line?.write(writing);
    if (writing !== null) ends.current = setTimeout(() => line?.write(null), ENDS_MS);
  };
}
