// How the receiver answers: by a constant, a script, a lottery, or as a function of the request.
import type { ReceivedRequest } from './received-request.ts';

export type Behaviour = Answer | Fault;

export interface Answer {
  status: number;
  /** Waited before the answer. */
  afterMs?: number;
  /** Seconds as a number; a Date becomes an HTTP date. */
  retryAfter?: number | Date;
  /** Where a 3xx points; else to the receiver's own trap, which counts those who follow. */
  location?: string;
  /** The size of the body, to be larger than anybody wants to read. */
  bodyBytes?: number;
}

export type Fault =
  /** Takes the request and never answers. */
  | { fault: 'hang' }
  /** TCP reset instead of an answer. */
  | { fault: 'reset' }
  /** TCP reset in the middle of the answer's headers. */
  | { fault: 'half-headers' }
  /** The connection ends after half of the body that the headers announced. */
  | { fault: 'half-body' }
  /** 200 at once, then a byte of body every so often, until `bytes` are written. */
  | { fault: 'trickle'; everyMs: number; bytes?: number };

/** A list is used up one by one; after it, answers are normal again. null: all is well. */
export type Plan =
  | Behaviour
  | Behaviour[]
  | Lottery
  | ((request: ReceivedRequest) => Behaviour | null);

/** Drawn for each request; what is left of the probability goes to `otherwise` (200). */
export interface Lottery {
  draws: { probability: number; behaviour: Behaviour }[];
  otherwise?: Behaviour;
}

export const WELL: Answer = { status: 200 };

/** `random` answers from 0 up to 1. */
export function makeChooser(plan: Plan, random: () => number) {
  if (typeof plan === 'function') return (request: ReceivedRequest) => plan(request) ?? WELL;
  if (Array.isArray(plan)) {
    const left = [...plan];
    return () => left.shift() ?? WELL;
  }
  return 'draws' in plan ? () => draw(plan, random()) : () => plan;
}

function draw({ draws, otherwise = WELL }: Lottery, random: number): Behaviour {
  let sum = 0;
  for (const { probability, behaviour } of draws) {
    sum += probability;
    if (random < sum) return behaviour;
  }
  return otherwise;
}
