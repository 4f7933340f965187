// Who is at work according to the company's own system, which says so over a broker of its own
// (chimp-assist.md §5.10).
import mqtt from 'mqtt';
import type { Clock } from '../clock.ts';

export interface PresenceWatch {
  /** false: that system sees others, and has not seen this agent for a while. */
  isSeen(agentId: string): boolean;
  stop(): Promise<void>;
}

/** Without such a system every agent is where they say they are. */
export const nobodyWatches: PresenceWatch = { isSeen: () => true, stop: async () => {} };

const KNOWN_FOR_MS = 60_000;
const MOST_KNOWN = 10_000;
const MAX_PAYLOAD_BYTES = 4096;
const STOP_WITHIN_MS = 3000;

/**
 * Each node listens for itself. While the system cannot be reached, and until this node has
 * listened for `absentMs`, nobody is absent: an outage there must not close the desk.
 */
export function watchPresence(options: {
  clock: Pick<Clock, 'elapsed'>;
  url: string;
  username: string | undefined;
  password: string | undefined;
  topic: string;
  /** Milliseconds after which an agent that it has not named is absent. */
  absentMs: number;
  findAgent: (email: string) => Promise<string | null>;
  /** An absent agent is there again. */
  onCame: (agentId: string) => void;
  onError: (error: unknown, what: string) => void;
}): PresenceWatch {
  const { clock, url, username, password, topic, absentMs, onCame, onError } = options;
  const find = rememberAgents(clock, options.findAgent);
  const seen = new Map<string, number>();
  let listensSince: number | null = null;
  const isSeen = (agentId: string): boolean => {
    if (listensSince === null) return true;
    return clock.elapsed() - Math.max(seen.get(agentId) ?? listensSince, listensSince) < absentMs;
  };
  const client = mqtt.connect(url, {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    clean: true,
    protocolVersion: 4,
    reconnectPeriod: 2000,
    resubscribe: false,
  });
  client.on('connect', () => {
    client.subscribe(topic, { qos: 0 }, (error) => {
      if (error) return onError(error, 'the presence broker refuses ATTENDANT_PRESENCE_TOPIC');
      listensSince ??= clock.elapsed();
    });
  });
  client.on('close', () => {
    listensSince = null;
  });
  client.on('error', (error) => onError(error, 'the connection to the presence broker failed'));
  client.on('message', (_topic, payload) => {
    const email = readUser(payload);
    if (email === null) return;
    find(email).then(
      (agentId) => {
        if (agentId === null) return;
        const wasSeen = isSeen(agentId);
        seen.set(agentId, clock.elapsed());
        if (!wasSeen) onCame(agentId);
      },
      (error: unknown) => onError(error, 'whom the presence broker names could not be looked up'),
    );
  });
  return {
    isSeen,
    stop: async () => {
      const late = new Promise<void>((done) => setTimeout(done, STOP_WITHIN_MS).unref());
      await Promise.race([client.endAsync(true).catch(() => {}), late]);
    },
  };
}

/** `{"user": "<e-mail>"}`. null: no. */
export function readUser(payload: Buffer): string | null {
  if (payload.length > MAX_PAYLOAD_BYTES) return null;
  try {
    const { user } = (JSON.parse(payload.toString()) ?? {}) as { user?: unknown };
    const isEmail = typeof user === 'string' && user.length <= 255 && user.includes('@');
    return isEmail && !user.includes('\0') ? user : null;
  } catch {
    return null;
  }
}

/** The same agents are named every few seconds. */
function rememberAgents(
  clock: Pick<Clock, 'elapsed'>,
  findAgent: (email: string) => Promise<string | null>,
): (email: string) => Promise<string | null> {
  const known = new Map<string, { at: number; agentId: Promise<string | null> }>();
  return (email) => {
    const kept = known.get(email);
    if (kept !== undefined && clock.elapsed() - kept.at < KNOWN_FOR_MS) return kept.agentId;
    if (known.size >= MOST_KNOWN) known.clear();
    const agentId = findAgent(email);
    known.set(email, { at: clock.elapsed(), agentId });
    agentId.catch(() => known.delete(email));
    return agentId;
  };
}
