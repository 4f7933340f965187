// The signed-in agent's line to the broker: asks for credentials until it gets them, then keeps connected.
import { keepConnected, type Link, NotNow } from '../../browser/keep-connected.ts';
import { hindranceOf, retryDelay } from '../../browser/retry-delay.ts';
import { ApiProblem, ask, client } from '../api/client.ts';

type Credentials = Awaited<ReturnType<typeof askCredentials>>;
const askCredentials = () => ask(client.POST('/api/v1/session/mqtt'));

export interface AgentLine {
  /** `topic`: below our own, so that it is known who speaks even where a broker does not tell. */
  publish(topic: string, payload: object, qos: 0 | 1): void;
  /** Connects at once, if it is not connected. */
  hurry(): void;
  close(): void;
}

export function openAgentLine(options: {
  agentId: string;
  onMessage(topic: string, payload: string): void;
  onState(connected: boolean): void;
}): AgentLine {
  let link: Link | null = null;
  let base = '';
  let closed = false;
  const own = (topic: string) => under(base, `server/agents/${options.agentId}/${topic}`);
  const begin = async (): Promise<void> => {
    for (let failures = 0; !closed && link === null; failures += 1) {
      const credentials = await askCredentials().catch((error: unknown) => error);
      if (!(credentials instanceof Error)) {
        if (closed) return;
        base = (credentials as Credentials).baseTopic;
        link = connect(credentials as Credentials, options);
        return;
      }
      options.onState(false);
      const { status, retryAfterMs: askedMs } = readAnswer(credentials);
      const wait = {
        ...{ hindrance: hindranceOf(status), mayWait: false },
        ...{ chance: Math.random(), askedMs },
      };
      await new Promise((done) => setTimeout(done, retryDelay(failures, wait)));
    }
  };
  void begin();
  return {
    publish: (topic, payload, qos) =>
      void link?.publish(own(topic), JSON.stringify(payload), qos).catch(() => {}),
    hurry: () => link?.hurry(),
    close: () => {
      closed = true;
      link?.close();
    },
  };
}

const under = (base: string, topic: string) => (base === '' ? topic : `${base}/${topic}`);

function connect(
  first: Credentials,
  { agentId, onMessage, onState }: Parameters<typeof openAgentLine>[0],
): Link {
  const base = first.baseTopic;
  let next: Credentials | null = first;
  return keepConnected({
    credentials: async () => {
      const given = next ?? (await askCredentials().catch(tellApart));
      next = null;
      return given;
    },
    filters: [
      ...['changes', 'typing'].map((name) => under(base, `client/agents/${agentId}/${name}`)),
      under(base, `client/attendants/control/${agentId}`),
    ],
    will: {
      topic: under(base, `server/agents/${agentId}/attendants/quit`),
      payload: JSON.stringify({ attendantInfo: { id: agentId } }),
      qos: 1,
    },
    keepAliveSeconds: 20,
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
