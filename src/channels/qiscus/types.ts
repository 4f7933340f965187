// Qiscus' answers once read, and how a call to it may end.

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export interface Failure {
  /**
   * `unknown`: time-out or reset after the request went out, so it may have taken effect.
   * `unavailable`: never reached it, or it answered 429, 5xx or something unreadable.
   * `unauthorized`: 401 or 403. `refused`: any other answer below 500.
   */
  kind: 'unknown' | 'unavailable' | 'unauthorized' | 'refused';
  status: number | null;
  /** Short and readable for people; holds no secret. */
  text: string;
  /** How long Qiscus, or our own pause, asks us to wait. */
  retryAfterMs: number | null;
}

export interface RemoteAgent {
  /** New whenever the agent is deleted and made again. */
  externalId: string;
  name: string;
  email: string | null;
  /** False whenever forced offline. */
  isAvailable: boolean;
  /** Lags our own writes; null where Qiscus leaves it out. */
  customerCount: number | null;
  /** null: not reported, which differs from none. */
  channelIds: string[] | null;
  /** `admin`, `agent`, …; null when the number is unknown or missing. */
  kind: string | null;
}

export interface RemoteRoom {
  roomId: string;
  isWaiting: boolean;
  isResolved: boolean;
  source: string | null;
  channelId: string | null;
  name: string | null;
  userId: string | null;
  avatarUrl: string | null;
}

export interface RemoteApp {
  appId: string;
  allocateAgentWebhookUrl: string | null;
  isAllocateAgentWebhookEnabled: boolean | null;
  markAsResolvedWebhookUrl: string | null;
  isMarkAsResolvedWebhookEnabled: boolean | null;
}
