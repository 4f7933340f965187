// Which colleagues have which conversation open, as the server told it last.
import { useSyncExternalStore } from 'react';
import {
  type Onlooker,
  TOLD_WHOLE_EVERY_MS,
  type ToldOnlookers,
} from '../../src/contract/onlookers.ts';

const none: readonly Onlooker[] = [];
/** The server may have been late once. */
const ENDS_MS = 2 * TOLD_WHOLE_EVERY_MS;

let known: Readonly<Record<string, readonly Onlooker[]>> = {};
let ends: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();

function show(now: typeof known): void {
  known = now;
  for (const watcher of watchers) watcher();
}

/** Without oneself. */
export function takeOnlookers(ownId: string, { whole, conversations }: ToldOnlookers): void {
  clearTimeout(ends);
  ends = setTimeout(forgetOnlookers, ENDS_MS);
  const others = Object.entries(conversations).map(
    ([id, all]) => [id, all.filter(({ agentId }) => agentId !== ownId)] as const,
  );
  show({ ...(!whole && known), ...Object.fromEntries(others) });
}

export function forgetOnlookers(): void {
  clearTimeout(ends);
  show({});
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

export function useOnlookers(conversationId: string): readonly Onlooker[] {
  return useSyncExternalStore(watch, () => known[conversationId] ?? none);
}
