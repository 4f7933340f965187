// How the emulator deviates from mailroom's answers: all switches for one request.
import type { Arrival } from './arrival.ts';

/** Empty: as mailroom does. */
export interface Behaviour {
  /** Instead of mailroom's own, with the body that mailroom has for it. */
  status?: number;
  /** Instead of that body; a string goes out as it is, anything else as JSON. */
  body?: unknown;
  /** `hang`: no answer ever. `reset`: TCP reset. `half-body`: the connection ends within the body. */
  fault?: 'hang' | 'reset' | 'half-body';
  /** It takes effect all the same, before the answer or the fault. */
  handled?: boolean;
  /** Waited after the effect and before the answer or the fault. */
  afterMs?: number;
  /** Seconds as a number; a Date becomes an HTTP date. */
  retryAfter?: number | Date;
  /** Where a 3xx points; else to `/redirected` of the emulator, where nothing takes effect. */
  location?: string;
}

/** A list is used up one by one; after it, answers are normal again. */
export type Plan = Behaviour | Behaviour[] | Lottery | ((arrival: Arrival) => Behaviour | null);

/** Drawn for each request; what is left of the probability goes to `otherwise` (all is well). */
export interface Lottery {
  draws: { probability: number; behaviour: Behaviour }[];
  otherwise?: Behaviour;
}

/** For a list: the same thing `times` times. */
export function repeatedly(times: number, behaviour: Behaviour): Behaviour[] {
  return Array.from({ length: times }, () => behaviour);
}

/** `random` answers from 0 up to 1. */
export function makeChooser(plan: Plan, random: () => number): (arrival: Arrival) => Behaviour {
  if (typeof plan === 'function') return (arrival) => plan(arrival) ?? {};
  if (Array.isArray(plan)) {
    const left = [...plan];
    return () => left.shift() ?? {};
  }
  return 'draws' in plan ? () => draw(plan, random()) : () => plan;
}

function draw({ draws, otherwise = {} }: Lottery, random: number): Behaviour {
  let sum = 0;
  for (const { probability, behaviour } of draws) {
    sum += probability;
    if (random < sum) return behaviour;
  }
  return otherwise;
}
