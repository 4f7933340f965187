// The broker that comes with Usher: aedes behind our own door.
import type { Server } from 'node:http';
import { Aedes, type AedesOptions, type Client } from 'aedes';
import { sightOf } from '../access/sight.ts';
import type { Clock } from '../clock.ts';
import { isOutage } from '../store/is-outage.ts';
import type { Db } from '../store/sql.ts';
import { type AddressOf, admitClients, type Known, MAX_CLIENT_ID } from './admit-clients.ts';
import type { Broker } from './broker.ts';
import { type Connection, MOST_FILTERS } from './connection.ts';
import type { Door } from './door.ts';
import { limitConnections } from './limit-connections.ts';
import { HEARD_ENDS, type Moves, rememberMoves } from './remember-moves.ts';
import { serveTcp, serveWebSockets } from './serve-clients.ts';
import { type Told, tellAgents } from './tell-agents.ts';
import { baseTopicOf, changesTopicOf, withBase, withoutBase } from './topics.ts';

export interface BrokerOptions {
  http: Server;
  door: Door;
  /** Of the default workspace. */
  baseTopic: string;
  /** 0: any free one. undefined: no TCP. */
  tcpPort: number | undefined;
  host: string;
  addressOf: AddressOf;
  db: Db;
  clock: Clock;
  onError: (error: unknown, what: string) => void;
}

const CONNECT_WITHIN_MS = 10_000;
const DRAIN_WITHIN_MS = 10_000;
/** Where publishes go that have had their effect: nobody may listen there. */
const TAKEN = 'taken';

export async function startEmbeddedBroker(options: BrokerOptions): Promise<Broker> {
  const { door, http, baseTopic, tcpPort, host, addressOf, clock } = options;
  const known = new Map<Client, Connection>();
  const byClientId = new Map<string, Client>();
  const baseOf = (workspaceId: string) => baseTopicOf(workspaceId, baseTopic);
  const moved = rememberMoves();
  const holdings = limitConnections();
  const forget = (client: Client): void => {
    const connection = known.get(client);
    if (connection === undefined) return;
    known.delete(client);
    holdings.giveBack(client);
    if (byClientId.get(client.id) === client) byClientId.delete(client.id);
    if (connection.isIn) door.left(connection);
  };
  const onFault = faultsOf(options);
  const takes = watchTakes(door);
  const kept = { known, byClientId, baseOf, forget, holdings, onFault };
  const aedes = await Aedes.createBroker({
    connectTimeout: CONNECT_WITHIN_MS,
    drainTimeout: DRAIN_WITHIN_MS,
    maxClientsIdLength: MAX_CLIENT_ID,
    maxTopicLevels: 10,
    queueLimit: 100,
    // Otherwise a hundred packets for clients that do not read would hold up all others.
    concurrency: 0,
    ...admitClients(door, { ...kept, addressOf, clock }),
    ...authorise(takes.door, { ...kept, moved }),
  });
  watchConnections(aedes, door, { known, forget });
  const handle = (stream: Parameters<Aedes['handle']>[0], request?: never) =>
    aedes.handle(stream, request);
  const webSockets = serveWebSockets(http, handle as never);
  const tcp = await serveTcp({ port: tcpPort, host }, handle as never);
  const publish = publishTo(aedes, baseOf);
  return {
    publish,
    tellAgents: tellAgentsHere(options, known, publish),
    agents: async (workspaceId) => agentsAmong(known, workspaceId),
    restrict: restrictTopics({ known, baseOf, moved }),
    cut: (fits) => cutAmong(known, fits),
    // It knows who is connected, so cut finds them all.
    cutEnded: async () => {},
    identities: () => [...known.values()].map(({ identity }) => identity),
    isHeard: holdings.isAnybodyOf,
    isConnected: () => true,
    isShared: false,
    tcpPort: tcp.port,
    stop: async () => {
      webSockets.stop();
      await tcp.stop();
      await new Promise<void>((done) => aedes.close(done));
      await takes.settled();
    },
  };
}

/** Whoever stops the broker closes the database next, which what is being taken still needs. */
function watchTakes(door: Door): { door: Door; settled(): Promise<unknown> } {
  const underWay = new Set<Promise<unknown>>();
  const take: Door['take'] = (...said) => {
    const taking = door.take(...said);
    const ended = () => underWay.delete(taking);
    underWay.add(taking);
    taking.then(ended, ended);
    return taking;
  };
  return { door: { ...door, take }, settled: () => Promise.allSettled(underWay) };
}

/** The client is cut, and comes again: of an outage whoever notices it first tells. */
function faultsOf({ onError }: BrokerOptions): Known['onFault'] {
  return (error, what) => {
    if (!isOutage(error)) onError(error, what);
  };
}

function publishTo(aedes: Aedes, baseOf: Known['baseOf']): Broker['publish'] {
  return (workspaceId, topic, text, qos) => {
    // Encoded once, and not for each listener.
    const payload = Buffer.from(text);
    const full = withBase(baseOf(workspaceId), topic);
    const packet = { topic: full, payload, qos, retain: false, cmd: 'publish', dup: false };
    aedes.publish(packet as never, () => {});
  };
}

