// Every disturbance the emulator knows; all are off until someone turns them on.

/** From 0 (never) to 1 (always). */
export type Probability = number;

export interface Switches {
  // What agents look like.
  /** `current_customer_count` trails the truth by so long; `forever`: stays what it began with. */
  countLagMs: number | 'forever';
  /** `current_customer_count` is left out. */
  countAbsent: boolean;
  /** `meta.total_count` of the agent list is null. */
  totalCountNull: boolean;
  /** The agent list's `meta` stands inside `data`, with cursors, as in one model of the docs. */
  metaInData: boolean;
  /** `GET /api/v1/admin/agents` answers 403 with a `traceid`, as for accounts of 2026. */
  v1Agents403: boolean;
  /** Agents come and go: every `everyMs` one at random turns available or unavailable. */
  agentFlapping: { everyMs: number } | null;

  /** The lists of all agents are empty; asked for by their ids they are still there. */
  agentsUnlisted: boolean;
  /**
   * Whom `available_agents` lists of the room's channel: everybody, as the docs have it, or only those who
   * are available, as its name has it.
   */
  roomAgents: 'all' | 'available';

  // What hooks look like and how they travel.
  /** 2025 unless said otherwise: the newest seen. */
  hookGeneration: 2019 | 2021 | 2024 | 2025;
  /** Who `candidate_agent` names: nobody, the most loaded agent, or an unavailable one. */
  candidateAgent: null | 'full' | 'offline';
  /** A hook arrives again, `copies` times (1 unless said), each within `spreadMs`; 0: at once. */
  duplicateHooks: { probability: Probability; copies?: number; spreadMs: number } | null;
  /** A hook is held back for up to `delayMs`, so that later ones overtake it. */
  reorderHooks: { probability: Probability; delayMs: number } | null;
  /** A hook is never sent. */
  dropHooks: Probability;
  /** Further attempts after a failure, each `hookRetryDelayMs` later. Assumption: none. */
  hookRetries: number;
  hookRetryDelayMs: number;
  /** An attempt that takes longer has failed. Assumption: 5 s. */
  hookTimeoutMs: number;

  // What rooms do.
  /** The filter `unserved` also returns resolved and served rooms. */
  dirtyUnserved: boolean;
  /** The first assign of a waiting session says "exceed max agents"; a repeat passes. */
  freshRoom400: Probability;
  /** Assign to a resolved room: false a plain 400, true any 4xx, or the status given. */
  resolvedRoom4xx: boolean | number;
  /** Rooms whose writes are always answered with a 4xx. */
  permanent4xxRooms: Set<string>;
  /** An admin in the dashboard: every `everyMs` one of the actions on a room at random. */
  manualDashboard: { everyMs: number; actions?: DashboardAction[] } | null;

  // How the API answers; `faultPaths` narrows these. Order: latency, hang, 429, 5xx, the call.
  /** Only calls whose path contains one of these are disturbed; empty: all. */
  faultPaths: string[];
  /** Half before the effect and half after it. */
  latencyMs: number | { min: number; max: number };
  /** No answer ever, and no effect. */
  hang: Probability;
  /** 429, without effect. */
  rate429: { probability: Probability; retryAfterSeconds: number | null } | null;
  /** 500, 502 or 503, without effect. */
  error5xx: Probability;
  /** A write takes effect, then the connection is reset. */
  applyThenReset: Probability;
  /** A write takes effect, then no answer ever comes. */
  applyThenHang: Probability;
  /** The answer keeps its status, and its body is an HTML page. */
  htmlBody: Probability;
  /** The answer keeps its status, and its body is empty. */
  emptyBody: Probability;
  /** A refusal has the status 200, and stands in the body alone. */
  refusalsAs200: boolean;
  /** A login's token is refused with 401 this long after it was given; null: it never expires. */
  expireTokens: number | null;
}

export type DashboardAction = 'assign' | 'transfer' | 'remove' | 'resolve';

export function makeSwitches(given: Partial<Switches> = {}): Switches {
  return { ...calm(), ...given };
}

function calm(): Switches {
  return {
    countLagMs: 0,
    countAbsent: false,
    totalCountNull: false,
    metaInData: false,
    v1Agents403: false,
    agentFlapping: null,
    agentsUnlisted: false,
    roomAgents: 'all',
    hookGeneration: 2025,
    candidateAgent: null,
    duplicateHooks: null,
    reorderHooks: null,
    dropHooks: 0,
    hookRetries: 0,
    hookRetryDelayMs: 1000,
    hookTimeoutMs: 5000,
    dirtyUnserved: false,
    freshRoom400: 0,
    resolvedRoom4xx: false,
    permanent4xxRooms: new Set(),
    manualDashboard: null,
    faultPaths: [],
    latencyMs: 0,
    hang: 0,
    rate429: null,
    error5xx: 0,
    applyThenReset: 0,
    applyThenHang: 0,
    htmlBody: 0,
    emptyBody: 0,
    refusalsAs200: false,
    expireTokens: null,
  };
}
