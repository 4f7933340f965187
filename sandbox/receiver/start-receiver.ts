// A receiver of webhooks over real HTTP or HTTPS that remembers everything and misbehaves on demand.
import { makeChooser, type Plan, WELL } from './behaviour.ts';
import { createDoor } from './create-door.ts';
import { type Judgement, judgeRequest } from './judge-request.ts';
import { makeCertificate } from './make-certificate.ts';
import { makeMemory } from './make-memory.ts';
import type { ReceivedRequest } from './received-request.ts';
import { firstSeen, type Repeat, repeats } from './report.ts';

export interface ReceiverOptions {
  /** Default: any free one. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Those that are accepted. */
  secrets?: string[];
  /** HTTPS with a self-signed certificate; `names` instead of this machine's. */
  tls?: boolean | { names: string[] };
  behaviour?: Plan;
  /** For lotteries; answers from 0 up to 1. */
  random?: () => number;
  onRequest?: (request: ReceivedRequest) => void;
  /** The time by which it judges how old a request is; this machine's, unless it is given. */
  now?: () => number;
}

/** May be changed at any time. */
export interface Switches {
  behaviour: Plan;
  secrets: string[];
}

export interface Receiver {
  readonly url: string;
  /** PEM, of HTTPS. */
  readonly certificate: string | null;
  /** All requests with a complete body, in order of arrival, without those that followed a redirect. */
  readonly requests: ReceivedRequest[];
  readonly redirected: ReceivedRequest[];
  /** How many connections were made, ever. */
  connections(): number;
  /** As they are now; `setBehaviour` and `setSecrets` change them. */
  readonly switches: Readonly<Switches>;
  setBehaviour(plan: Plan): void;
  setSecrets(secrets: string[]): void;
  /** With the secrets of now. */
  judge(request: ReceivedRequest): Judgement;
  /** Those without two right signatures. */
  unsigned(): ReceivedRequest[];
  firstSeen(): Map<string, string[]>;
  repeats(): Repeat[];
  forget(): void;
  /** Cuts all connections and stops listening. */
  goDown(): Promise<void>;
  /** On the same port. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const { host = '127.0.0.1', tls = false, random = Math.random, now = Date.now } = options;
  const names = typeof tls === 'object' ? tls.names : undefined;
  const certificate = tls === false ? null : await makeCertificate(names);
  const switches: Switches = {
    behaviour: options.behaviour ?? WELL,
    secrets: options.secrets ?? [],
  };
  let choose = makeChooser(switches.behaviour, random);
  const memory = makeMemory((request) => {
    request.behaviour = choose(request);
    options.onRequest?.(request);
    return request.behaviour;
  });
  const origin = { url: '' };
  const door = createDoor({ certificate, host, take: memory.take, origin, now });
  const port = await door.open(options.port ?? 0);
  origin.url = `${certificate === null ? 'http' : 'https'}://${host}:${port}`;
  const { requests, redirected } = memory;
  const judge = (request: ReceivedRequest) => judgeRequest(request, switches.secrets);
  return {
    url: origin.url,
    certificate: certificate?.cert ?? null,
    requests,
    redirected,
    connections: door.connections,
    switches,
    setBehaviour(plan) {
      switches.behaviour = plan;
      choose = makeChooser(plan, random);
    },
    setSecrets(secrets) {
      switches.secrets = secrets;
    },
    judge,
    unsigned: () => requests.filter((request) => !judge(request).ok),
    firstSeen: () => firstSeen(requests),
    repeats: () => repeats(requests),
    forget: memory.forget,
    goDown: door.close,
    comeBack: async () => void (await door.open(port)),
    stop: door.close,
  };
}