function restrictTopics({
  known,
  baseOf,
  moved,
}: Pick<Known, 'known' | 'baseOf'> & { moved: Moves }): Broker['restrict'] {
  return (workspaceId, sessionTopic, agentId) => {
    moved.note(withBase(baseOf(workspaceId), sessionTopic));
    const topics = heardOn(withBase(baseOf(workspaceId), sessionTopic));
    for (const [client, { identity }] of known) {
      if (identity.kind !== 'agent' || identity.workspaceId !== workspaceId) continue;
      if (identity.agentId !== agentId && identity.role === 'agent') takeAway(client, topics);
    }
  };
}

function heardOn(sessionTopic: string): string[] {
  return HEARD_ENDS.map((end) => `${sessionTopic}/${end}`);
}

function tellAgentsHere(
  { db, onError }: BrokerOptions,
  known: Map<Client, Connection>,
  publish: Broker['publish'],
): Broker['tellAgents'] {
  return (hints) => {
    const { workspaceId } = hints;
    tellAgents(db, hints, {
      agents: agentsAmong(known, workspaceId),
      publish: (agentId, payload) => publish(workspaceId, changesTopicOf(agentId), payload, 1),
    }).catch((error: unknown) => onError(error, 'the agents were not told of changes'));
  };
}

/** Of an agent's connections the one that may see least counts. */
function agentsAmong(known: Map<Client, Connection>, workspaceId: string): Told[] {
  const agents = new Map<string, boolean>();
  for (const { identity } of known.values()) {
    if (identity.kind !== 'agent' || identity.workspaceId !== workspaceId) continue;
    const { agentId } = identity;
    agents.set(agentId, sightOf(identity) === null && (agents.get(agentId) ?? true));
  }
  return [...agents].map(([agentId, seesAll]) => ({ agentId, seesAll }));
}

function cutAmong(known: Map<Client, Connection>, fits: Parameters<Broker['cut']>[0]): void {
  for (const [client, connection] of known) {
    if (!fits(connection.identity)) continue;
    connection.isCut = true;
    client.close();
  }
}

/** Without an answer: the client has not asked, and would take one for a fault. */
function takeAway(client: Client, topics: readonly string[]): void {
  const { subscriptions } = client as unknown as { subscriptions: Record<string, unknown> };
  const unsubscriptions = topics.filter((topic) => subscriptions[topic] !== undefined);
  if (unsubscriptions.length === 0) return;
  client.unsubscribe({ cmd: 'unsubscribe', unsubscriptions } as never, () => {});
}

/** What admitted clients may do. */
function authorise(
  door: Door,
  { known, baseOf, moved, onFault }: Pick<Known, 'known' | 'baseOf' | 'onFault'> & { moved: Moves },
): Required<Pick<AedesOptions, 'authorizeSubscribe' | 'authorizePublish'>> {
  const relative = (connection: Connection | undefined, topic: string): string | null =>
    connection === undefined ? null : withoutBase(baseOf(connection.identity.workspaceId), topic);
  return {
    authorizeSubscribe: (client, subscription, done) => {
      const connection = known.get(client);
      const filter = relative(connection, subscription.topic);
      const refuse = (): void => {
        door.onRefusal(connection ?? null, 'subscribe');
        done(null, null);
      };
      if (connection === undefined || filter === null) return refuse();
      const { filters } = connection;
      filters.add(subscription.topic);
      if (filters.size > MOST_FILTERS[connection.identity.kind]) {
        filters.delete(subscription.topic);
        return refuse();
      }
      const qos = subscription.qos === 0 ? 0 : 1;
      // If the conversation moved during the look-up, the answer is out of date: decide again.
      const decide = async (): Promise<boolean> => {
        const since = moved.now();
        const may = await door.maySubscribe(connection.identity, filter);
        return may && moved.isSince(subscription.topic, since) ? decide() : may;
      };
      decide().then(
        (may) => {
          if (may) return done(null, { ...subscription, qos });
          filters.delete(subscription.topic);
          refuse();
        },
        (error: Error) => {
          onFault(error, 'whether a client may listen could not be judged');
          done(error);
        },
      );
    },
    authorizePublish: (client, packet, done) => {
      const connection = client === null ? undefined : known.get(client);
      const topic = relative(connection, packet.topic);
      const refuse = (): void => {
        door.onRefusal(connection ?? null, 'publish');
        done(new Error('refused'));
      };
      if (connection === undefined || topic === null) return refuse();
      if (packet.retain || packet.qos === 2) return refuse();
      const payload = Buffer.from(packet.payload);
      door.take(connection, { topic, payload, isRepeat: packet.dup }).then(
        (taken) => {
          if (taken === 'forbidden') return refuse();
          // It has had its effect: nobody receives it as it was sent.
          packet.topic = TAKEN;
          packet.payload = '';
          done();
        },
        (error: Error) => {
          onFault(error, 'what a client said could not be taken');
          done(error);
        },
      );
    },
  };
}

function watchConnections(
  aedes: Aedes,
  door: Door,
  { known, forget }: Pick<Known, 'known' | 'forget'>,
): void {
  aedes.on('clientReady', (client) => {
    const connection = known.get(client);
    if (connection === undefined) return;
    connection.isIn = true;
    door.came(connection);
  });
  aedes.on('unsubscribe', (filters, client) => {
    const connection = known.get(client);
    for (const filter of filters) connection?.filters.delete(filter);
  });
  aedes.on('clientDisconnect', forget);
  aedes.on('clientError', (client) => client.close(() => forget(client)));
  aedes.on('connectionError', (client) => client.close(() => forget(client)));
}
