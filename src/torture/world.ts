// What all that acts and all that strikes shares in one round.
import type { Answered, Asking, Question } from './ask.ts';
import type { Random } from './make-random.ts';
import type { TortureDatabase } from './open-database.ts';
import type { Node } from './open-node.ts';
import type { TcpProxy } from './open-proxy.ts';
import type { Acts } from './record.ts';
import type { Company } from './set-up.ts';
import type { QiscusStandIn } from './stand-ins/start-qiscus.ts';
import type { ReceiverStandIn } from './stand-ins/start-receiver.ts';

/** A server, and what stands between it and its database. */
export interface Placed {
  node: Node;
  line: TcpProxy;
  /** Where its clock may be turned; null: it may not. */
  turnClock: ((seconds: number) => Promise<void>) | null;
  /** Something is being done to it: no second thing may begin. */
  isStruck: boolean;
}

/** A receiver, and what stands before it. */
export interface Listening {
  receiver: ReceiverStandIn;
  line: TcpProxy;
  isStruck: boolean;
}

export interface Round {
  /** Names of this round begin with it. */
  prefix: string;
  acts: Acts;
  company: Company;
  qiscus: QiscusStandIn;
  database: TortureDatabase;
  nodes: readonly Placed[];
  receivers: readonly Listening[];
  /** Another stream for each use. */
  random(): Random;
  asking(random: Random): Asking;
  /** Asks until it is answered or the round is given up. */
  ask(random: Random, question: Question): Promise<Answered | null>;
  /** Nothing new begins. */
  isCalm(): boolean;
  /** How likely it is that a webhook never arrives. */
  lostWebhooks: number;
  /** When a fault last lasted that can cut off a commit. */
  blurredAt(): number;
  /** A number that no other has in this round. */
  next(): number;
  /** How often something has been done. */
  count(what: string): void;
}

/** In milliseconds, by a clock that nobody turns. */
export const elapsed = (): number => performance.now();
