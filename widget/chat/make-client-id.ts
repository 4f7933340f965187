// What the widget is called at the broker: its session's name stands in it, for brokers that ask whose an id is.

/**
 * Another one each time. Two tabs would push each other out, and a node of a cluster that has died may
 * still hold what it kept under the last one.
 */
export const makeClientId = (sessionId: string): string =>
  `visitor-${sessionId}-${crypto.randomUUID().slice(0, 8)}`;
