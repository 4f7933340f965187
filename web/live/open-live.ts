// Listens for changes and sends presence; without a line it asks every five seconds.
import type { QueryClient } from '@tanstack/react-query';
import type { Writing } from '../../src/contract/onlookers.ts';
import { applyHints, refreshAll, type Told } from './apply-hints.ts';
import { openHintBuffer } from './hint-buffer.ts';
import { isPhone } from './is-phone.ts';
import { forgetOnlookers, takeOnlookers } from './onlookers.ts';
import { openAgentLine } from './open-agent-line.ts';
import type { Me } from './patch-lists.ts';
import { readNews, type Typing } from './read-news.ts';
import { tellLooks } from './tell-looks.ts';
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
  /** This conversation is on the screen; null: none any more. */
  look(conversationId: string | null): void;
  /** Something is being written there; null: no more. */
  write(writing: Writing | null): void;
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
  const looks = tellLooks((look) => {
    if (live) line.publish('agents/looking', look, 0);
  });
  const poll = setInterval(() => live || document.hidden || void refreshAll(queries), POLL_MS);
  const ends = [tellVisible(), hurryOnReturn(line.hurry), looks.close, forgetOnlookers];

  function setLive(now: boolean): void {
    live = now;
    watch.onState(now ? 'live' : 'reconnecting');
    // Nothing is heard of them without a line.
    if (!now) forgetOnlookers();
    if (!now) return;
    looks.tell();
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
    if (news.kind === 'onlookers') takeOnlookers(agentId, news.told);
    if (news.kind === 'changed') hints.add(news.hints);
    if (news.kind !== 'blocked') return;
    watch.onBlocked(news.blocked);
    if (!news.blocked) tellPresence();
  }
  return {
    typing(conversationId, typing) {
      if (live) line.publish('agents/typing', { conversationId, typing }, 0);
    },
    ...{ look: looks.look, write: looks.write, tellPresence, leaseSeconds: line.leaseSeconds },
    close() {
      clearInterval(poll);
      for (const end of ends) end();
      hints.close();
      line.close();
    },
  };
}

/** Whoever has a network again, or looks again, does not wait. */
function hurryOnReturn(hurry: () => void): () => void {
  const look = () => document.hidden || hurry();
  window.addEventListener('online', hurry);
  document.addEventListener('visibilitychange', look);
  return () => {
    window.removeEventListener('online', hurry);
    document.removeEventListener('visibilitychange', look);
  };
}
