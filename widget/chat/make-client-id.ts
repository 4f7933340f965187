// What the widget is called at the broker: whose it is stands in it, for brokers that ask.

/**
 * Another one each time. Two tabs would push each other out, and a node of a cluster that has died may
 * still hold what it kept under the last one. The name is that of the session which signs in: who joined an
 * older conversation talks in another's.
 */
export const makeClientId = (username: string): string =>
  `visitor-${username}-${crypto.randomUUID().slice(0, 8)}`;
