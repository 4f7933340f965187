// Asks who is there while no news of it comes: before there is a line, after it was lost, and now and then.
import type { Chat } from './context.ts';
import { readPresence } from './read-config.ts';
import { fetchPresence } from './rest.ts';

/** While it is shown and no news of it comes. */
const NEAR_MS = 10_000;
const FAR_MS = 60_000;

export async function askPresence(chat: Chat): Promise<void> {
  const { config, presence: before } = chat.get();
  if (config === null) return;
  const answer = await fetchPresence(chat.channelId);
  const { presence: told, link } = chat.get();
  // The news that arrived meanwhile is newer.
  if (told !== before) return;
  if (answer.ok) chat.dispatch({ type: 'presence', presence: readPresence(answer.value) });
  else if (isDown(answer.status) && link !== 'online') {
    chat.dispatch({ type: 'presence', presence: null });
  }
}

/** To be called every second: asks when it is time, and somebody may be looking. */
export function makeAsking(chat: Chat): () => void {
  let askedAt = performance.now();
  return () => {
    const { open, link, presence } = chat.get();
    const everyMs = presence === null || (open && link !== 'online') ? NEAR_MS : FAR_MS;
    if (performance.now() - askedAt < everyMs || document.visibilityState !== 'visible') return;
    askedAt = performance.now();
    void askPresence(chat);
  };
}

function isDown(status: number): boolean {
  return status === 0 || status >= 500;
}
