// Decides who is admitted to the embedded broker: an identity, under a client id of its own, with a
// permitted will.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { AedesOptions, AuthenticateError, Client } from 'aedes';
import type { Clock } from '../clock.ts';
import { isBound } from './client-ids.ts';
import { type Connection, limitSenders, makeConnection } from './connection.ts';
import type { Door } from './door.ts';
import type { Identity, Refusal } from './identity.ts';
import type { Holdings } from './limit-connections.ts';
import { limitStrangers } from './limit-strangers.ts';
import { mayPublish } from './may.ts';
import { parseSaid } from './take-publish.ts';
import { withoutBase } from './topics.ts';

export interface Known {
  known: Map<Client, Connection>;
  byClientId: Map<string, Client>;
  baseOf: (workspaceId: string) => string;
  forget: (client: Client) => void;
  holdings: Holdings;
  /** Something of ours has failed, and not merely the database. */
  onFault: (error: unknown, what: string) => void;
}

/** A client's address, as far as we believe its request. */
export type AddressOf = (request: Pick<IncomingMessage, 'socket' | 'headers'>) => string;

export const MAX_CLIENT_ID = 128;
const MAX_KEEP_ALIVE_SECONDS = 300;
const MAX_CLIENTS = 20_000;
/** After its socket has closed, a client is forgotten even if the broker reports nothing. */
const FORGET_AFTER_MS = 2000;

export function admitClients(
  door: Door,
  {
    known,
    byClientId,
    baseOf,
    forget,
    holdings,
    addressOf,
    clock,
    onFault,
  }: Known & { addressOf: AddressOf; clock: Clock },
): Required<Pick<AedesOptions, 'preConnect' | 'authenticate'>> {
  const wills = new WeakMap<Client, string>();
  const limits = limitSenders();
  const strangers = limitStrangers(clock);
  const placeOf = ({ req, conn }: Client): string =>
    addressOf(req ?? { socket: conn as Socket, headers: {} });
  const enter = async (
    client: Client,
    login: Parameters<Door['recognise']>[0],
  ): Promise<Refusal | 2 | 3 | null> => {
    const identity = await door.recognise(login);
    if (client.closed) return 4;
    if (identity === 3) return refuse(identity, 'suspended');
    if (typeof identity === 'number') {
      strangers.note(placeOf(client));
      return refuse(identity, 'connect');
    }
    const will = wills.get(client);
    const base = baseOf(identity.workspaceId);
    if (will !== undefined && !mayLeave(identity, withoutBase(base, will))) {
      return refuse(5, 'will');
    }
    if (isTaken({ known, byClientId }, client.id, identity)) return refuse(2, 'client id');
    if (!holdings.take(client, identity, placeOf(client))) return refuse(3, 'too many connections');
    known.set(client, makeConnection(client.id, identity, limits));
    byClientId.set(client.id, client);
    client.conn.once('close', () => setTimeout(() => forget(client), FORGET_AFTER_MS).unref());
    return null;
  };
  const refuse = <Code>(code: Code, what: string): Code => {
    door.onRefusal(null, what);
    return code;
  };
  return {
    preConnect: (client, packet, done) => {
      // MQTT 3.1.1 §3.1.2.2: reported by return code 1.
      if (packet.protocolVersion !== 4) return turnAway(client, 1, done);
      // The database is the record, so the broker keeps nothing for clients that are away.
      packet.clean = true;
      packet.keepalive = Math.min(packet.keepalive ?? 0, MAX_KEEP_ALIVE_SECONDS);
      if (packet.will !== undefined) wills.set(client, packet.will.topic);
      // Without an error the broker would keep the socket, and never look at it again.
      if (packet.clientId.length > MAX_CLIENT_ID) return turnAway(client, 2, done);
      const isFull = known.size >= MAX_CLIENTS || strangers.isClosed(placeOf(client));
      if (isFull) return turnAway(client, 3, done);
      done(null, true);
    },
    authenticate: (client, username, password, done) => {
      enter(client, { username, password: password?.toString() }).then(
        (code) => (code === null ? done(null, true) : done(refusal(code), false)),
        (error: Error) => {
          onFault(error, 'whether a client may enter could not be judged');
          done(refusal(3, error.message), false);
        },
      );
    },
  };
}

/** Somebody else is connected under that client id, or only another may be. */
function isTaken(
  { known, byClientId }: Pick<Known, 'known' | 'byClientId'>,
  clientId: string,
  identity: Identity,
): boolean {
  const holder = byClientId.get(clientId);
  const other = holder && known.get(holder);
  return (other !== undefined && !isSame(other.identity, identity)) || isBound(clientId, identity);
}

function refusal(returnCode: number, message = 'refused'): AuthenticateError {
  return Object.assign(new Error(message), { returnCode }) as AuthenticateError;
}

/** Before the broker knows the client: answered with a return code, and closed. */
function turnAway(
  client: Client,
  returnCode: number,
  done: (error: Error | null, success: boolean) => void,
): void {
  client.conn.write(Buffer.from([0x20, 2, 0, returnCode]), () => {
    done(new Error(`turned away with ${returnCode}`), false);
  });
}

/** A last will is a publish like any other, announced in advance. */
function mayLeave(identity: Identity, topic: string | null): boolean {
  const parsed = topic === null ? null : parseSaid(identity, topic);
  return parsed !== null && mayPublish(identity, parsed);
}

function isSame(a: Identity, b: Identity): boolean {
  if (a.workspaceId !== b.workspaceId) return false;
  if (a.kind === 'visitor' && b.kind === 'visitor') {
    return a.session.customerId === b.session.customerId;
  }
  return a.kind === 'agent' && b.kind === 'agent' && a.agentId === b.agentId;
}
