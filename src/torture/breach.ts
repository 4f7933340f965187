// A promise that was broken, with the shortest story that shows it.

/** What Usher promises, by name. */
export const promises = {
  'one holder': 'A conversation has at most one agent at a time.',
  history: 'The events of a conversation have no gap, and each can follow the one before.',
  order: 'What all clients saw of a conversation happened in one order.',
  acknowledged: 'Nothing that was acknowledged is lost or done twice.',
  capacity: 'Nobody is given more than their capacity.',
  deliveries: 'Each event reaches its receiver, once by its id, in order and signed.',
  queue: 'Nobody waits while an agent is free.',
  state: 'What is kept in one place agrees with what is kept in another.',
  servers: 'A server ends only when it is told to, or while its database is away.',
} as const;
export type PromiseName = keyof typeof promises;

export interface Breach {
  promise: PromiseName;
  /** The conversation, agent or server. */
  subject: string;
  what: string;
  /** A line an event, the fewest that show it. */
  story: readonly string[];
}

/** A run that breaks a promise everywhere needs no story of each. */
export const MOST_TOLD = 5;
