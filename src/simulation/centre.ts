// The state of one run: who waits, who serves, what is to happen next. What happens to it stands in the files beside this one.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Scenario } from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import type { SimulatedAgent } from './agents.ts';
import type { Attention } from './attention.ts';
import type { Contact } from './contacts.ts';
import type { PlannedTransfer } from './draw-transfers.ts';
import type { AgentWork } from './follow-work.ts';
import type { Silenced } from './foresee-silence.ts';
import type { BotTalk, Habits } from './habits.ts';
import type { Answer, Offers } from './offers.ts';
import type { Customers, Planned } from './plan-customers.ts';
import type { InLine, Queue } from './queue.ts';
import type { Shifts } from './shifts.ts';
import type { Source } from './sources.ts';
import type { Counted, Tally } from './tally.ts';
import type { Timetable } from './timetable.ts';

export interface Centre {
  scenario: Scenario;
  document: PolicyDocument;
  begins: Instant;
  now: Instant;
  /** How many will come. */
  arrivals: number;
  /** How many have come, and when the last of them. */
  come: number;
  lastCameAt: Instant;
  /** The number of the first arrival that counts. */
  firstCounted: number;
  agents: readonly SimulatedAgent[];
  /** By the agent’s place; null: what it holds does not slow it down. */
  attention: readonly (Attention<Served> | null)[];
  sources: readonly Source[];
  customers: Customers;
  queue: Queue<Customer>;
  work: AgentWork;
  tally: Tally;
  timetable: Timetable<Happening>;
  /** How many wait, by plan. */
  inPlan: Map<string, number>;
  /** null: no plan offers. */
  offers: Offers | null;
  habits: Habits;
  /** How many are offered to somebody at this moment. */
  offered: number;
  /** How many a bot has, or an agent who gives no answer: they may still come to the line. */
  unanswered: number;
  witness: Witness | null;
}

export interface Customer extends Planned, InLine<Customer>, Counted {
  source: Source;
  /** Of its outcome. */
  nth: number;
  plan: string | null;
  serviceMs: number;
  /** Those that are planned, one after the other, before the service of the last agent. */
  plannedTransfers: readonly PlannedTransfer[];
  /** How many of them have been made. */
  transfers: number;
  /** When it was transferred; null: it waits for the first agent, or somebody has it. */
  waitsAgainSince: Instant | null;
  /** An agent has had it. */
  isServed: boolean;
  /** An agent has answered, or will before it goes on to others. */
  isAnswered: boolean;
  /** How long its agent takes to answer, as its service; null: it is not known. */
  firstAnswerMs: number | null;
  /** How long after an agent has it the contact writes no more; null: the contact answers to the end. */
  quietAfterMs: number | null;
  /** When its patience is over; null: never. An earlier appointment is void. */
  leavesAt: Instant | null;
  /** How long a bot had it: no waiting. */
  heldMs: number;
  /** When it is looked at again; an earlier appointment is void. */
  dueAt: Instant | null;
  /** null: nobody of its kind comes back. */
  contact: Contact | null;
  /** Its first plan has been told. */
  hasEntered: boolean;
  /** null: it is offered to nobody. */
  offer: Offer | null;
}

/** What stands until the agent answers, the time is over or the customer leaves. */
export interface Offer {
  /** The agent's place. */
  to: number;
  weight: number;
  plan: string;
  at: Instant;
}

/** What an agent has in hand. */
export interface Served {
  /** What follows when its time is over; null: it is served. */
  transfer: PlannedTransfer | null;
  /** By itself. */
  ms: number;
  /** Until the first answer, by itself; null: it gets none, or it is not known. */
  markMs: number | null;
  weight: number;
  /** By which it was given; null: by none. */
  plan: string | null;
  customer: Customer;
  /** null: the contact gets no answer, so it is not settled yet that this is a service. */
  settledAt: Instant | null;
  heldAt: Instant;
  isOver: boolean;
}

/** What a bot has in hand. */
export interface BotHeld {
  /** The bot's place. */
  to: number;
  weight: number;
  since: Instant;
  talk: BotTalk;
}

export type Happening =
  | { what: 'arrival'; source: Source }
  | { what: 'end'; agent: number; served: Served }
  /** Void where something has changed since. */
  | { what: 'shared-end'; agent: number; changes: number }
  | { what: 'shift'; roster: Roster; isOn: boolean }
  | { what: 'leave' | 'due'; customer: Customer }
  | { what: 'bot-end'; customer: Customer; bot: BotHeld }
  /** Void where the service has ended before. */
  | { what: 'silenced'; agent: number; served: Served; step: Silenced['step'] }
  /** Void where the customer has left meanwhile. */
  | { what: 'answer'; customer: Customer; offer: Offer; answer: Answer }
  /** Void where the agent came by a shift meanwhile. */
  | { what: 'back'; agent: number; awaySince: Instant };

/** Agents whose shifts are the same, by their places. */
export interface Roster {
  places: readonly number[];
  shifts: Shifts;
}

/** Looks on: at who waits and what becomes of it, and at the centre after each moment. Changes nothing. */
export interface Witness {
  wait(one: Watched, now: Instant): void;
  /** Also one that never waited. `ms`: how long it takes, by itself; `plan`: by which it was given, as it stands in none any more. */
  serve(one: Watched, now: Instant, service: { ms: number; plan: string | null }): void;
  leave(one: Watched, now: Instant): void;
  pass(now: Instant, queue: Pick<Queue<Watched>, 'agents' | 'states'>): void;
}
export type Watched = Pick<Customer, 'id' | 'plan' | 'place'>;

/**
 * Whoever still waits so long after the last arrival is moved on no more: hours open and close for
 * ever. Steps and limits end within a week each.
 */
const TAIL_MS = 28 * 86_400_000;

/** In line, and offered to somebody. */
export function countWaiting({ queue, offered }: Centre): number {
  return queue.waiting + offered;
}

/** Nobody comes any more, and this is long after the last one did. */
export function isInTail({ come, arrivals, lastCameAt }: Centre, at: Instant): boolean {
  return come === arrivals && at > lastCameAt + TAIL_MS;
}
