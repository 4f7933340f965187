// Listens for what changes and tells that we are here; without a line it asks every five seconds.
import type { QueryClient } from '@tanstack/react-query';
import { keepConnected, type Link, NotNow } from '../../browser/keep-connected.ts';
import { hindranceOf, retryDelay } from '../../browser/retry-delay.ts';
import { ApiProblem, ask, client } from '../api/client.ts';
import { applyHints, type Hint, refreshAll, type Told } from './apply-hints.ts';
import type { Me } from './patch-lists.ts';

const COALESCE_MS = 60;
const POLL_MS = 5000;
const PRESENCE_MS = 15_000;

export interface Typing {
  conversationId: string;
  typing: boolean;
  from?: { id: string; name: string };
}
export interface LiveWatch {
  queries: QueryClient;
  agentId: string;
  me(): Me;
  /** What the person chose; presence is told only while it is online. */
  isOnline(): boolean;
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
  close(): void;
}

type Credentials = Awaited<ReturnType<typeof askCredentials>>;
const askCredentials = () => ask(client.POST('/api/v1/session/mqtt'));

export function openLive(watch: LiveWatch): Live {
  const { queries, agentId } = watch;
  let link: Link | null = null;
  let base = '';
  let closed = false;
  let live = false;
  let waiting: Hint[] = [];
  let flush: ReturnType<typeof setTimeout> | undefined;

  const under = (topic: string) => (base === '' ? topic : `${base}/${topic}`);
  // Under our own id, so that it is known who speaks even where a broker does not tell.
  const own = (topic: string) => under(`server/agents/${agentId}/${topic}`);
  const refetch = () => refreshAll(queries);
  const setLive = (now: boolean) => {
    live = now;
    watch.onState(now ? 'live' : 'reconnecting');
    if (now) {
      // It is said again when we tell that we are here.
      watch.onBlocked(false);
      void refetch();
      tellPresence();
    }
  };
  const poll = setInterval(() => live || document.hidden || void refetch(), POLL_MS);
  const presence = setInterval(() => tellPresence(), PRESENCE_MS);
  const hurry = () => link?.hurry();
  const look = () => document.hidden || hurry();
  window.addEventListener('online', hurry);
  document.addEventListener('visibilitychange', look);

  function tellPresence(): void {
    if (!live || !watch.isOnline()) return;
    const payload = JSON.stringify({ attendantInfo: { id: agentId } });
    void link?.publish(own('attendants/online'), payload, 1).catch(() => {});
  }
  function take(topic: string, payload: string): void {
    const read = parse(payload);
    if (topic.endsWith('/typing')) {
      if (read !== null) watch.onTyping(read as Typing);
      return;
    }
    if (topic.endsWith(`attendants/control/${agentId}`)) {
      const { instruction } = (read ?? {}) as { instruction?: string };
      if (instruction?.startsWith('attendant/control/terminate/')) watch.onBlocked(true);
      if (instruction?.startsWith('attendant/control/resume/')) {
        watch.onBlocked(false);
        tellPresence();
      }
      return;
    }
    waiting.push(...((read as { changed?: Hint[] } | null)?.changed ?? []));
    flush ??= setTimeout(() => {
      flush = undefined;
      const hints = waiting;
      waiting = [];
      const { onConversation } = watch;
      void applyHints(queries, { hints, me: watch.me(), onConversation });
    }, COALESCE_MS);
  }
  function start(first: Credentials): void {
    if (closed) return;
    base = first.baseTopic;
    let next: Credentials | null = first;
    link = keepConnected({
      credentials: async () => {
        const given = next ?? (await askCredentials().catch(tellApart));
        next = null;
        return given;
      },
      filters: [
        ...['changes', 'typing'].map((name) => under(`client/agents/${agentId}/${name}`)),
        under(`client/attendants/control/${agentId}`),
      ],
      will: {
        topic: own('attendants/quit'),
        payload: JSON.stringify({ attendantInfo: { id: agentId } }),
        qos: 1,
      },
      keepAliveSeconds: 20,
      onMessage: take,
      onState: ({ kind }) => kind !== 'connecting' && setLive(kind === 'online'),
    });
  }
  async function begin(): Promise<void> {
    for (let failures = 0; !closed && link === null; failures += 1) {
      const credentials = await askCredentials().catch((error: unknown) => error);
      if (!(credentials instanceof Error)) return start(credentials as Credentials);
      setLive(false);
      const { status, retryAfterMs: askedMs } = readAnswer(credentials);
      const hindrance = hindranceOf(status);
      const wait = { hindrance, mayWait: false, chance: Math.random(), askedMs };
      await new Promise((done) => setTimeout(done, retryDelay(failures, wait)));
    }
  }
  void begin();

  return {
    typing(conversationId, typing) {
      const payload = JSON.stringify({ conversationId, typing });
      if (live) void link?.publish(own('agents/typing'), payload, 0).catch(() => {});
    },
    tellPresence,
    close() {
      closed = true;
      clearInterval(poll);
      clearInterval(presence);
      clearTimeout(flush);
      window.removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', look);
      link?.close();
    },
  };
}

/** Status 0: there was none. */
function readAnswer(error: unknown): { status: number; retryAfterMs: number } {
  return error instanceof ApiProblem ? error : { status: 0, retryAfterMs: 0 };
}

function tellApart(error: unknown): never {
  const answer = readAnswer(error);
  throw hindranceOf(answer.status) === 'away' ? error : new NotNow(answer);
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}
