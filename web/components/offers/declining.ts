// Which offer's reasons for declining are open: the key opens them wherever that offer is shown.
import { useSyncExternalStore } from 'react';

let open: string | null = null;
const watchers = new Set<() => void>();

export function setDeclining(conversationId: string | null): void {
  open = conversationId;
  for (const tell of watchers) tell();
}

export function useDeclining(conversationId: string): boolean {
  return useSyncExternalStore(watch, () => open === conversationId);
}

function watch(tell: () => void): () => void {
  watchers.add(tell);
  return () => {
    watchers.delete(tell);
  };
}
