// Tells colleagues which conversation this tab shows, and whether something is written there: at each change, and again while it lasts.
import { LOOKS_EVERY_MS, type Writing } from '../../src/contract/onlookers.ts';

interface Look {
  /** Ours among the tabs of one agent. */
  tab: string;
  conversationId: string | null;
  writing: Writing | null;
}

export function tellLooks(publish: (look: Look) => void) {
  const tab = Math.random().toString(36).slice(2);
  let conversationId: string | null = null;
  let writing: Writing | null = null;
  const say = (shown: boolean): void => {
    if (shown) publish({ tab, conversationId, writing });
    else publish({ tab, conversationId: null, writing: null });
  };
  // A tab behind others shows nothing to anybody.
  const tell = (): void => {
    if (conversationId !== null) say(!document.hidden);
  };
  const leave = (): void => {
    if (conversationId !== null) say(false);
  };
  const timer = setInterval(() => document.hidden || tell(), LOOKS_EVERY_MS);
  document.addEventListener('visibilitychange', tell);
  window.addEventListener('pagehide', leave);
  return {
    tell,
    look(now: string | null): void {
      if (now === conversationId) return;
      if (now === null) leave();
      conversationId = now;
      writing = null;
      tell();
    },
    write(now: Writing | null): void {
      if (now === writing) return;
      writing = now;
      tell();
    },
    close(): void {
      leave();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tell);
      window.removeEventListener('pagehide', leave);
    },
  };
}
