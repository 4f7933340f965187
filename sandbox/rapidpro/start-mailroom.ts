// A stand-in for RapidPro's engine, mailroom, on real sockets: calls the app, and takes its callbacks.
import { type Arrival, type Repeat, repeats } from './arrival.ts';
import type { Plan } from './behaviour.ts';
import { createDoor } from './create-door.ts';
import {
  makeOrganisation,
  type Organisation,
  type OrganisationOptions,
} from './make-organisation.ts';
import { makeReception } from './make-reception.ts';
import type { World } from './world.ts';

export interface MailroomOptions {
  /** Default: any free one. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** What webhook URLs begin with; default: where it listens. */
  publicUrl?: string;
  /** Of each attempt of each call; default 15,000, as mailroom's. */
  timeoutMs?: number;
  /** Of PUT /settings; default 30,000, as RapidPro's. */
  connectTimeoutMs?: number;
  /** How long the waits between attempts are; default 1: 5 s and 10 s, ± 25 %. */
  pace?: number;
  /** Default true; false: the retry of an older client, whose body was read, fails by itself. */
  sendBodyOnRetry?: boolean;
  /** Default false: `connect` refuses private and loopback hosts. */
  allowPrivateHosts?: boolean;
  /** PEM that is trusted when it calls https. */
  ca?: string;
  /** Default 250. */
  historyPageSize?: number;
  /** For lotteries and the retries' jitter; answers from 0 up to 1. */
  random?: () => number;
  /** Called when a request has been answered, or will never be. */
  onArrival?: (arrival: Arrival) => void;
}

export interface Mailroom {
  readonly url: string;
  addOrganisation(options?: OrganisationOptions): Organisation;
  /** All requests with a complete body, in order of arrival, including those that name no ticketer. */
  readonly callbacks: Arrival[];
  /** Those to `/api/v2/messages.json`. */
  readonly historyCalls: Arrival[];
  /** Those that followed a redirect. */
  readonly redirected: Arrival[];
  /** Of the callbacks. */
  repeats(): Repeat[];
  /** How callbacks are answered from now on; `{}`: well. */
  setBehaviour(plan: Plan): void;
  /** The same for the history. */
  setHistoryBehaviour(plan: Plan): void;
  /** For this long after a ticket is stored, callbacks are still answered `no such ticket`. */
  setTicketUnknownMs(ms: number): void;
  /** Cuts all connections and stops listening. */
  goDown(): Promise<void>;
  /** On the same port. */
  comeBack(): Promise<void>;
  /** Stops for good: no further attempts are made. */
  stop(): Promise<void>;
}

export async function startMailroom(options: MailroomOptions = {}): Promise<Mailroom> {
  const { host = '127.0.0.1', random = Math.random, onArrival = () => {} } = options;
  const ending = new AbortController();
  const world = createWorld(options, ending.signal);
  const reception = makeReception({ world, random, onArrival });
  const door = createDoor(host, (exchange, body) => void reception.take(exchange, body));
  const port = await door.open(options.port ?? 0);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  world.origin.publicUrl = options.publicUrl ?? url;
  const { callbacks, historyCalls, redirected, setBehaviour, setHistoryBehaviour } = reception;
  return {
    url,
    addOrganisation: (given) => makeOrganisation(world, given),
    callbacks,
    historyCalls,
    redirected,
    repeats: () => repeats(callbacks),
    setBehaviour,
    setHistoryBehaviour,
    setTicketUnknownMs(ms) {
      world.switches.ticketUnknownMs = ms;
    },
    goDown: door.close,
    comeBack: async () => void (await door.open(port)),
    async stop() {
      ending.abort();
      await door.close();
    },
  };
}

function createWorld(options: MailroomOptions, signal: AbortSignal): World {
  const { timeoutMs = 15_000, pace = 1, sendBodyOnRetry = true, random = Math.random } = options;
  const { ca = null, connectTimeoutMs = 30_000, allowPrivateHosts = false } = options;
  return {
    organisations: [],
    rules: { timeoutMs, pace, sendBodyOnRetry, random, signal, ca },
    origin: { publicUrl: '' },
    connectTimeoutMs,
    allowPrivateHosts,
    historyPageSize: options.historyPageSize ?? 250,
    switches: { ticketUnknownMs: 0 },
    nextToken: 10_000,
  };
}
