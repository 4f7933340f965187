// What is dragged, as the screen shows it and as it is by now: a pointer can be let go before the screen draws again.
import { useRef, useState } from 'react';

export interface DragState<Drag> {
  /** As it was when the screen was last drawn. */
  shown: Drag | null;
  /** As it is now, for the handlers of events. */
  read(): Drag | null;
  write(drag: Drag | null): void;
}

export function useDrag<Drag>(): DragState<Drag> {
  const [shown, setShown] = useState<Drag | null>(null);
  const now = useRef<Drag | null>(null);
  return {
    shown,
    read: () => now.current,
    write: (drag) => {
      now.current = drag;
      setShown(drag);
    },
  };
}
