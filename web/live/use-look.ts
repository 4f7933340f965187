// Tells colleagues that this conversation is on the screen, for as long as it is.
import { useEffect } from 'react';
import { useLive } from './live-provider.tsx';

export function useLook(conversationId: string): void {
  const { line } = useLive();
  useEffect(() => {
    line?.look(conversationId);
    return () => line?.look(null);
  }, [line, conversationId]);
}
