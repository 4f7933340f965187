// The API as openapi.json has it. Written by `npm run generate`; do not edit.

export interface paths {
  '/livez': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { status: string; reason?: string | undefined } } } };
    };
  };
  '/readyz': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { status: string; reason?: string | undefined } } }; 503: { headers: { [name: string]: unknown }; content: { 'application/json': { status: string; reason?: string | undefined } } } };
    };
  };
  '/metrics': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/connection': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { protocol: "http" | "https"; host: string; client: "direct" | "named" | "unnamed" | "not-believed" } } } };
    };
  };
  '/api/v1/agents': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; kind: "human" | "bot"; webhook: { endpointId: string; host: string; enabled: boolean } | null; email: string | null; role: "admin" | "supervisor" | "agent"; capacity: number | null; effectiveCapacity: number; availability: "online" | "away" | "offline"; lapsed: boolean; statusId: string | null; statusCause: "chosen" | "set" | "sign-of-life" | "no-sign-of-life" | "push-missed" | "signed-out" | "missed-offers" | "elsewhere" | "created" | "removed" | "unknown"; statusBy: string | null; statusReason: string | null; statusSince: string; load: number; parked: number; externalLoad: number; answersHere: boolean; teamIds: string[]; skillIds: string[]; skillLevels: Record<string, number>; lastAssignedAt: string | null; limits: Record<string, number> | null; effectiveLimits: { scope: string; most: number; load: number }[]; pace: number | null; effectivePace: number; pacedUntil: string | null; wrapUp: number | null; effectiveWrapUp: number; wrapUps: { conversationId: string; weight: number; since: string; until: string }[] }[]; nextCursor: string | null } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; email?: string | null | undefined; role?: "admin" | "supervisor" | "agent" | undefined; capacity?: number | null | undefined; availability?: "online" | "away" | "offline" | undefined; answersHere?: boolean | undefined; teamIds?: string[] | undefined; skillIds?: string[] | undefined; skillLevels?: Record<string, number> | undefined; limits?: Record<string, number> | null | undefined; pace?: number | null | undefined; wrapUp?: number | null | undefined; kind?: "human" | "bot" | undefined; webhook?: { url?: string | undefined; secret?: string | undefined } | null | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; kind: "human" | "bot"; webhook: { endpointId: string; host: string; enabled: boolean } | null; email: string | null; role: "admin" | "supervisor" | "agent"; capacity: number | null; effectiveCapacity: number; availability: "online" | "away" | "offline"; lapsed: boolean; statusId: string | null; statusCause: "chosen" | "set" | "sign-of-life" | "no-sign-of-life" | "push-missed" | "signed-out" | "missed-offers" | "elsewhere" | "created" | "removed" | "unknown"; statusBy: string | null; statusReason: string | null; statusSince: string; load: number; parked: number; externalLoad: number; answersHere: boolean; teamIds: string[]; skillIds: string[]; skillLevels: Record<string, number>; lastAssignedAt: string | null; limits: Record<string, number> | null; effectiveLimits: { scope: string; most: number; load: number }[]; pace: number | null; effectivePace: number; pacedUntil: string | null; wrapUp: number | null; effectiveWrapUp: number; wrapUps: { conversationId: string; weight: number; since: string; until: string }[] } } } };
    };
  };
  '/api/v1/agents/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; kind: "human" | "bot"; webhook: { endpointId: string; host: string; enabled: boolean } | null; email: string | null; role: "admin" | "supervisor" | "agent"; capacity: number | null; effectiveCapacity: number; availability: "online" | "away" | "offline"; lapsed: boolean; statusId: string | null; statusCause: "chosen" | "set" | "sign-of-life" | "no-sign-of-life" | "push-missed" | "signed-out" | "missed-offers" | "elsewhere" | "created" | "removed" | "unknown"; statusBy: string | null; statusReason: string | null; statusSince: string; load: number; parked: number; externalLoad: number; answersHere: boolean; teamIds: string[]; skillIds: string[]; skillLevels: Record<string, number>; lastAssignedAt: string | null; limits: Record<string, number> | null; effectiveLimits: { scope: string; most: number; load: number }[]; pace: number | null; effectivePace: number; pacedUntil: string | null; wrapUp: number | null; effectiveWrapUp: number; wrapUps: { conversationId: string; weight: number; since: string; until: string }[] } } } };
    };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; email?: string | null | undefined; role?: "admin" | "supervisor" | "agent" | undefined; capacity?: number | null | undefined; availability?: "online" | "away" | "offline" | undefined; answersHere?: boolean | undefined; teamIds?: string[] | undefined; skillIds?: string[] | undefined; skillLevels?: Record<string, number> | undefined; limits?: Record<string, number> | null | undefined; pace?: number | null | undefined; wrapUp?: number | null | undefined; webhook?: { url?: string | undefined; secret?: string | undefined } | null | undefined; statusId?: string | null | undefined; statusReason?: string | null | undefined; leaseSeconds?: number | null | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; kind: "human" | "bot"; webhook: { endpointId: string; host: string; enabled: boolean } | null; email: string | null; role: "admin" | "supervisor" | "agent"; capacity: number | null; effectiveCapacity: number; availability: "online" | "away" | "offline"; lapsed: boolean; statusId: string | null; statusCause: "chosen" | "set" | "sign-of-life" | "no-sign-of-life" | "push-missed" | "signed-out" | "missed-offers" | "elsewhere" | "created" | "removed" | "unknown"; statusBy: string | null; statusReason: string | null; statusSince: string; load: number; parked: number; externalLoad: number; answersHere: boolean; teamIds: string[]; skillIds: string[]; skillLevels: Record<string, number>; lastAssignedAt: string | null; limits: Record<string, number> | null; effectiveLimits: { scope: string; most: number; load: number }[]; pace: number | null; effectivePace: number; pacedUntil: string | null; wrapUp: number | null; effectiveWrapUp: number; wrapUps: { conversationId: string; weight: number; since: string; until: string }[] } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/agents/{id}/wrap-up/done': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { conversationId?: string | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; kind: "human" | "bot"; webhook: { endpointId: string; host: string; enabled: boolean } | null; email: string | null; role: "admin" | "supervisor" | "agent"; capacity: number | null; effectiveCapacity: number; availability: "online" | "away" | "offline"; lapsed: boolean; statusId: string | null; statusCause: "chosen" | "set" | "sign-of-life" | "no-sign-of-life" | "push-missed" | "signed-out" | "missed-offers" | "elsewhere" | "created" | "removed" | "unknown"; statusBy: string | null; statusReason: string | null; statusSince: string; load: number; parked: number; externalLoad: number; answersHere: boolean; teamIds: string[]; skillIds: string[]; skillLevels: Record<string, number>; lastAssignedAt: string | null; limits: Record<string, number> | null; effectiveLimits: { scope: string; most: number; load: number }[]; pace: number | null; effectivePace: number; pacedUntil: string | null; wrapUp: number | null; effectiveWrapUp: number; wrapUps: { conversationId: string; weight: number; since: string; until: string }[] } } } };
    };
  };
  '/api/v1/teams': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; skillIds: string[] }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; skillIds?: string[] | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; skillIds: string[] } } } };
    };
  };
  '/api/v1/teams/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; skillIds?: string[] | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; skillIds: string[] } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/skills': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string } } } };
    };
  };
  '/api/v1/skills/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/channels': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; kind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; name: string; config: Record<string, unknown>; teamId: string | null; weight: number; enabled: boolean; urls: Record<string, string>; syncedAt: string | null; connected: string | null; syncError: string | null; shownOnce?: Record<string, string> | undefined }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; teamId?: string | null | undefined; weight?: number | undefined; kind: "webchat"; config?: { appCode?: string | undefined; title?: string | undefined; skills?: string[] | undefined; greeting?: string | undefined; quickReplies?: string[] | undefined; launcherText?: string | undefined; colour?: string | undefined; position?: "right" | "left" | undefined; theme?: "auto" | "light" | "dark" | undefined; showPoweredBy?: boolean | undefined; preChat?: { enabled: boolean; fields: { name: string; label: string; required: boolean }[] } | undefined; offline?: { enabled: boolean; text: string } | undefined; allowedOrigins?: string[] | undefined; requireIdentity?: boolean | undefined; anonymousVisitors?: boolean | undefined; acceptance?: "auto" | "manual" | undefined } | undefined; secrets?: { widgetSecret?: string | undefined } | undefined } | { name: string; teamId?: string | null | undefined; weight?: number | undefined; kind: "qiscus"; config: { baseUrl: string; appId: string; email?: string | undefined; appCode?: string | undefined; skills?: string[] | undefined }; secrets: { secretKey?: string | undefined; password?: string | undefined; webhookSecret?: string | undefined } } | { name: string; teamId?: string | null | undefined; weight?: number | undefined; kind: "rapidpro"; config?: { appCode?: string | undefined; onSecondTicket?: "supersede" | "refuse" | undefined; unknownDepartment?: "note" | "refuse" | undefined; skills?: string[] | undefined } | undefined; secrets?: { secret?: string | undefined; apiToken?: string | undefined } | undefined } | { name: string; teamId?: string | null | undefined; weight?: number | undefined; kind: "api"; config?: { appCode?: string | undefined; skills?: string[] | undefined } | undefined } | { name: string; teamId?: string | null | undefined; weight?: number | undefined; kind: "rocketchat"; config: { baseUrl: string; userId: string; callsPerMinute?: number | null | undefined; awayCounts?: boolean | undefined; handovers?: { teamId: string; departmentId: string; department?: string | undefined }[] | undefined; handoverSeconds?: number | null | undefined; appCode?: string | undefined; skills?: string[] | undefined }; secrets: { authToken?: string | undefined; webhookSecret?: string | undefined } } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; kind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; name: string; config: Record<string, unknown>; teamId: string | null; weight: number; enabled: boolean; urls: Record<string, string>; syncedAt: string | null; connected: string | null; syncError: string | null; shownOnce?: Record<string, string> | undefined } } } };
    };
  };
  '/api/v1/channels/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; kind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; name: string; config: Record<string, unknown>; teamId: string | null; weight: number; enabled: boolean; urls: Record<string, string>; syncedAt: string | null; connected: string | null; syncError: string | null; shownOnce?: Record<string, string> | undefined } } } };
    };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; teamId?: string | null | undefined; weight?: number | undefined; enabled?: boolean | undefined; config?: { baseUrl: string; appId: string; email?: string | undefined; appCode?: string | undefined; skills?: string[] | undefined } | { appCode?: string | undefined; onSecondTicket?: "supersede" | "refuse" | undefined; unknownDepartment?: "note" | "refuse" | undefined; skills?: string[] | undefined } | { appCode?: string | undefined; title?: string | undefined; skills?: string[] | undefined; greeting?: string | undefined; quickReplies?: string[] | undefined; launcherText?: string | undefined; colour?: string | undefined; position?: "right" | "left" | undefined; theme?: "auto" | "light" | "dark" | undefined; showPoweredBy?: boolean | undefined; preChat?: { enabled: boolean; fields: { name: string; label: string; required: boolean }[] } | undefined; offline?: { enabled: boolean; text: string } | undefined; allowedOrigins?: string[] | undefined; requireIdentity?: boolean | undefined; anonymousVisitors?: boolean | undefined; acceptance?: "auto" | "manual" | undefined } | { appCode?: string | undefined; skills?: string[] | undefined } | { baseUrl: string; userId: string; callsPerMinute?: number | null | undefined; awayCounts?: boolean | undefined; handovers?: { teamId: string; departmentId: string; department?: string | undefined }[] | undefined; handoverSeconds?: number | null | undefined; appCode?: string | undefined; skills?: string[] | undefined } | undefined; secrets?: { secretKey?: string | undefined; password?: string | undefined; webhookSecret?: string | undefined } | { secret?: string | undefined; apiToken?: string | undefined } | { widgetSecret?: string | undefined } | Record<string, unknown> | { authToken?: string | undefined; webhookSecret?: string | undefined } | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; kind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; name: string; config: Record<string, unknown>; teamId: string | null; weight: number; enabled: boolean; urls: Record<string, string>; syncedAt: string | null; connected: string | null; syncError: string | null; shownOnce?: Record<string, string> | undefined } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/channels/{id}/register-resolve': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { url: string; allocationEnabled: boolean } } } };
    };
  };
  '/api/v1/channels/{id}/check-bodies': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { verdict: "passed" | "dropped" | "no-answer" | "tls" | "redirected" | "elsewhere" | "no-public-url" | "no-secret" } } } };
    };
  };
  '/api/v1/channels/{id}/conversations': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { externalId: string; contact: { externalId: string; name?: string | undefined; email?: string | undefined; phone?: string | undefined; language?: string | undefined; avatarUrl?: string | undefined; attributes?: Record<string, string | number | boolean | null> | undefined; tags?: string[] | undefined }; priority?: "low" | "normal" | "high" | "urgent" | undefined; team?: string | undefined; skills?: string[] | undefined; message?: { text: string; attachments?: { type: string; url: string }[] | undefined } | undefined; tags?: string[] | undefined; source?: string | undefined; externalChannelId?: string | undefined; page?: { url?: string | undefined; referrer?: string | undefined; title?: string | undefined; userAgent?: string | undefined; language?: string | undefined } | undefined; meta?: Record<string, unknown> | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; opened: boolean } } }; 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; opened: boolean } } } };
    };
  };
  '/api/v1/channels/{id}/messages': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { conversation: string; externalId: string; text?: string | undefined; attachments?: { type: string; url: string }[] | undefined; attachmentIds?: string[] | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; conversationId: string; seq: number; repeated: boolean } } }; 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; conversationId: string; seq: number; repeated: boolean } } } };
    };
    get: {
      parameters: { query: { conversation: string; after?: string | undefined; limit?: number | undefined }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { conversationId: string; open: boolean; after: string; items: { id: string; seq: number; authorKind: "contact" | "agent" | "bot" | "user" | "system"; text: string; attachments: { type: string; url: string; name?: string | undefined; size?: number | undefined; id?: string | undefined }[]; createdAt: string }[] } } } };
    };
  };
  '/api/v1/channels/{id}/updates': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { after?: string | undefined; limit?: number | undefined; also?: string | undefined; wait?: number | undefined }; header?: { 'last-event-id'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { after: string; items: ({ type: "message"; conversation: string; conversationId: string; contact: { externalId: string }; at: string; message: { id: string; seq: number; authorKind: "contact" | "agent" | "bot" | "user" | "system"; text: string; attachments: { type: string; url: string; name?: string | undefined; size?: number | undefined; id?: string | undefined }[]; createdAt: string } } | { type: "queued"; conversation: string; conversationId: string; contact: { externalId: string }; at: string } | { type: "assigned"; conversation: string; conversationId: string; contact: { externalId: string }; at: string; agent: { name: string; avatarUrl: string | null } } | { type: "closed"; conversation: string; conversationId: string; contact: { externalId: string }; at: string; reason: string | null } | { type: "read"; conversation: string; conversationId: string; contact: { externalId: string }; at: string; seq: number } | { type: "typing"; conversation: string; conversationId: string; contact: { externalId: string }; at: string; agent: { name: string; avatarUrl: string | null }; typing: boolean } | { type: "place"; conversation: string; conversationId: string; contact: { externalId: string }; at: string; place: { position: number; estimatedWaitSeconds: number | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null } } | { type: "presence"; at: string; presence: "here" | "busy" | "away" })[] } } } };
    };
  };
  '/api/v1/channels/{id}/typing': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { conversation: string; typing: boolean } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/channels/{id}/read': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { conversation: string; seq: number } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/channels/{id}/close': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { conversation: string; reason?: string | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; closed: boolean } } } };
    };
  };
  '/api/v1/channels/{id}/contacts/{externalId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string; externalId: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | null | undefined; email?: string | null | undefined; phone?: string | null | undefined; language?: string | null | undefined; avatarUrl?: string | null | undefined; attributes?: Record<string, string | number | boolean | null> | undefined; tags?: string[] | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; externalId: string; created: boolean } } }; 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; externalId: string; created: boolean } } } };
    };
  };
  '/api/v1/channels/{id}/contacts/{externalId}/merge': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string; externalId: string }; cookie?: never };
      requestBody: { content: { 'application/json': { into: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; externalId: string; conversations: number } } } };
    };
  };
  '/api/v1/channels/{id}/contacts/{externalId}/conversations': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined }; header?: never; path: { id: string; externalId: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; conversation: string; state: "waiting" | "assigned" | "closed"; queuedAt: string; closedAt: string | null; reason: string | null }[]; nextCursor: string | null } } } };
    };
  };
  '/api/v1/channels/{id}/presence': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { presence: "here" | "busy" | "away" } } } };
    };
  };
  '/api/v1/channels/{id}/conversations/{externalId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string; externalId: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; conversation: string; contact: { externalId: string }; state: "waiting" | "assigned" | "closed"; place: { position: number; estimatedWaitSeconds: number | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null } | null; agent: { name: string; avatarUrl: string | null; present: boolean } | null; queuedAt: string; closedAt: string | null; reason: string | null; lastSeq: number; readSeq: { contact: number; agent: number }; transcript: "email" | "download" } } } };
    };
  };
  '/api/v1/channels/{id}/rating': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { conversation: string; conversationId?: string | undefined; score: number; comment?: string | null | undefined } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/channels/{id}/transcript': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { conversation: string; conversationId?: string | undefined; email: string } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/channels/{id}/departments': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; isEnabled: boolean; members: number | null }[]; trouble: string | null } } } };
    };
  };
  '/api/v1/channels/{id}/check-desk': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { what: "reach" | "login" | "roles" | "omnichannel" | "agents" | "webhook-off" | "webhook-url" | "webhook-secret" | "switches" | "own-messages" | "webhook-arrives" | "custom-fields" | "routing" | "departments" | "limiter"; state: "ok" | "wrong" | "unknown"; setting: string | null; found: string | null }[] } } } };
    };
  };
  '/api/v1/conversations/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { tags?: string[] | undefined; priority?: "low" | "normal" | "high" | "urgent" | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/decisions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { state: "waiting" | "assigned" | "parked" | "closed"; reasons: ({ code: "chosen"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; strategy: "least-loaded" | "longest-idle" | "round-robin"; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined } | { code: "considered"; considered: number; eligible: number; removed: Record<string, number> } | { code: "runner-up"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "no-runner-up"; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "given"; agentName: string; by: string; forced: boolean } | { code: "sent-to-plan"; by: string; plan: string } | { code: "balanced"; agentName: string; fromName: string; fromBefore: number; fromAfter: number; toBefore: number; toAfter: number; by: string | null; undone: boolean } | { code: "taken-outside"; agentName: string; forced: boolean } | { code: "chosen-there"; agentName: string; department: string; forced: boolean } | { code: "handed-over"; channelName: string; department: string; until: string | null; alone: boolean } | { code: "handover-trouble"; channelName: string; text: string } | { code: "unconfirmed" } | { code: "offered"; agentName: string; until: string } | { code: "parked"; agentName: string; by: string; since: string; until: string | null } | { code: "closed"; agentName: string | null; closeReason: string | null } | { code: "ruled"; rule: string; plan: string; because: { field: string; operator: "is" | "isNot" | "in" | "contains" | "startsWith" | "moreThan" | "lessThan" | "exists"; value: (string | number | boolean) | (string | number | boolean)[]; holds: boolean; found?: (string | number | boolean) | (string | number | boolean)[] | undefined }[] } | { code: "step"; plan: string; step: number; nextAt: string | null } | { code: "due"; target: "firstAnswer" | "nextAnswer" | "end"; dueAt: string; standing: "ahead" | "soon" | "overdue"; byDue: boolean } | { code: "silent"; of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | { code: "to-route" } | { code: "hours"; calendar: string; open: boolean; changesAt: string | null; otherwise: string } | { code: "limit"; plan: string; limit: "waiting" | "waitFor"; value: number; met: boolean; at: string | null; otherwise: string } | { code: "ending"; plan: string; endReason: string } | { code: "waits"; seconds: number; position: number } | { code: "waits-for"; agentId: string; agentName: string; until: string } | { code: "held"; until: string | null; holdReason: string } | { code: "next-pass" } | { code: "ends-one"; agentName: string; held: number; capacity: number } | { code: "ends-one-of"; agentName: string; channel: string; held: number; most: number } | { code: "wrap-up-ends"; agentName: string; at: string } | { code: "pace-ends"; agentName: string; at: string; others: number } | { code: "comes-online"; agentName: string; others: number } | { code: "may-be-asked-again"; agentName: string; cause: string; until: string; others: number } | { code: "lacks-skills"; skills: string[] } | { code: "nobody-could" })[]; explanation: string[]; decisions: { assignmentId: string; agentId: string; agentName: string | null; state: "pending" | "confirmed" | "ended" | "undone"; assignedBy: string; forced: boolean; assignedAt: string; confirmedAt: string | null; offeredUntil: string | null; endedAt: string | null; endReason: string | null; declineReason: string | null; policyVersion: number | null; because: Record<string, unknown> | null; reasons: ({ code: "chosen"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; strategy: "least-loaded" | "longest-idle" | "round-robin"; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined } | { code: "considered"; considered: number; eligible: number; removed: Record<string, number> } | { code: "runner-up"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "no-runner-up"; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "given"; agentName: string; by: string; forced: boolean } | { code: "sent-to-plan"; by: string; plan: string } | { code: "balanced"; agentName: string; fromName: string; fromBefore: number; fromAfter: number; toBefore: number; toAfter: number; by: string | null; undone: boolean } | { code: "taken-outside"; agentName: string; forced: boolean } | { code: "chosen-there"; agentName: string; department: string; forced: boolean } | { code: "handed-over"; channelName: string; department: string; until: string | null; alone: boolean } | { code: "handover-trouble"; channelName: string; text: string } | { code: "unconfirmed" } | { code: "offered"; agentName: string; until: string } | { code: "parked"; agentName: string; by: string; since: string; until: string | null } | { code: "closed"; agentName: string | null; closeReason: string | null } | { code: "ruled"; rule: string; plan: string; because: { field: string; operator: "is" | "isNot" | "in" | "contains" | "startsWith" | "moreThan" | "lessThan" | "exists"; value: (string | number | boolean) | (string | number | boolean)[]; holds: boolean; found?: (string | number | boolean) | (string | number | boolean)[] | undefined }[] } | { code: "step"; plan: string; step: number; nextAt: string | null } | { code: "due"; target: "firstAnswer" | "nextAnswer" | "end"; dueAt: string; standing: "ahead" | "soon" | "overdue"; byDue: boolean } | { code: "silent"; of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | { code: "to-route" } | { code: "hours"; calendar: string; open: boolean; changesAt: string | null; otherwise: string } | { code: "limit"; plan: string; limit: "waiting" | "waitFor"; value: number; met: boolean; at: string | null; otherwise: string } | { code: "ending"; plan: string; endReason: string } | { code: "waits"; seconds: number; position: number } | { code: "waits-for"; agentId: string; agentName: string; until: string } | { code: "held"; until: string | null; holdReason: string } | { code: "next-pass" } | { code: "ends-one"; agentName: string; held: number; capacity: number } | { code: "ends-one-of"; agentName: string; channel: string; held: number; most: number } | { code: "wrap-up-ends"; agentName: string; at: string } | { code: "pace-ends"; agentName: string; at: string; others: number } | { code: "comes-online"; agentName: string; others: number } | { code: "may-be-asked-again"; agentName: string; cause: string; until: string; others: number } | { code: "lacks-skills"; skills: string[] } | { code: "nobody-could" })[]; sentences: string[] }[] } } } };
    };
  };
  '/api/v1/conversations/{id}/why-not/{agentId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string; agentId: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { agentId: string; agentName: string; state: "waiting" | "assigned" | "parked" | "closed"; reasons: (({ code: "not-online"; availability: "away" | "offline" } | { code: "not-heard-of"; since: string } | { code: "bot-not-named" } | { code: "bot-first" } | { code: "answers-elsewhere" } | { code: "not-on-channel"; channelName: string } | { code: "not-in-division"; channelName: string; externalChannelId: string } | { code: "not-in-team"; team: string } | { code: "below-level"; skills: { skill: string; has: number; needs: number }[] } | { code: "fits-later"; plan: string; step: number; at: string } | { code: "fits-at-no-step"; plan: string } | { code: "excluded"; cause: string; until: string | null } | { code: "asked-before"; cause: string } | { code: "no-room"; held: number; heldOutside: number; capacity: number; weight: number; wrappingUp: number; wrapUpEndsAt: string | null } | { code: "at-limit"; channel: string; held: number; most: number; weight: number } | { code: "paced"; until: string } | { code: "others-before"; count: number } | { code: "goes-to"; agentName: string; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "goes-to-them" } | { code: "has-it"; since: string } | { code: "had-it-last"; until: string | null } | { code: "was-second"; own: { agentName: string; loadShare: number; idleSeconds: number }; chosen: { agentName: string; loadShare: number; idleSeconds: number }; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "could-not-then"; chosenName: string } | { code: "was-not-first"; chosenName: string; secondName: string | null }) | ({ code: "chosen"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; strategy: "least-loaded" | "longest-idle" | "round-robin"; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined } | { code: "considered"; considered: number; eligible: number; removed: Record<string, number> } | { code: "runner-up"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "no-runner-up"; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "given"; agentName: string; by: string; forced: boolean } | { code: "sent-to-plan"; by: string; plan: string } | { code: "balanced"; agentName: string; fromName: string; fromBefore: number; fromAfter: number; toBefore: number; toAfter: number; by: string | null; undone: boolean } | { code: "taken-outside"; agentName: string; forced: boolean } | { code: "chosen-there"; agentName: string; department: string; forced: boolean } | { code: "handed-over"; channelName: string; department: string; until: string | null; alone: boolean } | { code: "handover-trouble"; channelName: string; text: string } | { code: "unconfirmed" } | { code: "offered"; agentName: string; until: string } | { code: "parked"; agentName: string; by: string; since: string; until: string | null } | { code: "closed"; agentName: string | null; closeReason: string | null } | { code: "ruled"; rule: string; plan: string; because: { field: string; operator: "is" | "isNot" | "in" | "contains" | "startsWith" | "moreThan" | "lessThan" | "exists"; value: (string | number | boolean) | (string | number | boolean)[]; holds: boolean; found?: (string | number | boolean) | (string | number | boolean)[] | undefined }[] } | { code: "step"; plan: string; step: number; nextAt: string | null } | { code: "due"; target: "firstAnswer" | "nextAnswer" | "end"; dueAt: string; standing: "ahead" | "soon" | "overdue"; byDue: boolean } | { code: "silent"; of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | { code: "to-route" } | { code: "hours"; calendar: string; open: boolean; changesAt: string | null; otherwise: string } | { code: "limit"; plan: string; limit: "waiting" | "waitFor"; value: number; met: boolean; at: string | null; otherwise: string } | { code: "ending"; plan: string; endReason: string } | { code: "waits"; seconds: number; position: number } | { code: "waits-for"; agentId: string; agentName: string; until: string } | { code: "held"; until: string | null; holdReason: string } | { code: "next-pass" } | { code: "ends-one"; agentName: string; held: number; capacity: number } | { code: "ends-one-of"; agentName: string; channel: string; held: number; most: number } | { code: "wrap-up-ends"; agentName: string; at: string } | { code: "pace-ends"; agentName: string; at: string; others: number } | { code: "comes-online"; agentName: string; others: number } | { code: "may-be-asked-again"; agentName: string; cause: string; until: string; others: number } | { code: "lacks-skills"; skills: string[] } | { code: "nobody-could" }))[]; explanation: string[]; today: (({ code: "not-online"; availability: "away" | "offline" } | { code: "not-heard-of"; since: string } | { code: "bot-not-named" } | { code: "bot-first" } | { code: "answers-elsewhere" } | { code: "not-on-channel"; channelName: string } | { code: "not-in-division"; channelName: string; externalChannelId: string } | { code: "not-in-team"; team: string } | { code: "below-level"; skills: { skill: string; has: number; needs: number }[] } | { code: "fits-later"; plan: string; step: number; at: string } | { code: "fits-at-no-step"; plan: string } | { code: "excluded"; cause: string; until: string | null } | { code: "asked-before"; cause: string } | { code: "no-room"; held: number; heldOutside: number; capacity: number; weight: number; wrappingUp: number; wrapUpEndsAt: string | null } | { code: "at-limit"; channel: string; held: number; most: number; weight: number } | { code: "paced"; until: string } | { code: "others-before"; count: number } | { code: "goes-to"; agentName: string; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "goes-to-them" } | { code: "has-it"; since: string } | { code: "had-it-last"; until: string | null } | { code: "was-second"; own: { agentName: string; loadShare: number; idleSeconds: number }; chosen: { agentName: string; loadShare: number; idleSeconds: number }; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "could-not-then"; chosenName: string } | { code: "was-not-first"; chosenName: string; secondName: string | null }) | ({ code: "chosen"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; strategy: "least-loaded" | "longest-idle" | "round-robin"; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined } | { code: "considered"; considered: number; eligible: number; removed: Record<string, number> } | { code: "runner-up"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "no-runner-up"; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "given"; agentName: string; by: string; forced: boolean } | { code: "sent-to-plan"; by: string; plan: string } | { code: "balanced"; agentName: string; fromName: string; fromBefore: number; fromAfter: number; toBefore: number; toAfter: number; by: string | null; undone: boolean } | { code: "taken-outside"; agentName: string; forced: boolean } | { code: "chosen-there"; agentName: string; department: string; forced: boolean } | { code: "handed-over"; channelName: string; department: string; until: string | null; alone: boolean } | { code: "handover-trouble"; channelName: string; text: string } | { code: "unconfirmed" } | { code: "offered"; agentName: string; until: string } | { code: "parked"; agentName: string; by: string; since: string; until: string | null } | { code: "closed"; agentName: string | null; closeReason: string | null } | { code: "ruled"; rule: string; plan: string; because: { field: string; operator: "is" | "isNot" | "in" | "contains" | "startsWith" | "moreThan" | "lessThan" | "exists"; value: (string | number | boolean) | (string | number | boolean)[]; holds: boolean; found?: (string | number | boolean) | (string | number | boolean)[] | undefined }[] } | { code: "step"; plan: string; step: number; nextAt: string | null } | { code: "due"; target: "firstAnswer" | "nextAnswer" | "end"; dueAt: string; standing: "ahead" | "soon" | "overdue"; byDue: boolean } | { code: "silent"; of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | { code: "to-route" } | { code: "hours"; calendar: string; open: boolean; changesAt: string | null; otherwise: string } | { code: "limit"; plan: string; limit: "waiting" | "waitFor"; value: number; met: boolean; at: string | null; otherwise: string } | { code: "ending"; plan: string; endReason: string } | { code: "waits"; seconds: number; position: number } | { code: "waits-for"; agentId: string; agentName: string; until: string } | { code: "held"; until: string | null; holdReason: string } | { code: "next-pass" } | { code: "ends-one"; agentName: string; held: number; capacity: number } | { code: "ends-one-of"; agentName: string; channel: string; held: number; most: number } | { code: "wrap-up-ends"; agentName: string; at: string } | { code: "pace-ends"; agentName: string; at: string; others: number } | { code: "comes-online"; agentName: string; others: number } | { code: "may-be-asked-again"; agentName: string; cause: string; until: string; others: number } | { code: "lacks-skills"; skills: string[] } | { code: "nobody-could" }))[]; todayExplanation: string[] } } } };
    };
  };
  '/api/v1/conversations/{id}/events': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { after?: number | undefined }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; seq: number; type: string; at: string; data: Record<string, unknown> }[] } } } };
    };
  };
  '/api/v1/conversations/{id}/assign': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { agentId: string; force?: boolean | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/transfer': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { agentId: string; force?: boolean | undefined; note?: string | null | undefined } | { plan: string; note?: string | null | undefined } | { teamId?: string | null | undefined; skillIds?: string[] | undefined; note?: string | null | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/take-over': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { force?: boolean | undefined; note?: string | null | undefined } | null } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/accept': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/decline': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { reason?: string | null | undefined } | null } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/requeue': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { reason?: string | undefined; skillIds?: string[] | undefined } | null } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/park': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { until?: string | null | undefined } | null } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/unpark': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/reopen': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/close': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { reason?: string | undefined; note?: string | undefined; tags?: string[] | undefined; categories?: string[] | undefined; meta?: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] | Record<string, unknown> | undefined } | null } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/bulk': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { changes: { ids: string[]; action: { close: { reason?: string | undefined; note?: string | undefined; tags?: string[] | undefined; categories?: string[] | undefined; meta?: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] | Record<string, unknown> | undefined } } | { reopen: Record<string, unknown> } | { transfer: { agentId: string; force?: boolean | undefined; note?: string | null | undefined } | { plan: string; note?: string | null | undefined } | { teamId?: string | null | undefined; skillIds?: string[] | undefined; note?: string | null | undefined } } | { requeue: { reason?: string | undefined; skillIds?: string[] | undefined } } | { priority: "low" | "normal" | "high" | "urgent" } | { tags: { add?: string[] | undefined; remove?: string[] | undefined } } }[] } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; result: "done" | "refused" | "not-begun"; problem: { code: string; detail: string } | null }[] } } } };
    };
  };
  '/api/v1/plans': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { name: string; waiting: number }[] } } } };
    };
  };
  '/api/v1/conversations/{id}/return': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { note?: string | null | undefined; force?: boolean | undefined } | null } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/handover': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { reason: string; text?: string | undefined; fields?: Record<string, string | number | boolean | null> | undefined; priority?: "low" | "normal" | "high" | "urgent" | undefined; plan?: string | undefined; teamId?: string | undefined; skillIds?: string[] | undefined; note?: string | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/consult': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { agentIds: string[]; note?: string | null | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
  };
  '/api/v1/conversations/{id}/end-consult': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { agentId?: string | undefined } | null } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/conversations/{id}/whisper': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { text: string } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { messageId: string } } } };
    };
  };
  '/api/v1/balance': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { at: string; teamId: string | null; moves: { conversationId: string; contact: string; channelId: string; from: { agentId: string; agentName: string }; to: { agentId: string; agentName: string }; reason: { code: "chosen"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; strategy: "least-loaded" | "longest-idle" | "round-robin"; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined } | { code: "considered"; considered: number; eligible: number; removed: Record<string, number> } | { code: "runner-up"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "no-runner-up"; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "given"; agentName: string; by: string; forced: boolean } | { code: "sent-to-plan"; by: string; plan: string } | { code: "balanced"; agentName: string; fromName: string; fromBefore: number; fromAfter: number; toBefore: number; toAfter: number; by: string | null; undone: boolean } | { code: "taken-outside"; agentName: string; forced: boolean } | { code: "chosen-there"; agentName: string; department: string; forced: boolean } | { code: "handed-over"; channelName: string; department: string; until: string | null; alone: boolean } | { code: "handover-trouble"; channelName: string; text: string } | { code: "unconfirmed" } | { code: "offered"; agentName: string; until: string } | { code: "parked"; agentName: string; by: string; since: string; until: string | null } | { code: "closed"; agentName: string | null; closeReason: string | null } | { code: "ruled"; rule: string; plan: string; because: { field: string; operator: "is" | "isNot" | "in" | "contains" | "startsWith" | "moreThan" | "lessThan" | "exists"; value: (string | number | boolean) | (string | number | boolean)[]; holds: boolean; found?: (string | number | boolean) | (string | number | boolean)[] | undefined }[] } | { code: "step"; plan: string; step: number; nextAt: string | null } | { code: "due"; target: "firstAnswer" | "nextAnswer" | "end"; dueAt: string; standing: "ahead" | "soon" | "overdue"; byDue: boolean } | { code: "silent"; of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | { code: "to-route" } | { code: "hours"; calendar: string; open: boolean; changesAt: string | null; otherwise: string } | { code: "limit"; plan: string; limit: "waiting" | "waitFor"; value: number; met: boolean; at: string | null; otherwise: string } | { code: "ending"; plan: string; endReason: string } | { code: "waits"; seconds: number; position: number } | { code: "waits-for"; agentId: string; agentName: string; until: string } | { code: "held"; until: string | null; holdReason: string } | { code: "next-pass" } | { code: "ends-one"; agentName: string; held: number; capacity: number } | { code: "ends-one-of"; agentName: string; channel: string; held: number; most: number } | { code: "wrap-up-ends"; agentName: string; at: string } | { code: "pace-ends"; agentName: string; at: string; others: number } | { code: "comes-online"; agentName: string; others: number } | { code: "may-be-asked-again"; agentName: string; cause: string; until: string; others: number } | { code: "lacks-skills"; skills: string[] } | { code: "nobody-could" }; sentence: string }[]; shares: { agentId: string; agentName: string; capacity: number; heldBefore: number; heldAfter: number; before: number; after: number }[]; before: { jain: number | null; highest: number; lowest: number }; after: { jain: number | null; highest: number; lowest: number }; more: boolean; proposed: boolean } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { teamId?: string | null | undefined; moves: { conversationId: string; from: string; to: string }[] } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; moved: number; shares: { agentId: string; agentName: string; capacity: number; heldBefore: number; heldAfter: number; before: number; after: number }[]; before: { jain: number | null; highest: number; lowest: number }; after: { jain: number | null; highest: number; lowest: number } } } } };
    };
  };
  '/api/v1/balance/{id}/undo': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { moved: number; left: { conversationId: string; obstacle: "not-movable" | "cannot-give" | "cannot-take" | "no-room" }[] } } } };
    };
  };
  '/api/v1/contacts/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null; anonymous: boolean; lang: string | null; groups: string[]; tags: string[]; attributes: Record<string, unknown>; agentId: string | null; createdAt: string; seenAt: string; blockedAt: string | null } } } };
    };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | null | undefined; email?: string | null | undefined; phone?: string | null | undefined; lang?: string | null | undefined; groups?: string[] | undefined; tags?: string[] | undefined; agentId?: string | null | undefined; attributes?: Record<string, string | null> | undefined; was?: { name?: string | null | undefined; email?: string | null | undefined; phone?: string | null | undefined; lang?: string | null | undefined; groups?: string[] | undefined; tags?: string[] | undefined; agentId?: string | null | undefined; attributes?: Record<string, unknown> | undefined } | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null; anonymous: boolean; lang: string | null; groups: string[]; tags: string[]; attributes: Record<string, unknown>; agentId: string | null; createdAt: string; seenAt: string; blockedAt: string | null } } } };
    };
  };
  '/api/v1/contacts/{id}/external-message': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { text: string } } };
      responses: { 202: { headers: { [name: string]: unknown }; content: { 'application/json': { triggerId: string } } } };
    };
  };
  '/api/v1/contacts/{id}/external-messages': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { available: boolean; items: { triggerId: string; text: string; from: { id: string; name: string | null }; at: string; state: "sending" | "sent" | "failed"; deliveries: { id: string; endpointId: string; state: "pending" | "sending" | "held" | "done" | "failed"; status: number | null; outcome: string | null }[] }[] } } } };
    };
  };
  '/api/v1/blocked-networks': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; network: string; reason: string; at: string; by: string }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { network: string; reason: string } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; network: string; reason: string; at: string; by: string } } } };
    };
  };
  '/api/v1/blocked-networks/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/contacts/{id}/reach': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { identityId: string; channelId: string; channelName: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; obstacle: ("no-call" | "visitor-gone" | "unknown-name" | "blocked" | "open") | null; openId: string | null }[] } } } };
    };
  };
  '/api/v1/contacts/{id}/conversations': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { identityId: string; text: string; force?: boolean | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null } } } };
    };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null }[]; nextCursor: string | null } } } };
    };
  };
  '/api/v1/contacts': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined; q?: string | undefined; tag?: string | undefined; attribute?: string | undefined; value?: string | undefined; blocked?: true | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; channelId: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null; anonymous: boolean; lang: string | null; groups: string[]; tags: string[]; attributes: Record<string, unknown>; agentId: string | null; createdAt: string; seenAt: string; blockedAt: string | null; latest: { id: string; state: "waiting" | "assigned" | "parked" | "closed"; queuedAt: string } | null }[]; nextCursor: string | null } } } };
    };
  };
  '/api/v1/contacts/{id}/record': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { identities: { id: string; channelId: string; channelName: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; name: string | null; email: string | null; phone: string | null; createdAt: string; seenAt: string }[]; merges: { id: string; keptId: string; mergedId: string; mergedName: string; at: string; by: string; undoneAt: string | null; undoneBy: string | null }[]; block: { id: string; reason: string; at: string; by: string } | null; visits: { at: string; seenAt: string; channelId: string; page: Record<string, unknown>; address: string | null }[]; ratings: { count: number; mean: number | null }; conversations: { open: number; ended: number }; notes: { conversationId: string; text: string; authorName: string | null; at: string }[] } } } };
    };
  };
  '/api/v1/contacts/{id}/merge-preview': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { mergedId: string }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { kept: { id: string; channelId: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null; anonymous: boolean; lang: string | null; groups: string[]; tags: string[]; attributes: Record<string, unknown>; agentId: string | null; createdAt: string; seenAt: string; blockedAt: string | null }; merged: { id: string; channelId: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null; anonymous: boolean; lang: string | null; groups: string[]; tags: string[]; attributes: Record<string, unknown>; agentId: string | null; createdAt: string; seenAt: string; blockedAt: string | null }; given: string[]; leftOut: number; conversations: number } } } };
    };
  };
  '/api/v1/contacts/{id}/merge': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { mergedId: string } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { mergeId: string } } } };
    };
  };
  '/api/v1/contacts/{id}/merges/{mergeId}/undo': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string; mergeId: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/contacts/{id}/block': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { reason: string } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/contacts/{id}/unblock': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/contacts/{id}/export': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/contacts/{id}/erase': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { confirm: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { conversations: number; messages: number; files: number; identities: number; deliveries: number } } } };
    };
  };
  '/api/v1/endpoints': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; agentId: string | null; url: string; verifyTls: boolean; events: ("send_external_message" | "session_state_open" | "session_state_inprogress" | "session_state_close" | "conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.whispered" | "conversation.closed" | "conversation.rated" | "conversation.transcript-requested" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "conversation.automated" | "message.created" | "agent.availability-changed" | "agent.status-changed" | "external-message.sent" | "automation.called" | "automation.disabled" | "endpoint.disabled")[]; signatureEncoding: "hex" | "base64"; absentTimes: "omit" | "null"; enabled: boolean; disabledReason: ("paused" | "gone" | "failing") | null; hasSecret: boolean; oldSecretUntil: string | null; state: "new" | "healthy" | "failing" | "disabled"; failures: number; failingSince: string | null; lastSuccessAt: string | null; lastFailureAt: string | null; createdAt: string; warnings: string[] }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { url: string; verifyTls?: boolean | undefined; events: ("send_external_message" | "session_state_open" | "session_state_inprogress" | "session_state_close" | "conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.whispered" | "conversation.closed" | "conversation.rated" | "conversation.transcript-requested" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "conversation.automated" | "message.created" | "agent.availability-changed" | "agent.status-changed" | "external-message.sent" | "automation.called" | "automation.disabled" | "endpoint.disabled")[]; signatureEncoding?: "hex" | "base64" | undefined; absentTimes?: "omit" | "null" | undefined; secret?: string | undefined; enabled?: boolean | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; agentId: string | null; url: string; verifyTls: boolean; events: ("send_external_message" | "session_state_open" | "session_state_inprogress" | "session_state_close" | "conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.whispered" | "conversation.closed" | "conversation.rated" | "conversation.transcript-requested" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "conversation.automated" | "message.created" | "agent.availability-changed" | "agent.status-changed" | "external-message.sent" | "automation.called" | "automation.disabled" | "endpoint.disabled")[]; signatureEncoding: "hex" | "base64"; absentTimes: "omit" | "null"; enabled: boolean; disabledReason: ("paused" | "gone" | "failing") | null; hasSecret: boolean; oldSecretUntil: string | null; state: "new" | "healthy" | "failing" | "disabled"; failures: number; failingSince: string | null; lastSuccessAt: string | null; lastFailureAt: string | null; createdAt: string; warnings: string[]; librarySecret?: string | undefined } } } };
    };
  };
  '/api/v1/endpoints/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; agentId: string | null; url: string; verifyTls: boolean; events: ("send_external_message" | "session_state_open" | "session_state_inprogress" | "session_state_close" | "conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.whispered" | "conversation.closed" | "conversation.rated" | "conversation.transcript-requested" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "conversation.automated" | "message.created" | "agent.availability-changed" | "agent.status-changed" | "external-message.sent" | "automation.called" | "automation.disabled" | "endpoint.disabled")[]; signatureEncoding: "hex" | "base64"; absentTimes: "omit" | "null"; enabled: boolean; disabledReason: ("paused" | "gone" | "failing") | null; hasSecret: boolean; oldSecretUntil: string | null; state: "new" | "healthy" | "failing" | "disabled"; failures: number; failingSince: string | null; lastSuccessAt: string | null; lastFailureAt: string | null; createdAt: string; warnings: string[] } } } };
    };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { url?: string | undefined; verifyTls?: boolean | undefined; events?: ("send_external_message" | "session_state_open" | "session_state_inprogress" | "session_state_close" | "conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.whispered" | "conversation.closed" | "conversation.rated" | "conversation.transcript-requested" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "conversation.automated" | "message.created" | "agent.availability-changed" | "agent.status-changed" | "external-message.sent" | "automation.called" | "automation.disabled" | "endpoint.disabled")[] | undefined; signatureEncoding?: "hex" | "base64" | undefined; absentTimes?: "omit" | "null" | undefined; secret?: string | undefined; keepOldSecretSeconds?: number | undefined; enabled?: boolean | undefined; held?: "send" | "drop" | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; agentId: string | null; url: string; verifyTls: boolean; events: ("send_external_message" | "session_state_open" | "session_state_inprogress" | "session_state_close" | "conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.whispered" | "conversation.closed" | "conversation.rated" | "conversation.transcript-requested" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "conversation.automated" | "message.created" | "agent.availability-changed" | "agent.status-changed" | "external-message.sent" | "automation.called" | "automation.disabled" | "endpoint.disabled")[]; signatureEncoding: "hex" | "base64"; absentTimes: "omit" | "null"; enabled: boolean; disabledReason: ("paused" | "gone" | "failing") | null; hasSecret: boolean; oldSecretUntil: string | null; state: "new" | "healthy" | "failing" | "disabled"; failures: number; failingSince: string | null; lastSuccessAt: string | null; lastFailureAt: string | null; createdAt: string; warnings: string[]; librarySecret?: string | undefined } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/endpoints/{id}/test': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { type?: "send_external_message" | "session_state_open" | "session_state_inprogress" | "session_state_close" | "conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.whispered" | "conversation.closed" | "conversation.rated" | "conversation.transcript-requested" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "conversation.automated" | "message.created" | "agent.availability-changed" | "agent.status-changed" | "external-message.sent" | "automation.called" | "automation.disabled" | "endpoint.disabled" | undefined } | null } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { delivered: boolean; type: string; triggerId: string; result: string; status: number | null; answer: string | null; latencyMs: number; request: { url: string; headers: Record<string, string>; body: string } } } } };
    };
  };
  '/api/v1/endpoints/{id}/deliveries': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined; state?: "pending" | "sending" | "held" | "done" | "failed" | undefined }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; endpointId: string; triggerId: string; type: string; subjectId: string; state: "pending" | "sending" | "held" | "done" | "failed"; attempts: number; parked: boolean; outcome: string | null; nextAttemptAt: string | null; replayOf: string | null; createdAt: string; doneAt: string | null }[]; nextCursor: string | null } } } };
    };
  };
  '/api/v1/endpoints/{id}/hours': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { hours?: number | undefined }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { at: string; delivered: number; failed: number; waiting: number }[]; isCut: boolean } } } };
    };
  };
  '/api/v1/endpoints/{id}/redeliver': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { since: string; states?: "failed" | "all" | undefined } } };
      responses: { 202: { headers: { [name: string]: unknown }; content: { 'application/json': { redelivered: number } } } };
    };
  };
  '/api/v1/deliveries/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; endpointId: string; triggerId: string; type: string; subjectId: string; state: "pending" | "sending" | "held" | "done" | "failed"; attempts: number; parked: boolean; outcome: string | null; nextAttemptAt: string | null; replayOf: string | null; createdAt: string; doneAt: string | null; body: string | null; log: { attempt: number; startedAt: string; latencyMs: number; address: string | null; result: string; status: number | null; answer: string | null; requestHeaders: Record<string, string> | null }[] } } } };
    };
  };
  '/api/v1/deliveries/{id}/redeliver': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 202: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string } } } };
    };
  };
  '/api/v1/audit': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined; actor?: string | undefined; kind?: string | undefined; objectId?: string | undefined; from?: string | undefined; to?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; at: string; actor: string; action: string; objectKind: string; objectId: string; objectName: string | null; change: Record<string, unknown> }[]; nextCursor: string | null } } } };
    };
  };
  '/api/v1/audit.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { actor?: string | undefined; kind?: string | undefined; objectId?: string | undefined; from?: string | undefined; to?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/conversations/{id}/messages': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { after?: number | undefined; afterSeq?: number | undefined; beforeSeq?: number | undefined; limit?: number | undefined }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; seq: number; kind: "text" | "note"; authorKind: string; authorId: string | null; text: string; mark: ("transfer" | "consult" | "whisper") | null; toAgentIds: string[]; attachments: { type: string; url: string; name?: string | undefined; size?: number | undefined; id?: string | undefined }[]; quickReplies: string[]; late: boolean; history: boolean; createdAt: string; editedAt: string | null; clientMessageId: string | null; delivery: { state: "sending" | "delivered" | "not-delivered"; reason: string | null } | null }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { text?: string | undefined; attachmentIds?: string[] | undefined; quickReplies?: string[] | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; seq: number; kind: "text" | "note"; authorKind: string; authorId: string | null; text: string; mark: ("transfer" | "consult" | "whisper") | null; toAgentIds: string[]; attachments: { type: string; url: string; name?: string | undefined; size?: number | undefined; id?: string | undefined }[]; quickReplies: string[]; late: boolean; history: boolean; createdAt: string; editedAt: string | null; clientMessageId: string | null; delivery: { state: "sending" | "delivered" | "not-delivered"; reason: string | null } | null } } } };
    };
  };
  '/api/v1/conversations/{id}/search': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { q: string }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { seq: number; kind: "text" | "note"; text: string; createdAt: string }[]; more: boolean } } } };
    };
  };
  '/api/v1/conversations/{id}/notes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { text: string; mention?: { agentIds?: string[] | undefined; teamIds?: string[] | undefined } | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; seq: number; kind: "text" | "note"; authorKind: string; authorId: string | null; text: string; mark: ("transfer" | "consult" | "whisper") | null; toAgentIds: string[]; attachments: { type: string; url: string; name?: string | undefined; size?: number | undefined; id?: string | undefined }[]; quickReplies: string[]; late: boolean; history: boolean; createdAt: string; editedAt: string | null; clientMessageId: string | null; delivery: { state: "sending" | "delivered" | "not-delivered"; reason: string | null } | null } } } };
    };
  };
  '/api/v1/messages/{id}/resend': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 202: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; seq: number; kind: "text" | "note"; authorKind: string; authorId: string | null; text: string; mark: ("transfer" | "consult" | "whisper") | null; toAgentIds: string[]; attachments: { type: string; url: string; name?: string | undefined; size?: number | undefined; id?: string | undefined }[]; quickReplies: string[]; late: boolean; history: boolean; createdAt: string; editedAt: string | null; clientMessageId: string | null; delivery: { state: "sending" | "delivered" | "not-delivered"; reason: string | null } | null } } } };
    };
  };
  '/api/v1/attachments': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; type: string } } } };
    };
  };
  '/api/v1/attachments/{id}/{name}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string; name: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/conversations/{id}/typing': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { typing: boolean } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/offers': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { assignmentId: string; conversationId: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; channelName: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; priority: "low" | "normal" | "high" | "urgent"; plan: string | null; queuedAt: string; offeredAt: string; offeredUntil: string; firstMessage: { text: string; files: number } | null; reasons: ({ code: "chosen"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; strategy: "least-loaded" | "longest-idle" | "round-robin"; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined } | { code: "considered"; considered: number; eligible: number; removed: Record<string, number> } | { code: "runner-up"; agentId: string; agentName: string; loadShare: number; idleSeconds: number; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "no-runner-up"; decidedBy: "only-candidate" | "bot" | "load-share" | "idle" | "turn" | "skill" | "skill-ascending" | "sticky" | "id" } | { code: "given"; agentName: string; by: string; forced: boolean } | { code: "sent-to-plan"; by: string; plan: string } | { code: "balanced"; agentName: string; fromName: string; fromBefore: number; fromAfter: number; toBefore: number; toAfter: number; by: string | null; undone: boolean } | { code: "taken-outside"; agentName: string; forced: boolean } | { code: "chosen-there"; agentName: string; department: string; forced: boolean } | { code: "handed-over"; channelName: string; department: string; until: string | null; alone: boolean } | { code: "handover-trouble"; channelName: string; text: string } | { code: "unconfirmed" } | { code: "offered"; agentName: string; until: string } | { code: "parked"; agentName: string; by: string; since: string; until: string | null } | { code: "closed"; agentName: string | null; closeReason: string | null } | { code: "ruled"; rule: string; plan: string; because: { field: string; operator: "is" | "isNot" | "in" | "contains" | "startsWith" | "moreThan" | "lessThan" | "exists"; value: (string | number | boolean) | (string | number | boolean)[]; holds: boolean; found?: (string | number | boolean) | (string | number | boolean)[] | undefined }[] } | { code: "step"; plan: string; step: number; nextAt: string | null } | { code: "due"; target: "firstAnswer" | "nextAnswer" | "end"; dueAt: string; standing: "ahead" | "soon" | "overdue"; byDue: boolean } | { code: "silent"; of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | { code: "to-route" } | { code: "hours"; calendar: string; open: boolean; changesAt: string | null; otherwise: string } | { code: "limit"; plan: string; limit: "waiting" | "waitFor"; value: number; met: boolean; at: string | null; otherwise: string } | { code: "ending"; plan: string; endReason: string } | { code: "waits"; seconds: number; position: number } | { code: "waits-for"; agentId: string; agentName: string; until: string } | { code: "held"; until: string | null; holdReason: string } | { code: "next-pass" } | { code: "ends-one"; agentName: string; held: number; capacity: number } | { code: "ends-one-of"; agentName: string; channel: string; held: number; most: number } | { code: "wrap-up-ends"; agentName: string; at: string } | { code: "pace-ends"; agentName: string; at: string; others: number } | { code: "comes-online"; agentName: string; others: number } | { code: "may-be-asked-again"; agentName: string; cause: string; until: string; others: number } | { code: "lacks-skills"; skills: string[] } | { code: "nobody-could" })[]; explanation: string[] }[]; missed: { assignmentId: string; conversationId: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; channelName: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; offeredAt: string; missedAt: string }[] } } } };
    };
  };
  '/api/v1/queue': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { waiting: number; held: number; assigned: number; longestWaitSeconds: number; agentsOnline: number; freeCapacity: number; assignedPerMinute: number; groups: { teamId: string | null; channelId: string; waiting: number; longestWaitSeconds: number }[] } } } };
    };
  };
  '/api/v1/settings': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { agentsSee: "everything" | "own-and-teams"; defaultCapacity: number; defaultLimits: Record<string, number>; defaultPace: number; defaultWrapUp: number; closeForm: { name: string; label: string; type: "text" | "textarea" | "select" | "number" | "checkbox"; options?: string[] | undefined; required: boolean }[]; statisticsBaseEndpoint: string | null; statisticsTimeZone: string; statisticsStyle: "default" | "customer"; onlySingleSignOn: boolean; secondFactorRoles: ("admin" | "supervisor" | "agent")[]; auditRetentionDays: number | null; assistance: boolean; assistanceMasks: boolean; assistanceNotes: boolean; assistanceReplies: boolean; asleepAnswerSeconds: number | null; pushTexts: boolean; retentionDays: number | null; branding: { pageTitle: string; loginTitle: string | null; logoUrl: string | null; favIconUrl: string | null; language: ("en" | "ar" | "id" | "ko" | "pt-BR") | null; onlineLabel: string | null; offlineLabel: string | null } } } } };
    };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { agentsSee?: "everything" | "own-and-teams" | undefined; defaultCapacity?: number | undefined; defaultLimits?: Record<string, number> | undefined; defaultPace?: number | undefined; defaultWrapUp?: number | undefined; closeForm?: { name: string; label: string; type: "text" | "textarea" | "select" | "number" | "checkbox"; options?: string[] | undefined; required: boolean }[] | undefined; statisticsBaseEndpoint?: string | null | undefined; statisticsTimeZone?: string | undefined; statisticsStyle?: "default" | "customer" | undefined; onlySingleSignOn?: boolean | undefined; secondFactorRoles?: ("admin" | "supervisor" | "agent")[] | undefined; auditRetentionDays?: number | null | undefined; assistance?: boolean | undefined; assistanceMasks?: boolean | undefined; assistanceNotes?: boolean | undefined; assistanceReplies?: boolean | undefined; asleepAnswerSeconds?: number | null | undefined; pushTexts?: boolean | undefined; retentionDays?: number | null | undefined; branding?: { pageTitle?: string | undefined; loginTitle?: string | null | undefined; logoUrl?: string | null | undefined; favIconUrl?: string | null | undefined; language?: ("en" | "ar" | "id" | "ko" | "pt-BR") | null | undefined; onlineLabel?: string | null | undefined; offlineLabel?: string | null | undefined } | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { agentsSee: "everything" | "own-and-teams"; defaultCapacity: number; defaultLimits: Record<string, number>; defaultPace: number; defaultWrapUp: number; closeForm: { name: string; label: string; type: "text" | "textarea" | "select" | "number" | "checkbox"; options?: string[] | undefined; required: boolean }[]; statisticsBaseEndpoint: string | null; statisticsTimeZone: string; statisticsStyle: "default" | "customer"; onlySingleSignOn: boolean; secondFactorRoles: ("admin" | "supervisor" | "agent")[]; auditRetentionDays: number | null; assistance: boolean; assistanceMasks: boolean; assistanceNotes: boolean; assistanceReplies: boolean; asleepAnswerSeconds: number | null; pushTexts: boolean; retentionDays: number | null; branding: { pageTitle: string; loginTitle: string | null; logoUrl: string | null; favIconUrl: string | null; language: ("en" | "ar" | "id" | "ko" | "pt-BR") | null; onlineLabel: string | null; offlineLabel: string | null } } } } };
    };
  };
  '/api/v1/tokens': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; role: "admin" | "supervisor" | "agent"; scopes: string[] | null; agentId: string | null; createdAt: string; expiresAt: string | null; usedAt: string | null; madeBy: string | null; makerGone: boolean }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; role: "admin" | "supervisor" | "agent"; agentId?: string | undefined; scopes?: string[] | null | undefined; expiresInDays?: number | null | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; token: string; expiresAt: string | null } } } };
    };
  };
  '/api/v1/tokens/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/policy': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { names?: boolean | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { version: number; policy: { strategy: "least-loaded" | "longest-idle" | "round-robin"; boostSeconds: { low: number; normal: number; high: number; urgent: number }; whenAgentLeaves: "keep" | "requeue"; leaveGraceSeconds: number; asleepSeconds?: number | undefined; whenNobodyOnline?: "queue" | "abort" | undefined; language?: string | undefined; calendars?: { name: string; timeZone: string; weekly: { days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[]; from: string; to: string }[]; exceptions?: { date: string; from?: string | undefined; to?: string | undefined }[] | undefined }[] | undefined; rules?: { name: string; when?: Record<string, unknown> | undefined; then: { plan: string; priority?: "low" | "normal" | "high" | "urgent" | undefined; addTags?: string[] | undefined } }[] | undefined; plans?: { name: string; steps: { after: number; team?: string | null | undefined; skills?: Record<string, number> | undefined; priority?: "low" | "normal" | "high" | "urgent" | undefined }[]; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined; bot?: { agent: string; silentFor?: number | undefined; words?: string[] | undefined; replies?: number | undefined; messages?: number | undefined } | undefined; sticky?: { within: string; waitFor?: number | undefined } | undefined; hours?: { calendar: string; otherwise: string } | undefined; limits?: { waiting?: number | undefined; waitFor?: number | undefined; then: string } | undefined; targets?: { firstAnswer?: number | undefined; nextAnswer?: number | undefined; end?: number | undefined; calendar?: string | undefined } | undefined; offer?: { within: number; misses: number } | undefined; silence?: { agent?: number | undefined; contact?: { remind?: number | undefined; close?: number | undefined } | undefined } | undefined; words?: { queued?: Record<string, string> | undefined; position?: Record<string, string> | undefined; closedHours?: Record<string, string> | undefined; full?: Record<string, string> | undefined; assigned?: Record<string, string> | undefined; reminder?: Record<string, string> | undefined; ended?: Record<string, string> | undefined } | undefined; order?: "rank" | "due" | undefined }[] | undefined }; createdAt: string; createdBy: string } } } };
    };
    put: {
      parameters: { query?: never; header?: { 'if-match'?: string | undefined; 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { strategy: "least-loaded" | "longest-idle" | "round-robin"; boostSeconds: { low: number; normal: number; high: number; urgent: number }; whenAgentLeaves: "keep" | "requeue"; leaveGraceSeconds: number; asleepSeconds?: number | undefined; whenNobodyOnline?: "queue" | "abort" | undefined; language?: string | undefined; calendars?: { name: string; timeZone: string; weekly: { days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[]; from: string; to: string }[]; exceptions?: { date: string; from?: string | undefined; to?: string | undefined }[] | undefined }[] | undefined; rules?: { name: string; when?: Record<string, unknown> | undefined; then: { plan: string; priority?: "low" | "normal" | "high" | "urgent" | undefined; addTags?: string[] | undefined } }[] | undefined; plans?: { name: string; steps: { after: number; team?: string | null | undefined; skills?: Record<string, number> | undefined; priority?: "low" | "normal" | "high" | "urgent" | undefined }[]; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined; bot?: { agent: string; silentFor?: number | undefined; words?: string[] | undefined; replies?: number | undefined; messages?: number | undefined } | undefined; sticky?: { within: string; waitFor?: number | undefined } | undefined; hours?: { calendar: string; otherwise: string } | undefined; limits?: { waiting?: number | undefined; waitFor?: number | undefined; then: string } | undefined; targets?: { firstAnswer?: number | undefined; nextAnswer?: number | undefined; end?: number | undefined; calendar?: string | undefined } | undefined; offer?: { within: number; misses: number } | undefined; silence?: { agent?: number | undefined; contact?: { remind?: number | undefined; close?: number | undefined } | undefined } | undefined; words?: { queued?: Record<string, string> | undefined; position?: Record<string, string> | undefined; closedHours?: Record<string, string> | undefined; full?: Record<string, string> | undefined; assigned?: Record<string, string> | undefined; reminder?: Record<string, string> | undefined; ended?: Record<string, string> | undefined } | undefined; order?: "rank" | "due" | undefined }[] | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { version: number; policy: { strategy: "least-loaded" | "longest-idle" | "round-robin"; boostSeconds: { low: number; normal: number; high: number; urgent: number }; whenAgentLeaves: "keep" | "requeue"; leaveGraceSeconds: number; asleepSeconds?: number | undefined; whenNobodyOnline?: "queue" | "abort" | undefined; language?: string | undefined; calendars?: { name: string; timeZone: string; weekly: { days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[]; from: string; to: string }[]; exceptions?: { date: string; from?: string | undefined; to?: string | undefined }[] | undefined }[] | undefined; rules?: { name: string; when?: Record<string, unknown> | undefined; then: { plan: string; priority?: "low" | "normal" | "high" | "urgent" | undefined; addTags?: string[] | undefined } }[] | undefined; plans?: { name: string; steps: { after: number; team?: string | null | undefined; skills?: Record<string, number> | undefined; priority?: "low" | "normal" | "high" | "urgent" | undefined }[]; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined; bot?: { agent: string; silentFor?: number | undefined; words?: string[] | undefined; replies?: number | undefined; messages?: number | undefined } | undefined; sticky?: { within: string; waitFor?: number | undefined } | undefined; hours?: { calendar: string; otherwise: string } | undefined; limits?: { waiting?: number | undefined; waitFor?: number | undefined; then: string } | undefined; targets?: { firstAnswer?: number | undefined; nextAnswer?: number | undefined; end?: number | undefined; calendar?: string | undefined } | undefined; offer?: { within: number; misses: number } | undefined; silence?: { agent?: number | undefined; contact?: { remind?: number | undefined; close?: number | undefined } | undefined } | undefined; words?: { queued?: Record<string, string> | undefined; position?: Record<string, string> | undefined; closedHours?: Record<string, string> | undefined; full?: Record<string, string> | undefined; assigned?: Record<string, string> | undefined; reminder?: Record<string, string> | undefined; ended?: Record<string, string> | undefined } | undefined; order?: "rank" | "due" | undefined }[] | undefined }; createdAt: string; createdBy: string } } } };
    };
  };
  '/api/v1/policy/check': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { policy: unknown; try?: boolean | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[]; warnings: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[]; changes: { path: string; kind: "added" | "removed" | "changed" | "moved"; before?: unknown | undefined; after?: unknown | undefined }[]; dryRun?: { at: string; version: number; waiting: { of: number; tried: number; elsewhere: number; moved: { conversationId: string; contactName: string | null; state: "waiting" | "assigned" | "parked" | "closed"; queuedAt: string; from: { rule: string | null; plan: string | null; step: number | null; team: string | null; skills: Record<string, number>; priority: "low" | "normal" | "high" | "urgent"; ends: string | null }; to: { rule: string | null; plan: string | null; step: number | null; team: string | null; skills: Record<string, number>; priority: "low" | "normal" | "high" | "urgent"; ends: string | null } }[] }; last: { of: number; tried: number; elsewhere: number; moved: { conversationId: string; contactName: string | null; state: "waiting" | "assigned" | "parked" | "closed"; queuedAt: string; from: { rule: string | null; plan: string | null; step: number | null; team: string | null; skills: Record<string, number>; priority: "low" | "normal" | "high" | "urgent"; ends: string | null }; to: { rule: string | null; plan: string | null; step: number | null; team: string | null; skills: Record<string, number>; priority: "low" | "normal" | "high" | "urgent"; ends: string | null } }[] }; rules: { rule: string; waiting: number; last: number }[]; plans: { plan: string | null; before: { waiting: number; last: number }; after: { waiting: number; last: number } }[] } | undefined } } } };
    };
  };
  '/api/v1/policy/versions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { version: number; policy: { strategy: "least-loaded" | "longest-idle" | "round-robin"; boostSeconds: { low: number; normal: number; high: number; urgent: number }; whenAgentLeaves: "keep" | "requeue"; leaveGraceSeconds: number; asleepSeconds?: number | undefined; whenNobodyOnline?: "queue" | "abort" | undefined; language?: string | undefined; calendars?: { name: string; timeZone: string; weekly: { days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[]; from: string; to: string }[]; exceptions?: { date: string; from?: string | undefined; to?: string | undefined }[] | undefined }[] | undefined; rules?: { name: string; when?: Record<string, unknown> | undefined; then: { plan: string; priority?: "low" | "normal" | "high" | "urgent" | undefined; addTags?: string[] | undefined } }[] | undefined; plans?: { name: string; steps: { after: number; team?: string | null | undefined; skills?: Record<string, number> | undefined; priority?: "low" | "normal" | "high" | "urgent" | undefined }[]; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined; bot?: { agent: string; silentFor?: number | undefined; words?: string[] | undefined; replies?: number | undefined; messages?: number | undefined } | undefined; sticky?: { within: string; waitFor?: number | undefined } | undefined; hours?: { calendar: string; otherwise: string } | undefined; limits?: { waiting?: number | undefined; waitFor?: number | undefined; then: string } | undefined; targets?: { firstAnswer?: number | undefined; nextAnswer?: number | undefined; end?: number | undefined; calendar?: string | undefined } | undefined; offer?: { within: number; misses: number } | undefined; silence?: { agent?: number | undefined; contact?: { remind?: number | undefined; close?: number | undefined } | undefined } | undefined; words?: { queued?: Record<string, string> | undefined; position?: Record<string, string> | undefined; closedHours?: Record<string, string> | undefined; full?: Record<string, string> | undefined; assigned?: Record<string, string> | undefined; reminder?: Record<string, string> | undefined; ended?: Record<string, string> | undefined } | undefined; order?: "rank" | "due" | undefined }[] | undefined }; createdAt: string; createdBy: string }[] } } } };
    };
  };
  '/api/v1/policy/versions/{version}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { names?: boolean | undefined }; header?: never; path: { version: number }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { version: number; policy: { strategy: "least-loaded" | "longest-idle" | "round-robin"; boostSeconds: { low: number; normal: number; high: number; urgent: number }; whenAgentLeaves: "keep" | "requeue"; leaveGraceSeconds: number; asleepSeconds?: number | undefined; whenNobodyOnline?: "queue" | "abort" | undefined; language?: string | undefined; calendars?: { name: string; timeZone: string; weekly: { days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[]; from: string; to: string }[]; exceptions?: { date: string; from?: string | undefined; to?: string | undefined }[] | undefined }[] | undefined; rules?: { name: string; when?: Record<string, unknown> | undefined; then: { plan: string; priority?: "low" | "normal" | "high" | "urgent" | undefined; addTags?: string[] | undefined } }[] | undefined; plans?: { name: string; steps: { after: number; team?: string | null | undefined; skills?: Record<string, number> | undefined; priority?: "low" | "normal" | "high" | "urgent" | undefined }[]; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined; bot?: { agent: string; silentFor?: number | undefined; words?: string[] | undefined; replies?: number | undefined; messages?: number | undefined } | undefined; sticky?: { within: string; waitFor?: number | undefined } | undefined; hours?: { calendar: string; otherwise: string } | undefined; limits?: { waiting?: number | undefined; waitFor?: number | undefined; then: string } | undefined; targets?: { firstAnswer?: number | undefined; nextAnswer?: number | undefined; end?: number | undefined; calendar?: string | undefined } | undefined; offer?: { within: number; misses: number } | undefined; silence?: { agent?: number | undefined; contact?: { remind?: number | undefined; close?: number | undefined } | undefined } | undefined; words?: { queued?: Record<string, string> | undefined; position?: Record<string, string> | undefined; closedHours?: Record<string, string> | undefined; full?: Record<string, string> | undefined; assigned?: Record<string, string> | undefined; reminder?: Record<string, string> | undefined; ended?: Record<string, string> | undefined } | undefined; order?: "rank" | "due" | undefined }[] | undefined }; createdAt: string; createdBy: string } } } };
    };
  };
  '/api/v1/policy/versions/{version}/diff': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { against?: number | undefined }; header?: never; path: { version: number }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { version: number; against: number | null; changes: { path: string; kind: "added" | "removed" | "changed" | "moved"; before?: unknown | undefined; after?: unknown | undefined }[] } } } };
    };
  };
  '/api/v1/notices': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { code: "no-room-for-files" | "alarms" }[] } } } };
    };
  };
  '/api/v1/status': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { state: "well" | "attention" | "failing"; at: string; items: { code: "database.well" | "database.slow" | "files.well" | "files.no-room" | "broker.embedded" | "broker.connected" | "broker.away" | "backup.well" | "backup.old" | "backup.none" | "mail.well" | "mail.none" | "version.known" | "deliveries.well" | "deliveries.waiting" | "channel.well" | "channel.quiet" | "channel.off" | "channel.unreachable" | "channel.refusing" | "endpoint.well" | "endpoint.unused" | "endpoint.paused" | "endpoint.waiting" | "endpoint.failing" | "endpoint.off"; state: "well" | "attention" | "failing"; id: string | null; name: string | null; count: number | null; since: string | null; detail: string | null }[] } } } };
    };
  };
  '/api/v1/alarms': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { open?: boolean | undefined; limit?: number | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; kind: "endpoint-failing" | "channel-failing" | "targets-missed" | "disk-low" | "deliveries-waiting"; objectId: string | null; objectName: string | null; facts: Record<string, number | string>; startedAt: string; endedAt: string | null }[] } } } };
    };
  };
  '/api/v1/alarm-rules': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { endpointFailures: number | null; channelFailing: boolean; missedTargets: number | null; diskLow: boolean; waitingMinutes: number | null; mailTo: string[]; webhookUrl: string | null; slack: boolean; webhookSigned: boolean } } } };
    };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { endpointFailures?: number | null | undefined; channelFailing?: boolean | undefined; missedTargets?: number | null | undefined; diskLow?: boolean | undefined; waitingMinutes?: number | null | undefined; mailTo?: string[] | undefined; webhookUrl?: string | null | undefined; slackUrl?: string | null | undefined; webhookSecret?: string | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { endpointFailures: number | null; channelFailing: boolean; missedTargets: number | null; diskLow: boolean; waitingMinutes: number | null; mailTo: string[]; webhookUrl: string | null; slack: boolean; webhookSigned: boolean } } } };
    };
  };
  '/api/v1/operator/workspaces': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; slug: string; name: string; createdAt: string; removedAt: string | null; suspendedAt: string | null; suspendedWhy: string | null; removeAt: string | null; bounds: { requestsPerSecond?: number | undefined; openConversations?: number | undefined; storageMegabytes?: number | undefined }; agents: number; openConversations: number; signInUrl: string }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; slug?: string | undefined; admin: { email: string; name: string } } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { workspace: { id: string; slug: string; name: string; createdAt: string; removedAt: string | null; suspendedAt: string | null; suspendedWhy: string | null; removeAt: string | null; bounds: { requestsPerSecond?: number | undefined; openConversations?: number | undefined; storageMegabytes?: number | undefined }; agents: number; openConversations: number; signInUrl: string }; inviteUrl: string } } } };
    };
  };
  '/api/v1/operator/workspaces/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; slug?: string | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; slug: string; name: string; createdAt: string; removedAt: string | null; suspendedAt: string | null; suspendedWhy: string | null; removeAt: string | null; bounds: { requestsPerSecond?: number | undefined; openConversations?: number | undefined; storageMegabytes?: number | undefined }; agents: number; openConversations: number; signInUrl: string } } } };
    };
    delete: {
      parameters: { query: { confirm: string; afterDays?: number | undefined }; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/operator/workspaces/{id}/suspension': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { why?: string | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; slug: string; name: string; createdAt: string; removedAt: string | null; suspendedAt: string | null; suspendedWhy: string | null; removeAt: string | null; bounds: { requestsPerSecond?: number | undefined; openConversations?: number | undefined; storageMegabytes?: number | undefined }; agents: number; openConversations: number; signInUrl: string } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; slug: string; name: string; createdAt: string; removedAt: string | null; suspendedAt: string | null; suspendedWhy: string | null; removeAt: string | null; bounds: { requestsPerSecond?: number | undefined; openConversations?: number | undefined; storageMegabytes?: number | undefined }; agents: number; openConversations: number; signInUrl: string } } } };
    };
  };
  '/api/v1/operator/workspaces/{id}/bounds': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { requestsPerSecond?: number | undefined; openConversations?: number | undefined; storageMegabytes?: number | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; slug: string; name: string; createdAt: string; removedAt: string | null; suspendedAt: string | null; suspendedWhy: string | null; removeAt: string | null; bounds: { requestsPerSecond?: number | undefined; openConversations?: number | undefined; storageMegabytes?: number | undefined }; agents: number; openConversations: number; signInUrl: string } } } };
    };
  };
  '/api/v1/operator/workspaces/{id}/admins': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { email: string; name: string } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { inviteUrl: string; mailed: boolean } } } };
    };
  };
  '/api/v1/operator/secrets': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { keyId: string | null; sealed: number; old: number; plain: number } } } };
    };
  };
  '/api/v1/operator/secrets/rotation': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { resealed: number; secrets: { keyId: string | null; sealed: number; old: number; plain: number } } } } };
    };
  };
  '/api/v1/session/mqtt': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { url: string; clientId: string; username: string; password: string; baseTopic: string; expiresAt: string; presenceEveryMs: number } } } };
    };
  };
  '/api/v1/pictures': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { url: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/sign-in': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { workspace?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { firstRun: boolean; password: boolean; oidc: { name: string } | null; reset: boolean; branding: { pageTitle: string; loginTitle: string | null; logoUrl: string | null; favIconUrl: string | null; language: ("en" | "ar" | "id" | "ko" | "pt-BR") | null; onlineLabel: string | null; offlineLabel: string | null } } } } };
    };
  };
  '/api/v1/first-run': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { code: string; name: string; email: string; password: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { user: { id: string; name: string; email: string; role: "admin" | "supervisor" | "agent"; agentId: string; avatarUrl: string | null; locale: string | null }; workspace: { id: string; name: string }; can: string[] } } }; 202: { headers: { [name: string]: unknown }; content: { 'application/json': { secondFactor: "code" | "enrol" } } } };
    };
  };
  '/api/v1/session': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { email: string; password: string; workspace?: string | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { user: { id: string; name: string; email: string; role: "admin" | "supervisor" | "agent"; agentId: string; avatarUrl: string | null; locale: string | null }; workspace: { id: string; name: string }; can: string[] } } }; 202: { headers: { [name: string]: unknown }; content: { 'application/json': { secondFactor: "code" | "enrol" } } } };
    };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { user: { id: string; name: string; email: string; role: "admin" | "supervisor" | "agent"; agentId: string; avatarUrl: string | null; locale: string | null }; workspace: { id: string; name: string }; can: string[] } } } };
    };
    patch: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; locale?: string | null | undefined; pushMentions?: boolean | undefined; currentPassword?: string | undefined; newPassword?: string | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { user: { id: string; name: string; email: string; role: "admin" | "supervisor" | "agent"; agentId: string; avatarUrl: string | null; locale: string | null }; workspace: { id: string; name: string }; can: string[] } } } };
    };
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/invites/{code}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { code: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { name: string; email: string } } } };
    };
    post: {
      parameters: { query?: never; header?: never; path: { code: string }; cookie?: never };
      requestBody: { content: { 'application/json': { password: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { user: { id: string; name: string; email: string; role: "admin" | "supervisor" | "agent"; agentId: string; avatarUrl: string | null; locale: string | null }; workspace: { id: string; name: string }; can: string[] } } }; 202: { headers: { [name: string]: unknown }; content: { 'application/json': { secondFactor: "code" | "enrol" } } } };
    };
  };
  '/api/v1/sessions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; current: boolean; begunBy: "password" | "company" | "oidc"; createdAt: string; seenAt: string; address: string | null; userAgent: string | null }[] } } } };
    };
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/sessions/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/session/proof': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { provedUntil: string | null; ways: ("password" | "code" | "oidc")[] } } } };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { password: string } | { code: string } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/session/push': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { publicKey: string; endpoint: string | null; devices: number; mentions: boolean } } } };
    };
    put: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { endpoint: string; keys: { p256dh: string; auth: string }; sleeps: boolean; language: string } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/session/push/acknowledgement': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { token: string } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/session/visible': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { visible: boolean } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/session/second-factor': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { since: string | null; recoveryCodesLeft: number; required: boolean } } } };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { code: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { user: { id: string; name: string; email: string; role: "admin" | "supervisor" | "agent"; agentId: string; avatarUrl: string | null; locale: string | null }; workspace: { id: string; name: string }; can: string[] } } } };
    };
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/session/second-factor/setup': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { secret: string; uri: string } } } };
    };
  };
  '/api/v1/session/second-factor/setup/confirm': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { code: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { recoveryCodes: string[] } } } };
    };
  };
  '/api/v1/session/second-factor/recovery-codes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { recoveryCodes: string[] } } } };
    };
  };
  '/api/v1/session/oidc': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { workspace?: string | undefined; proofFor?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/session/oidc/callback': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/users': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; email: string; role: "admin" | "supervisor" | "agent"; agentId: string; invited: boolean; lastSignInAt: string | null; secondFactor: boolean; singleSignOn: boolean }[]; nextCursor: string | null } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; email: string; role: "admin" | "supervisor" | "agent"; teamIds?: string[] | undefined; capacity?: number | null | undefined; mail?: boolean | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { user: { id: string; name: string; email: string; role: "admin" | "supervisor" | "agent"; agentId: string; invited: boolean; lastSignInAt: string | null; secondFactor: boolean; singleSignOn: boolean }; inviteUrl: string; mailed: boolean } } } };
    };
  };
  '/api/v1/users/invitations': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { people: { name: string; email: string; role: "admin" | "supervisor" | "agent"; teamIds?: string[] | undefined; capacity?: number | null | undefined }[]; mail?: boolean | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { email: string; user: { id: string; name: string; email: string; role: "admin" | "supervisor" | "agent"; agentId: string; invited: boolean; lastSignInAt: string | null; secondFactor: boolean; singleSignOn: boolean } | null; inviteUrl: string | null; mailed: boolean; problem: { code: string; detail: string } | null }[] } } } };
    };
  };
  '/api/v1/users/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; email?: string | undefined; role?: "admin" | "supervisor" | "agent" | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; email: string; role: "admin" | "supervisor" | "agent"; agentId: string; invited: boolean; lastSignInAt: string | null; secondFactor: boolean; singleSignOn: boolean } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/users/{id}/reset': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { inviteUrl: string; mailed: boolean } } } };
    };
  };
  '/api/v1/users/{id}/second-factor': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/users/{id}/single-sign-on': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/users/{id}/sessions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; current: boolean; begunBy: "password" | "company" | "oidc"; createdAt: string; seenAt: string; address: string | null; userAgent: string | null }[] } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/users/{id}/sessions/{sessionId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string; sessionId: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/mail-server': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string | null; host: string | null } } } };
    };
  };
  '/api/v1/mails': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: number; kind: "invitation" | "reset" | "own-reset" | "transcript" | "alarm" | "test"; to: string; state: "waiting" | "sent" | "failed"; attempts: number; outcome: string | null; createdAt: string; nextAt: string | null }[]; nextCursor: string | null } } } };
    };
  };
  '/api/v1/mails/test': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { to: string; language?: string | null | undefined } } };
      responses: { 202: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string } } } };
    };
  };
  '/api/v1/conversations/{id}/transcript': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { language?: string | null | undefined } } };
      responses: { 202: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string } } } };
    };
  };
  '/api/v1/password-resets': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { email: string; workspace?: string | undefined } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/conversations': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined; state?: "waiting" | "assigned" | "parked" | "closed" | "open" | undefined; agentId?: string | "me" | undefined; unassigned?: boolean | undefined; teamId?: string | "mine" | undefined; consulted?: "me" | undefined; channelId?: string | undefined; tag?: string | undefined; due?: "soon" | "overdue" | undefined; unanswered?: boolean | undefined; q?: string | undefined; sort?: "waiting" | "recent" | "oldest" | "due" | "until" | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; channelId: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; externalId: string; contact: { id: string; externalId: string; displayName: string; name: string | null; email: string | null; phone: string | null; avatarUrl: string | null; verified: boolean | null }; state: "waiting" | "assigned" | "parked" | "closed"; priority: "low" | "normal" | "high" | "urgent"; agentId: string | null; agentName: string | null; agentKind: ("human" | "bot") | null; teamId: string | null; skillIds: string[]; teamName: string | null; queuedAt: string; rankAt: string; activeAt: string; assignedAt: string | null; confirmedAt: string | null; offeredUntil: string | null; parked: { since: string; until: string | null; by: string } | null; closedAt: string | null; closeReason: string | null; heldUntil: string | null; holdReason: string | null; position: number | null; estimatedWait: number | null; plan: string | null; step: number | null; due: { target: "firstAnswer" | "nextAnswer" | "end"; soonAt: string; dueAt: string } | null; silence: { of: "agent" | "contact"; since: string; noticedAt: string | null; dueAt: string | null } | null; waitRange: { from: number; p50: number; to: number } | null; opensAt: string | null; tags: string[]; meta: Record<string, unknown>; lastMessage: { text: string; authorKind: "contact" | "agent" | "bot" | "user" | "system"; authorId: string | null; authorName: string | null; at: string; seq: number } | null; unread: number; awaitedSince: string | null; rating: { score: number; comment: string | null } | null; closing: { note: string | null; categories: string[]; answers: ({ type: "input" | "textarea"; name: string; value: string | null } | { type: "select"; name: string; value: { name: string; value: string }[] | null })[] } | null; transfer: { how: "transferred" | "taken-over" | "given-back" | "handed-over"; by: string; fromAgentId: string | null; note: string | null; at: string } | null; consulted: { agentId: string; by: string; note: string | null; at: string }[]; whisper: { seq: number; agentId: string; by: string; at: string } | null; contactReadSeq: number | null }[]; nextCursor: string | null } } } };
    };
  };
  '/api/v1/inbox/counts': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { mine: number; parked: number; waiting: number; team: number; all: number; consulted: number; mentions: number; unread: number; dueSoon: number; overdue: number; unanswered: number } } } };
    };
  };
  '/api/v1/conversations/{id}/read': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { upToSeq: number } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/conversations/{id}/unread': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { fromSeq?: number | undefined } | null } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/saved-views': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; view: "mine" | "parked" | "consulted" | "waiting" | "team" | "all" | "closed"; filters: { q?: string | undefined; channelId?: string | undefined; teamId?: string | undefined; agentId?: string | undefined; tag?: string | undefined; due?: "soon" | "overdue" | undefined; sort?: "waiting" | "recent" | "oldest" | "due" | "until" | undefined }; teamId: string | null; own: boolean }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; view: "mine" | "parked" | "consulted" | "waiting" | "team" | "all" | "closed"; filters?: { q?: string | undefined; channelId?: string | undefined; teamId?: string | undefined; agentId?: string | undefined; tag?: string | undefined; due?: "soon" | "overdue" | undefined; sort?: "waiting" | "recent" | "oldest" | "due" | "until" | undefined } | undefined; teamId?: string | null | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; view: "mine" | "parked" | "consulted" | "waiting" | "team" | "all" | "closed"; filters: { q?: string | undefined; channelId?: string | undefined; teamId?: string | undefined; agentId?: string | undefined; tag?: string | undefined; due?: "soon" | "overdue" | undefined; sort?: "waiting" | "recent" | "oldest" | "due" | "until" | undefined }; teamId: string | null; own: boolean } } } };
    };
  };
  '/api/v1/saved-views/{id}/count': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { count: number | null } } } };
    };
  };
  '/api/v1/saved-views/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; view?: "mine" | "parked" | "consulted" | "waiting" | "team" | "all" | "closed" | undefined; filters?: { q?: string | undefined; channelId?: string | undefined; teamId?: string | undefined; agentId?: string | undefined; tag?: string | undefined; due?: "soon" | "overdue" | undefined; sort?: "waiting" | "recent" | "oldest" | "due" | "until" | undefined } | undefined; teamId?: string | null | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; view: "mine" | "parked" | "consulted" | "waiting" | "team" | "all" | "closed"; filters: { q?: string | undefined; channelId?: string | undefined; teamId?: string | undefined; agentId?: string | undefined; tag?: string | undefined; due?: "soon" | "overdue" | undefined; sort?: "waiting" | "recent" | "oldest" | "due" | "until" | undefined }; teamId: string | null; own: boolean } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/mentions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined; unread?: boolean | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { conversationId: string; seq: number; displayName: string; text: string; authorId: string | null; authorName: string | null; at: string; readAt: string | null }[]; nextCursor: string | null; unread: number } } } };
    };
  };
  '/api/v1/mentions/read': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { conversationId?: string | undefined } | null } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/conversations/{id}/mentionable': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { agentId: string; sees: boolean }[] } } } };
    };
  };
  '/api/v1/canned-replies': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; shortcut: string; text: string; teamId: string | null }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { shortcut: string; text: string; teamId?: string | null | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; shortcut: string; text: string; teamId: string | null } } } };
    };
  };
  '/api/v1/canned-replies/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { shortcut?: string | undefined; text?: string | undefined; teamId?: string | null | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; shortcut: string; text: string; teamId: string | null } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/automations': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; enabled: boolean; position: number; on: ("conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.closed" | "conversation.rated" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "message.created")[]; actions: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[]; when: Record<string, unknown> | null; disabledReason: ("paused" | "failing") | null; failures: number; lastRunAt: string | null; faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[] }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; enabled?: boolean | undefined; position?: number | undefined; on: ("conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.closed" | "conversation.rated" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "message.created")[]; when?: Record<string, unknown> | null | undefined; actions: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[] } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; enabled: boolean; position: number; on: ("conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.closed" | "conversation.rated" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "message.created")[]; actions: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[]; when: Record<string, unknown> | null; disabledReason: ("paused" | "failing") | null; failures: number; lastRunAt: string | null; faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[] } } } };
    };
  };
  '/api/v1/automations/check': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { automation: unknown; try?: boolean | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[]; trial?: { of: number; tried: number; matched: number; events: number; examples: { conversationId: string; contactName: string | null; events: number }[] } | undefined } } } };
    };
  };
  '/api/v1/automations/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; enabled: boolean; position: number; on: ("conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.closed" | "conversation.rated" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "message.created")[]; actions: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[]; when: Record<string, unknown> | null; disabledReason: ("paused" | "failing") | null; failures: number; lastRunAt: string | null; faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[] } } } };
    };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; enabled?: boolean | undefined; position?: number | undefined; on?: ("conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.closed" | "conversation.rated" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "message.created")[] | undefined; when?: Record<string, unknown> | null | undefined; actions?: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[] | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; enabled: boolean; position: number; on: ("conversation.opened" | "conversation.assigned" | "conversation.assignment-confirmed" | "conversation.offered" | "conversation.accepted" | "conversation.declined" | "conversation.missed" | "conversation.requeued" | "conversation.handed-over" | "conversation.left-by-bot" | "conversation.transferred" | "conversation.taken-over" | "conversation.parked" | "conversation.returned" | "conversation.given-back" | "conversation.consult-requested" | "conversation.consult-ended" | "conversation.closed" | "conversation.rated" | "conversation.reopened" | "conversation.updated" | "conversation.due-soon" | "conversation.overdue" | "conversation.unanswered" | "conversation.reminded" | "message.created")[]; actions: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[]; when: Record<string, unknown> | null; disabledReason: ("paused" | "failing") | null; failures: number; lastRunAt: string | null; faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[] } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/automations/{id}/runs': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { cursor?: string | undefined; limit?: number | undefined }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; conversationId: string; event: string; at: string; depth: number; outcome: "done" | "failed" | "stopped"; reason: string | null; actions: { do: "add-tags" | "remove-tags" | "set-priority" | "send-to-plan" | "send-to-team" | "give-to-agent" | "note" | "message" | "call-endpoint" | "close"; result: "done" | "unchanged" | "refused" | "undone"; reason?: string | undefined }[] }[]; nextCursor: string | null } } } };
    };
  };
  '/api/v1/macros': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; teamId: string | null; actions: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[]; faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[] }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; teamId?: string | null | undefined; actions: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[] } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; teamId: string | null; actions: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[]; faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[] } } } };
    };
  };
  '/api/v1/macros/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; teamId?: string | null | undefined; actions?: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[] | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; teamId: string | null; actions: ({ do: "add-tags"; tags: string[] } | { do: "remove-tags"; tags: string[] } | { do: "set-priority"; priority: "low" | "normal" | "high" | "urgent" } | { do: "send-to-plan"; plan: string } | { do: "send-to-team"; teamId: string } | { do: "give-to-agent"; agentId: string } | { do: "note"; text: string } | { do: "message"; texts: Record<string, string> } | { do: "call-endpoint"; endpointId: string } | { do: "close"; reason?: string | undefined })[]; faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[] } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/conversations/{id}/macros/{macroId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string; macroId: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { actions: { do: "add-tags" | "remove-tags" | "set-priority" | "send-to-plan" | "send-to-team" | "give-to-agent" | "note" | "message" | "call-endpoint" | "close"; result: "done" | "unchanged" | "refused" | "undone"; reason?: string | undefined }[] } } } };
    };
  };
  '/api/v1/tags': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; colour: string }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; colour: string } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; colour: string } } } };
    };
  };
  '/api/v1/tags/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; colour?: string | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; colour: string } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/statuses': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; emoji: string | null; colour: string | null; archived: boolean }[] } } } };
    };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string; emoji?: string | null | undefined; colour?: string | null | undefined } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; emoji: string | null; colour: string | null; archived: boolean } } } };
    };
  };
  '/api/v1/statuses/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    patch: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name?: string | undefined; emoji?: string | null | undefined; colour?: string | null | undefined; archived?: boolean | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; name: string; emoji: string | null; colour: string | null; archived: boolean } } } };
    };
  };
  '/api/v1/statuses/order': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { ids: string[] } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { id: string; name: string; emoji: string | null; colour: string | null; archived: boolean }[] } } } };
    };
  };
  '/api/v1/simulations': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { scenario: Record<string, unknown>; runs?: number | undefined } } };
      responses: { 202: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; state: "waiting" | "running" | "done" | "failed" | "cancelled"; progress: number; problem: ("faulty" | "too-long" | "too-much-memory" | "broken") | null; faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[]; result: { kinds: Record<string, { arrived: number; botShare?: number | undefined; waitedShare: number; waitedShareCi: number; meanWait: number; meanWaitCi: number; p50: number; p95: number; p99: number; lostShare: number; abandonedShare: number; unservedShare: number; within: Record<string, number>; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number; meanCi: number } | undefined; servedBy: Record<string, number>; transfers?: { made: number; share: number; meanWait: number; p95: number; leftShare: number; unservedShare: number } | undefined }>; whole?: { arrived: number; botShare?: number | undefined; waitedShare: number; waitedShareCi: number; meanWait: number; meanWaitCi: number; p50: number; p95: number; p99: number; lostShare: number; abandonedShare: number; unservedShare: number; within: Record<string, number>; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number; meanCi: number } | undefined; servedBy: Record<string, number>; transfers?: { made: number; share: number; meanWait: number; p95: number; leftShare: number; unservedShare: number } | undefined } | undefined; plans?: Record<string, { arrived: number; meanWait: number; p50: number; p95: number; within: number | null; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number } | undefined; abandonedShare: number }> | undefined; hours?: { from: number; arrived: number; meanWait: number; p50: number; p95: number; within: number | null; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number } | undefined; abandonedShare: number; waiting: number }[] | undefined; agents: Record<string, { occupancy: number; given: number; waits?: { meanWait: number; p50: number; p95: number; within: number | null; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number } | undefined } | undefined; offers?: { made: number; declined: number; missed: number; withdrawn: number } | undefined; bot?: { ended: number; handedOver: number; silent: number } | undefined; transferred?: number | undefined; returned?: number | undefined }>; teams?: Record<string, { occupancy: number; given: number; waits?: { meanWait: number; p50: number; p95: number; within: number | null; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number } | undefined } | undefined }> | undefined; jain: number; overCapacity: number; assignments: number; notModelled: string[]; wallSeconds: number; repeated?: { runs: number; whole?: { botShare?: { mean: number; ci: number } | undefined; waitedShare: { mean: number; ci: number }; meanWait: { mean: number; ci: number }; p50: { mean: number; ci: number }; p95: { mean: number; ci: number }; p99: { mean: number; ci: number }; abandonedShare: { mean: number; ci: number }; lostShare: { mean: number; ci: number }; unservedShare: { mean: number; ci: number }; within: Record<string, { mean: number; ci: number }>; servedBy: Record<string, { mean: number; ci: number }>; firstAnswer?: { answeredShare: { mean: number; ci: number } | null; mean: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null } | undefined; transfers?: { share: { mean: number; ci: number } | null; meanWait: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null; leftShare: { mean: number; ci: number } | null; unservedShare: { mean: number; ci: number } | null } | undefined } | undefined; kinds: Record<string, { botShare?: { mean: number; ci: number } | undefined; waitedShare: { mean: number; ci: number }; meanWait: { mean: number; ci: number }; p50: { mean: number; ci: number }; p95: { mean: number; ci: number }; p99: { mean: number; ci: number }; abandonedShare: { mean: number; ci: number }; lostShare: { mean: number; ci: number }; unservedShare: { mean: number; ci: number }; within: Record<string, { mean: number; ci: number }>; servedBy: Record<string, { mean: number; ci: number }>; firstAnswer?: { answeredShare: { mean: number; ci: number } | null; mean: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null } | undefined; transfers?: { share: { mean: number; ci: number } | null; meanWait: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null; leftShare: { mean: number; ci: number } | null; unservedShare: { mean: number; ci: number } | null } | undefined }>; plans?: Record<string, { meanWait: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null; within: { mean: number; ci: number } | null; firstAnswer?: { answeredShare: { mean: number; ci: number } | null; mean: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null } | undefined }> | undefined; overDay?: ({ mean: number; ci: number } | null)[] | undefined; occupancy: Record<string, { mean: number; ci: number }>; teams?: Record<string, { mean: number; ci: number }> | undefined; served?: { agents: Record<string, { meanWait: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null; within: { mean: number; ci: number } | null; firstAnswer?: { answeredShare: { mean: number; ci: number } | null; mean: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null } | undefined }>; teams?: Record<string, { meanWait: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null; within: { mean: number; ci: number } | null; firstAnswer?: { answeredShare: { mean: number; ci: number } | null; mean: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null } | undefined }> | undefined } | undefined; jain: { mean: number; ci: number } } | undefined } | null } } } };
    };
  };
  '/api/v1/simulations/measure': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { from: string; until: string; channelIds?: string[] | undefined; policy?: { strategy: "least-loaded" | "longest-idle" | "round-robin"; boostSeconds: { low: number; normal: number; high: number; urgent: number }; whenAgentLeaves: "keep" | "requeue"; leaveGraceSeconds: number; asleepSeconds?: number | undefined; whenNobodyOnline?: "queue" | "abort" | undefined; language?: string | undefined; calendars?: { name: string; timeZone: string; weekly: { days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[]; from: string; to: string }[]; exceptions?: { date: string; from?: string | undefined; to?: string | undefined }[] | undefined }[] | undefined; rules?: { name: string; when?: Record<string, unknown> | undefined; then: { plan: string; priority?: "low" | "normal" | "high" | "urgent" | undefined; addTags?: string[] | undefined } }[] | undefined; plans?: { name: string; steps: { after: number; team?: string | null | undefined; skills?: Record<string, number> | undefined; priority?: "low" | "normal" | "high" | "urgent" | undefined }[]; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined; bot?: { agent: string; silentFor?: number | undefined; words?: string[] | undefined; replies?: number | undefined; messages?: number | undefined } | undefined; sticky?: { within: string; waitFor?: number | undefined } | undefined; hours?: { calendar: string; otherwise: string } | undefined; limits?: { waiting?: number | undefined; waitFor?: number | undefined; then: string } | undefined; targets?: { firstAnswer?: number | undefined; nextAnswer?: number | undefined; end?: number | undefined; calendar?: string | undefined } | undefined; offer?: { within: number; misses: number } | undefined; silence?: { agent?: number | undefined; contact?: { remind?: number | undefined; close?: number | undefined } | undefined } | undefined; words?: { queued?: Record<string, string> | undefined; position?: Record<string, string> | undefined; closedHours?: Record<string, string> | undefined; full?: Record<string, string> | undefined; assigned?: Record<string, string> | undefined; reminder?: Record<string, string> | undefined; ended?: Record<string, string> | undefined } | undefined; order?: "rank" | "due" | undefined }[] | undefined } | undefined; asRecorded?: boolean | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { scenario: Record<string, unknown>; conversations: number; beginsAt?: string | undefined; happened?: { arrived: number; meanWait: number; p95: number; abandonedShare: number; waiting: number } | undefined; notes: ("plans-left-out" | "kinds-left-out" | "nobody-online")[] } } } };
    };
  };
  '/api/v1/simulations/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { id: string; state: "waiting" | "running" | "done" | "failed" | "cancelled"; progress: number; problem: ("faulty" | "too-long" | "too-much-memory" | "broken") | null; faults: { path: string; code: string; detail: string; remedy: string; values?: Record<string, string | number> | undefined }[]; result: { kinds: Record<string, { arrived: number; botShare?: number | undefined; waitedShare: number; waitedShareCi: number; meanWait: number; meanWaitCi: number; p50: number; p95: number; p99: number; lostShare: number; abandonedShare: number; unservedShare: number; within: Record<string, number>; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number; meanCi: number } | undefined; servedBy: Record<string, number>; transfers?: { made: number; share: number; meanWait: number; p95: number; leftShare: number; unservedShare: number } | undefined }>; whole?: { arrived: number; botShare?: number | undefined; waitedShare: number; waitedShareCi: number; meanWait: number; meanWaitCi: number; p50: number; p95: number; p99: number; lostShare: number; abandonedShare: number; unservedShare: number; within: Record<string, number>; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number; meanCi: number } | undefined; servedBy: Record<string, number>; transfers?: { made: number; share: number; meanWait: number; p95: number; leftShare: number; unservedShare: number } | undefined } | undefined; plans?: Record<string, { arrived: number; meanWait: number; p50: number; p95: number; within: number | null; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number } | undefined; abandonedShare: number }> | undefined; hours?: { from: number; arrived: number; meanWait: number; p50: number; p95: number; within: number | null; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number } | undefined; abandonedShare: number; waiting: number }[] | undefined; agents: Record<string, { occupancy: number; given: number; waits?: { meanWait: number; p50: number; p95: number; within: number | null; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number } | undefined } | undefined; offers?: { made: number; declined: number; missed: number; withdrawn: number } | undefined; bot?: { ended: number; handedOver: number; silent: number } | undefined; transferred?: number | undefined; returned?: number | undefined }>; teams?: Record<string, { occupancy: number; given: number; waits?: { meanWait: number; p50: number; p95: number; within: number | null; firstAnswer?: { answeredShare: number; mean: number; p50: number; p95: number } | undefined } | undefined }> | undefined; jain: number; overCapacity: number; assignments: number; notModelled: string[]; wallSeconds: number; repeated?: { runs: number; whole?: { botShare?: { mean: number; ci: number } | undefined; waitedShare: { mean: number; ci: number }; meanWait: { mean: number; ci: number }; p50: { mean: number; ci: number }; p95: { mean: number; ci: number }; p99: { mean: number; ci: number }; abandonedShare: { mean: number; ci: number }; lostShare: { mean: number; ci: number }; unservedShare: { mean: number; ci: number }; within: Record<string, { mean: number; ci: number }>; servedBy: Record<string, { mean: number; ci: number }>; firstAnswer?: { answeredShare: { mean: number; ci: number } | null; mean: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null } | undefined; transfers?: { share: { mean: number; ci: number } | null; meanWait: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null; leftShare: { mean: number; ci: number } | null; unservedShare: { mean: number; ci: number } | null } | undefined } | undefined; kinds: Record<string, { botShare?: { mean: number; ci: number } | undefined; waitedShare: { mean: number; ci: number }; meanWait: { mean: number; ci: number }; p50: { mean: number; ci: number }; p95: { mean: number; ci: number }; p99: { mean: number; ci: number }; abandonedShare: { mean: number; ci: number }; lostShare: { mean: number; ci: number }; unservedShare: { mean: number; ci: number }; within: Record<string, { mean: number; ci: number }>; servedBy: Record<string, { mean: number; ci: number }>; firstAnswer?: { answeredShare: { mean: number; ci: number } | null; mean: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null } | undefined; transfers?: { share: { mean: number; ci: number } | null; meanWait: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null; leftShare: { mean: number; ci: number } | null; unservedShare: { mean: number; ci: number } | null } | undefined }>; plans?: Record<string, { meanWait: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null; within: { mean: number; ci: number } | null; firstAnswer?: { answeredShare: { mean: number; ci: number } | null; mean: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null } | undefined }> | undefined; overDay?: ({ mean: number; ci: number } | null)[] | undefined; occupancy: Record<string, { mean: number; ci: number }>; teams?: Record<string, { mean: number; ci: number }> | undefined; served?: { agents: Record<string, { meanWait: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null; within: { mean: number; ci: number } | null; firstAnswer?: { answeredShare: { mean: number; ci: number } | null; mean: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null } | undefined }>; teams?: Record<string, { meanWait: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null; within: { mean: number; ci: number } | null; firstAnswer?: { answeredShare: { mean: number; ci: number } | null; mean: { mean: number; ci: number } | null; p50: { mean: number; ci: number } | null; p95: { mean: number; ci: number } | null } | undefined }> | undefined } | undefined; jain: { mean: number; ci: number } } | undefined } | null } } } };
    };
    delete: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/replays': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { from: string; until: string; against?: { strategy: "least-loaded" | "longest-idle" | "round-robin"; boostSeconds: { low: number; normal: number; high: number; urgent: number }; whenAgentLeaves: "keep" | "requeue"; leaveGraceSeconds: number; asleepSeconds?: number | undefined; whenNobodyOnline?: "queue" | "abort" | undefined; language?: string | undefined; calendars?: { name: string; timeZone: string; weekly: { days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[]; from: string; to: string }[]; exceptions?: { date: string; from?: string | undefined; to?: string | undefined }[] | undefined }[] | undefined; rules?: { name: string; when?: Record<string, unknown> | undefined; then: { plan: string; priority?: "low" | "normal" | "high" | "urgent" | undefined; addTags?: string[] | undefined } }[] | undefined; plans?: { name: string; steps: { after: number; team?: string | null | undefined; skills?: Record<string, number> | undefined; priority?: "low" | "normal" | "high" | "urgent" | undefined }[]; prefer?: ("sticky" | "skill" | "skill-ascending" | "least-loaded" | "longest-idle" | "round-robin")[] | undefined; bot?: { agent: string; silentFor?: number | undefined; words?: string[] | undefined; replies?: number | undefined; messages?: number | undefined } | undefined; sticky?: { within: string; waitFor?: number | undefined } | undefined; hours?: { calendar: string; otherwise: string } | undefined; limits?: { waiting?: number | undefined; waitFor?: number | undefined; then: string } | undefined; targets?: { firstAnswer?: number | undefined; nextAnswer?: number | undefined; end?: number | undefined; calendar?: string | undefined } | undefined; offer?: { within: number; misses: number } | undefined; silence?: { agent?: number | undefined; contact?: { remind?: number | undefined; close?: number | undefined } | undefined } | undefined; words?: { queued?: Record<string, string> | undefined; position?: Record<string, string> | undefined; closedHours?: Record<string, string> | undefined; full?: Record<string, string> | undefined; assigned?: Record<string, string> | undefined; reminder?: Record<string, string> | undefined; ended?: Record<string, string> | undefined } | undefined; order?: "rank" | "due" | undefined }[] | undefined } | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; until: string; isWhole: boolean; passes: number; decided: number; reproduced: number; differing: number; unexplained: number; causes: Record<string, number>; differences: { conversationId: string; assignmentId: string; at: string; agent: { id: string; name: string }; replayed: { id: string; name: string } | null; cause: "not-on-record" | "agents-unknown" | "policy-gone" | "another-agent" | "nobody" | "another-order" | "another-reason" | "another-rule" | "records-differ"; explained: boolean }[]; byHand: number; moves: { conversationId: string; assignmentId: string; at: string; agent: { id: string; name: string }; by: string; forced: boolean }[]; missed: number; forgotten: number; standing: { asked: number; asPlanned: number; otherwise: string[] }; rules: { asked: number; again: number; causes: Record<string, number>; matched: { rule: string; count: number }[] }; against: { tried: number; elsewhere: number; unknown: number; moved: { conversationId: string; contactName: string | null; state: "waiting" | "assigned" | "parked" | "closed"; queuedAt: string; from: { rule: string | null; plan: string | null; step: number | null; team: string | null; skills: Record<string, number>; priority: "low" | "normal" | "high" | "urgent"; ends: string | null }; to: { rule: string | null; plan: string | null; step: number | null; team: string | null; skills: Record<string, number>; priority: "low" | "normal" | "high" | "urgent"; ends: string | null } }[] } | null; servers: { node: string; from: string; until: string; passes: number }[] } } } };
    };
  };
  '/api/v1/tool-calls': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { tool: string; input: Record<string, unknown> } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/contacts/{id}/statistics': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { window?: "24h" | "7d" | "all" | undefined; subject?: "statistics" | "contactInfo" | "additionalInfo" | undefined }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { label: string; value: unknown; iconURL?: string | undefined }[] } } };
    };
  };
  '/api/v1/assistance': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { isSetUp: boolean; isOn: boolean; host: string | null; model: string | null } } } };
    };
  };
  '/api/v1/assistance/test': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { tookMs: number } } } };
    };
  };
  '/api/v1/conversations/{id}/suggestions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { drafts?: number | undefined; preview?: boolean | undefined } | null } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { drafts: string[]; sent: { host: string; model: string; messages: { role: "system" | "user"; content: string }[]; characters: number; masked: number; isCut: boolean } } } } };
    };
  };
  '/api/v1/conversations/{id}/summary': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { language?: string | undefined; preview?: boolean | undefined } | null } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { text: string | null; sent: { host: string; model: string; messages: { role: "system" | "user"; content: string }[]; characters: number; masked: number; isCut: boolean } } } } };
    };
  };
  '/api/v1/conversations/{id}/translations': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { messageId?: string | undefined; text?: string | undefined; language?: string | undefined; preview?: boolean | undefined } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { text: string | null; sent: { host: string; model: string; messages: { role: "system" | "user"; content: string }[]; characters: number; masked: number; isCut: boolean } } } } };
    };
  };
  '/api/v1/reports/occupancy': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; per?: "day" | "span" | undefined; by?: "all" | "agent" | "team" | "plan" | "channel" | undefined; agentId?: string | undefined; teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; by: string; rows: { day: string | null; key: string; label: string | null; onlineMs: number; capacityMs: number; heldMs: number; heldNotOnlineMs: number; occupancy: number | null }[] } } } };
    };
  };
  '/api/v1/reports/occupancy.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; per?: "day" | "span" | undefined; by?: "all" | "agent" | "team" | "plan" | "channel" | undefined; agentId?: string | undefined; teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports/offers': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; per?: "day" | "span" | undefined; by?: "all" | "agent" | "team" | "plan" | "channel" | undefined; agentId?: string | undefined; teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; by: string; rows: { day: string | null; key: string; label: string | null; given: number; offered: number; accepted: number; declined: number; missed: number; withdrawn: number; open: number; acceptMsP50: number | null; acceptMsP90: number | null }[] } } } };
    };
  };
  '/api/v1/reports/offers.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; per?: "day" | "span" | undefined; by?: "all" | "agent" | "team" | "plan" | "channel" | undefined; agentId?: string | undefined; teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports/answers': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; per?: "day" | "span" | undefined; by?: "all" | "agent" | "team" | "plan" | "channel" | undefined; agentId?: string | undefined; teamId?: string | undefined; withinSeconds?: number | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; by: string; withinSeconds: number; rows: { day: string | null; key: string; label: string | null; firsts: number; firstMsP50: number | null; firstMsP90: number | null; firstsWithin: number; owns: number; ownMsP50: number | null; ownMsP90: number | null; ownsWithin: number; nexts: number; nextMsP50: number | null; nextMsP90: number | null; nextsWithin: number }[] } } } };
    };
  };
  '/api/v1/reports/answers.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; per?: "day" | "span" | undefined; by?: "all" | "agent" | "team" | "plan" | "channel" | undefined; agentId?: string | undefined; teamId?: string | undefined; withinSeconds?: number | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports/adherence': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; per?: "day" | "span" | undefined; by?: "all" | "agent" | "team" | undefined; agentId?: string | undefined; teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; by: string; rows: { day: string | null; key: string; label: string | null; plannedMs: number; adheredMs: number; lateMs: number; earlyMs: number; absentMs: number; interruptedMs: number; unplannedMs: number; adherence: number | null }[] } } } };
    };
  };
  '/api/v1/reports/adherence.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; per?: "day" | "span" | undefined; by?: "all" | "agent" | "team" | undefined; agentId?: string | undefined; teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports/day': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; agentId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { agentId: string; from: string; to: string; statuses: { since: string; till: string; availability: "online" | "away" | "offline"; statusId: string | null; name: string | null; cause: ("missed-offers" | "no-sign-of-life" | "push-missed" | "signed-out") | null }[]; held: { conversationId: string; contactName: string | null; since: string; till: string | null; outcome: "held" | "offered" | "declined" | "missed" | "withdrawn" }[]; shifts: { start: string; end: string; expects: "online" | "away"; statusId: string | null; status: string | null }[] } } } };
    };
  };
  '/api/v1/shifts': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; agentId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { items: { agentId: string; start: string; end: string; expects: "online" | "away"; statusId: string | null }[] } } } };
    };
    put: {
      parameters: { query?: never; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { from: string; to: string; agentIds?: string[] | undefined; shifts: { agentId: string; start: string; end: string; expects?: "online" | "away" | undefined; statusId?: string | null | undefined }[] } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; agents: number; removed: number; added: number } } } };
    };
  };
  '/api/v1/shifts.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    put: {
      parameters: { query: { timeZone: string; from?: string | undefined; to?: string | undefined; check?: boolean | undefined }; header?: { 'idempotency-key'?: string | undefined }; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string | null; to: string | null; agents: number; removed: number; added: number; faults: { line: number | null; code: "unreadable" | "empty" | "too-many" | "header-missing" | "column-unknown" | "column-twice" | "agent-unknown" | "agent-ambiguous" | "time-unreadable" | "time-left-out" | "time-twice" | "end-before-start" | "too-long" | "status-unknown" | "outside-span" | "span-too-long" | "overlaps"; value: string | null; text: string }[]; shifts: { line: number; agentName: string; agentId: string; start: string; end: string; expects: "online" | "away"; statusId: string | null; status: string | null }[] } } } };
    };
  };
  '/api/v1/reports/statuses': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; by?: "day" | "agent" | undefined; agentId?: string | undefined; teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; by: "day" | "agent"; timeZone: string; rows: { agentId: string; agentName: string; day: string | null; spanMs: number; onlineMs: number; awayMs: number; offlineMs: number; unrecordedMs: number; parts: { availability: "online" | "away" | "offline"; statusId: string | null; name: string | null; cause: ("missed-offers" | "no-sign-of-life" | "push-missed" | "signed-out") | null; ms: number }[] }[] } } } };
    };
  };
  '/api/v1/reports/statuses.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; by?: "day" | "agent" | undefined; agentId?: string | undefined; teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports/fairness': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; rows: { day: string; agents: number; load: { jain: number; lowest: number; mean: number; highest: number } | null; given: { jain: number; lowest: number; mean: number; highest: number } | null }[] } } } };
    };
  };
  '/api/v1/reports/fairness.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; teamId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports/arrivals': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; teamId?: string | undefined; channelId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; rows: { start: string; arrivals: number }[] } } } };
    };
  };
  '/api/v1/reports/arrivals.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; teamId?: string | undefined; channelId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports/told-waits': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; by?: "hour" | "day" | "plan" | "length" | "method" | undefined; which?: "first" | "all" | undefined; channelId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; by: "hour" | "day" | "plan" | "length" | "method"; which: "first" | "all"; totals: { told: number; known: number; within: number; shorter: number; longer: number; withinShare: number | null; shorterThanP50Share: number | null; toldSecondsP50: number | null; waitedSecondsP50: number | null }; rows: { key: string; told: number; known: number; within: number; shorter: number; longer: number; withinShare: number | null; shorterThanP50Share: number | null; toldSecondsP50: number | null; waitedSecondsP50: number | null }[] } } } };
    };
  };
  '/api/v1/reports/told-waits.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; by?: "hour" | "day" | "plan" | "length" | "method" | undefined; which?: "first" | "all" | undefined; channelId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; by?: "day" | "hour" | "agent" | "team" | "channel" | "plan" | undefined; agentId?: string | undefined; teamId?: string | undefined; channelId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; by: "day" | "hour" | "agent" | "team" | "channel" | "plan"; timeZone: string; totals: { opened: number; assigned: number; closed: number; abandoned: number; waitSecondsP50: number | null; waitSecondsP90: number | null; firstAnswerSecondsP50: number | null; firstAnswerSecondsP90: number | null; handlingSecondsP50: number | null; handlingSecondsP90: number | null; messagesIn: number; messagesOut: number; ratingAverage: number | null; ratings: number; firstAnswersMet: number; firstAnswersMissed: number; nextAnswersMet: number; nextAnswersMissed: number; endsMet: number; endsMissed: number; waits: number; firstAnswers: number; handlings: number }; rows: { key: string; label: string | null; opened: number; assigned: number; closed: number; abandoned: number; waitSecondsP50: number | null; waitSecondsP90: number | null; firstAnswerSecondsP50: number | null; firstAnswerSecondsP90: number | null; handlingSecondsP50: number | null; handlingSecondsP90: number | null; messagesIn: number; messagesOut: number; ratingAverage: number | null; ratings: number; firstAnswersMet: number; firstAnswersMissed: number; nextAnswersMet: number; nextAnswersMissed: number; endsMet: number; endsMissed: number; waits: number; firstAnswers: number; handlings: number }[] } } } };
    };
  };
  '/api/v1/reports.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; by?: "day" | "hour" | "agent" | "team" | "channel" | "plan" | undefined; agentId?: string | undefined; teamId?: string | undefined; channelId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/queue/wall': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { waiting: number; longestWaitSeconds: number; soon: number; overdue: number; teams: { teamId: string | null; name: string | null; waiting: number; longestWaitSeconds: number; soon: number; overdue: number }[]; plans: { plan: string | null; waiting: number; longestWaitSeconds: number; soon: number; overdue: number }[]; lastHour: { start: string; came: number; given: number; waiting: number; longestWaitSeconds: number | null }[] } } } };
    };
  };
  '/api/v1/reports/distribution': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; agentId?: string | undefined; teamId?: string | undefined; channelId?: string | undefined; measure?: "wait" | "firstAnswer" | "handling" | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; measure: "wait" | "firstAnswer" | "handling"; count: number; p50: number | null; p90: number | null; p95: number | null; buckets: { atLeastSeconds: number; underSeconds: number | null; count: number }[]; days: { day: string; count: number; p50: number | null; p90: number | null; p95: number | null }[] } } } };
    };
  };
  '/api/v1/reports/distribution.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; agentId?: string | undefined; teamId?: string | undefined; channelId?: string | undefined; measure?: "wait" | "firstAnswer" | "handling" | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports/week': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; agentId?: string | undefined; teamId?: string | undefined; channelId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; cells: { weekday: number; hour: number; hours: number; opened: number; waits: number; waitSecondsP50: number | null }[] } } } };
    };
  };
  '/api/v1/reports/week.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; agentId?: string | undefined; teamId?: string | undefined; channelId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports/ratings': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; agentId?: string | undefined; teamId?: string | undefined; channelId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; ratings: number; average: number | null; commented: number; scores: { score: number; count: number; commented: number }[] } } } };
    };
  };
  '/api/v1/reports/ratings.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; agentId?: string | undefined; teamId?: string | undefined; channelId?: string | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/reports/conversations': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; agentId?: string | undefined; teamId?: string | undefined; channelId?: string | undefined; figure?: "opened" | "assigned" | "closed" | "abandoned" | "waits" | "firstAnswers" | "handlings" | "messagesIn" | "messagesOut" | "ratings" | "firstAnswersMet" | "firstAnswersMissed" | "nextAnswersMet" | "nextAnswersMissed" | "endsMet" | "endsMissed" | undefined; by?: "day" | "hour" | "agent" | "team" | "channel" | "plan" | undefined; key?: string | undefined; weekday?: number | undefined; hour?: number | undefined; atLeastSeconds?: number | undefined; underSeconds?: number | undefined; score?: number | undefined; commented?: boolean | undefined; cursor?: string | undefined; limit?: number | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'application/json': { from: string; to: string; timeZone: string; figure: "opened" | "assigned" | "closed" | "abandoned" | "waits" | "firstAnswers" | "handlings" | "messagesIn" | "messagesOut" | "ratings" | "firstAnswersMet" | "firstAnswersMissed" | "nextAnswersMet" | "nextAnswersMissed" | "endsMet" | "endsMissed"; count: number; conversations: number; items: { id: string; contactName: string; channelId: string; channelName: string; channelKind: "qiscus" | "rapidpro" | "webchat" | "api" | "rocketchat"; state: "waiting" | "assigned" | "parked" | "closed"; agentId: string | null; agentName: string | null; teamId: string | null; teamName: string | null; plan: string | null; queuedAt: string; closedAt: string | null; rating: { score: number; comment: string | null } | null; at: string; times: number; seconds: number | null }[]; nextCursor: string | null } } } };
    };
  };
  '/api/v1/reports/conversations.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string; timeZone?: string | undefined; agentId?: string | undefined; teamId?: string | undefined; channelId?: string | undefined; figure?: "opened" | "assigned" | "closed" | "abandoned" | "waits" | "firstAnswers" | "handlings" | "messagesIn" | "messagesOut" | "ratings" | "firstAnswersMet" | "firstAnswersMissed" | "nextAnswersMet" | "nextAnswersMissed" | "endsMet" | "endsMissed" | undefined; by?: "day" | "hour" | "agent" | "team" | "channel" | "plan" | undefined; key?: string | undefined; weekday?: number | undefined; hour?: number | undefined; atLeastSeconds?: number | undefined; underSeconds?: number | undefined; score?: number | undefined; commented?: boolean | undefined }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
  '/api/v1/export': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { from: string; to: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content?: never } };
    };
  };
}
