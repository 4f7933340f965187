// Listens for changes and sends presence; without a line it asks every five seconds.
import type { QueryClient } from '@tanstack/react-query';
import { applyHints, refreshAll, type Told } from './apply-hints.ts';
import { openHintBuffer } from './hint-buffer.ts';
import { isPhone } from './is-phone.ts';
import { openAgentLine } from './open-agent-line.ts';
import type { Me } from './patch-lists.ts';
import { readNews, type Typing } from './read-news.ts';
import { tellVisible } from './tell-visible.ts';

const POLL_MS = 5000;

export interface LiveWatch {
  queries: QueryClient;
  agentId: string;
  me(): Me;
  /** What the person chose; presence is told only while it is online. */
  isOnline(): boolean;
  /** Tells presence while there is no line. */
  tellWithoutLine(leaseSeconds: number): void;
  onState(state: 'live' | 'reconnecting'): void;
  onTyping(typing: Typing): void;
  /** It changed; `before` is what was known of it. */
  onConversation: Told;
  /** true: the company's own system does not see us at work. */
  onBlocked(blocked: boolean): void;
}
export interface Live {
  typing(conversationId: string, typing: boolean): void;
  /** After the person changed their state. */
  tellPresence(): void;
  /** For how long a sign of life counts. */
  leaseSeconds(): number;
  close(): void;
}

export function openLive(watch: LiveWatch): Live {
  const { queries, agentId, onConversation } = watch;
  let live = false;
  const hints = openHintBuffer(
    (gathered) => void applyHints(queries, { hints: gathered, me: watch.me(), onConversation }),
  );
  const sleeps = isPhone();
  const line = openAgentLine({
    ...{ agentId, sleeps },
    ...{ onMessage: take, onState: setLive, onBeat: tellPresence },
  });
  const poll = setInterval(() => live || document.hidden || void refreshAll(queries), POLL_MS);
  const look = () => document.hidden || line.hurry();
  const endVisible = tellVisible();
  window.addEventListener('online', line.hurry);
  document.addEventListener('visibilitychange', look);

  function setLive(now: boolean): void {
    live = now;
    watch.onState(now ? 'live' : 'reconnecting');
    if (!now) return;
    // It is said again when we tell that we are here.
    watch.onBlocked(false);
    void refreshAll(queries);
    tellPresence();
  }
  function tellPresence(): void {
    if (!watch.isOnline()) return;
    if (!live) {
      watch.tellWithoutLine(line.leaseSeconds());
      return;
    }
    // The person may choose to be offline while this is on its way.
    const sign = { attendantInfo: { id: agentId }, renews: true, ...(sleeps && { sleeps }) };
    line.publish('attendants/online', sign, 1);
  }
  function take(topic: string, payload: string): void {
    const news = readNews(agentId, topic, payload);
    if (news.kind === 'typing') watch.onTyping(news.typing);
    if (news.kind === 'changed') hints.add(news.hints);
    if (news.kind !== 'blocked') return;
    watch.onBlocked(news.blocked);
    if (!news.blocked) tellPresence();
  }
  return {
    typing(conversationId, typing) {
      if (live) line.publish('agents/typing', { conversationId, typing }, 0);
    },
    tellPresence,
    leaseSeconds: line.leaseSeconds,
    close() {
      clearInterval(poll);
      endVisible();
      window.removeEventListener('online', line.hurry);
      document.removeEventListener('visibilitychange', look);
      hints.close();
      line.close();
    },
  };
}
