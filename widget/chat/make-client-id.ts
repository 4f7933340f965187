// The widget's client id at the broker: it names its owner, for brokers that ask.

/**
 * A new one each time. Two tabs would disconnect each other, and a cluster node that has died may
 * still hold state under the last one. It names the session that signs in: a visitor who joined an
 * older conversation writes in another session's.
 */
export const makeClientId = (username: string): string =>
  `visitor-${username}-${crypto.randomUUID().slice(0, 8)}`;
