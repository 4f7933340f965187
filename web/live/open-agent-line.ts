// The signed-in agent's line to the broker: asks for credentials until it gets them, then keeps connected.
import { keepConnected, type Link, NotNow } from '../../browser/keep-connected.ts';
import { hindranceOf, retryDelay } from '../../browser/retry-delay.ts';
import type { Timers } from '../../browser/timers.ts';
import { ApiProblem, ask, client } from '../api/client.ts';
import { openSteadyTimers } from './open-steady-timers.ts';

type Credentials = Awaited<ReturnType<typeof askCredentials>>;
const askCredentials = () => ask(client.POST('/api/v1/session/mqtt'));

export interface AgentLine {
  /** `topic`: below our own, so that it is known who speaks even where a broker does not tell. */
  publish(topic: string, payload: object, qos: 0 | 1): void;
  /** Connects at once, if it is not connected. */
  hurry(): void;
  /** For how long a sign of life counts. */
  leaseSeconds(): number;
  close(): void;
}

export function openAgentLine(options: {
  agentId: string;
  /** A phone, whose lost line means no leaving. */
  sleeps: boolean;
  onMessage(topic: string, payload: string): void;
  onState(connected: boolean): void;
  /** As often as presence is to be told. */
  onBeat(): void;
}): AgentLine {
  const timers = openSteadyTimers();
  let link: Link | null = null;
  let base = '';
  let closed = false;
  let leaseSeconds = 30;
  const own = (topic: string) => under(base, `server/agents/${options.agentId}/${topic}`);
  const begin = async (): Promise<void> => {
    for (let failures = 0; !closed && link === null; failures += 1) {
      const credentials = await askCredentials().catch((error: unknown) => error);
      if (!(credentials instanceof Error)) {
        if (closed) return;
        base = (credentials as Credentials).baseTopic;
        link = connect(credentials as Credentials, { ...options, timers });
        const { presenceEveryMs } = credentials as Credentials;
        leaseSeconds = Math.ceil((2 * presenceEveryMs) / 1000);
        timers.every(presenceEveryMs, options.onBeat);
        return;
      }
      options.onState(false);
      const { status, retryAfterMs: askedMs } = readAnswer(credentials);
      const wait = {
        ...{ hindrance: hindranceOf(status), mayWait: false },
        ...{ chance: Math.random(), askedMs },
      };
      await new Promise<void>((done) => timers.after(retryDelay(failures, wait), done));
    }
  };
  void begin();
  return {
    publish: (topic, payload, qos) =>
      void link?.publish(own(topic), JSON.stringify(payload), qos).catch(() => {}),
    hurry: () => link?.hurry(),
    leaseSeconds: () => leaseSeconds,
    close: () => {
      closed = true;
      link?.close();
      timers.close();
    },
  };
}

const under = (base: string, topic: string) => (base === '' ? topic : `${base}/${topic}`);

function connect(
  first: Credentials,
  options: Parameters<typeof openAgentLine>[0] & { timers: Timers },
): Link {
  const { agentId, sleeps, timers, onMessage, onState } = options;
  const base = first.baseTopic;
  let next: Credentials | null = first;
  return keepConnected({
    credentials: async () => {
      const given = next ?? (await askCredentials().catch(tellApart));
      next = null;
      return given;
    },
    filters: [
      ...['changes', 'typing', 'onlookers'].map((name) =>
        under(base, `client/agents/${agentId}/${name}`),
      ),
      under(base, `client/attendants/control/${agentId}`),
    ],
    will: {
      topic: under(base, `server/agents/${agentId}/attendants/quit`),
      payload: JSON.stringify({ attendantInfo: { id: agentId }, ...(sleeps && { sleeps }) }),
      qos: 1,
    },
    keepAliveSeconds: 20,
    timers,
    onMessage,
    onState: ({ kind }) => kind !== 'connecting' && onState(kind === 'online'),
  });
}

/** Status 0: there was none. */
function readAnswer(error: unknown): { status: number; retryAfterMs: number } {
  return error instanceof ApiProblem ? error : { status: 0, retryAfterMs: 0 };
}

function tellApart(error: unknown): never {
  const answer = readAnswer(error);
  throw hindranceOf(answer.status) === 'away' ? error : new NotNow(answer);
}
