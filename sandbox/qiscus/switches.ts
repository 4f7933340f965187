// Names every way in which this Qiscus can be as late, wrong or broken as the real one.

export interface Switches {
  /** `current_customer_count` shows the count of so long ago; `forever` freezes it. */
  countLagMs: number | 'forever';
  /** The agent object comes without `current_customer_count`. */
  countAbsent: boolean;

  /** A hook is sent `copies` more times, each 0 to `spreadMs` later; 0 means all at once. */
  duplicateHooks: { probability: number; copies: number; spreadMs: number } | null;
  /** Each hook is held back for a random time up to this, so that later ones overtake it. */
  reorderHooks: { withinMs: number } | null;
  /** Probability that a hook, with all its copies, is never sent. */
  dropHooks: number;
  /** Which generation's fields, dates and escapes hooks are written in. */
  hookGeneration: 2019 | 2021 | 2024 | 2025;
  /** Repeats of a hook that failed or got no 2xx, one second apart. Assumption: none. */
  hookRetries: number;
  /** How long a hook's receiver may take. Assumption: 10 s. */
  hookTimeoutMs: number;
  /**
   * Whom `candidate_agent` names: the agent with the most customers, one who is offline, or
   * the available one with the fewest. null where there is none such.
   */
  candidateAgent: 'full' | 'offline' | 'free' | null;

  /** `serve_status=unserved` also returns some rooms that are resolved or already served. */
  dirtyUnserved: boolean;
  /** `meta.total_count` of `/api/v2/admin/agents` is null. */
  totalCountNull: boolean;
  /** `/api/v2/admin/agents` puts `meta` inside `data`, with the cursors `after` and `before`. */
  metaInData: boolean;

  /** Probability that the first try to assign a room's session is refused as if it were full. */
  freshRoom400: number;
  /** Rooms whose assignment is always refused. */
  permanent4xxRooms: Set<string>;
  /**
   * Assigning a resolved room is refused. On from the start, because that is how Qiscus is
   * known to behave; off, the assignment is accepted and opens a new session.
   */
  resolvedRoom4xx: boolean;

  /** Tokens turn invalid (401) so long after their login, or after so many requests. */
  expireTokens: { afterMs?: number; afterUses?: number } | null;
  /** `GET /api/v1/admin/agents` answers 403, as for accounts of 2026. */
  v1Agents403: boolean;
  /** Without `Retry-After` when `retryAfterSeconds` is null. */
  rate429: { probability: number; retryAfterSeconds: number | null } | null;
  /** Probability of a 500, 502 or 503 instead of the call's effect. */
  error5xx: number;
  /** Answers carry an HTML page: true for errors alone, `all` for successes too. */
  htmlBody: boolean | 'all';
  /** Answers carry no body: true for errors alone, `all` for successes too. */
  emptyBody: boolean | 'all';
  /** Added to each call, half of it before the effect and half after; a pair is a range. */
  latencyMs: number | readonly [number, number];
  /** Probability that a call is never answered and has no effect. */
  hang: number;
  /** Probability that a write to a room takes effect and then loses its connection. */
  applyThenReset: number;
  /** `rate429` to `applyThenReset` touch only calls whose path contains this. */
  faultyPath: string | null;

  /** So often, one random agent goes on- or offline. */
  agentFlapping: { everyMs: number } | null;
  /** So often, somebody assigns, transfers or resolves a random room in the dashboard. */
  manualDashboard: { everyMs: number } | null;
}

/** A Qiscus in good health. */
export function createSwitches(changes: Partial<Switches> = {}): Switches {
  return {
    countLagMs: 0,
    countAbsent: false,
    duplicateHooks: null,
    reorderHooks: null,
    dropHooks: 0,
    hookGeneration: 2025,
    hookRetries: 0,
    hookTimeoutMs: 10_000,
    candidateAgent: null,
    dirtyUnserved: false,
    totalCountNull: false,
    metaInData: false,
    freshRoom400: 0,
    permanent4xxRooms: new Set(),
    resolvedRoom4xx: true,
    expireTokens: null,
    v1Agents403: false,
    rate429: null,
    error5xx: 0,
    htmlBody: false,
    emptyBody: false,
    latencyMs: 0,
    hang: 0,
    applyThenReset: 0,
    faultyPath: null,
    agentFlapping: null,
    manualDashboard: null,
    ...changes,
  };
}
