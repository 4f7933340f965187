// Decides a recorded span again and says what came out otherwise. From a snapshot, without the routing lock; written nowhere.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { MOST_LISTED, MOST_REPLAYED, type Replay } from '../contract/replays.ts';
import type { RecordedPass } from '../contract/routing-record.ts';
import { Refused } from '../errors.ts';
import {
  type CompiledPolicy,
  compilePolicy,
  type Routing,
} from '../routing/plans/compile-policy.ts';
import { judgePass } from '../routing/replay/judge-pass.ts';
import type { Setups } from '../routing/replay/keep-recorded-agents.ts';
import { makeReplay, type ReplayedPolicy } from '../routing/replay/replay-passes.ts';
import { inTurn } from '../store/in-turn.ts';
import { type DecidedRow, listAssignmentsOfSpan, listDecided } from '../store/replayed.ts';
import { findKnownSince, listPasses, listSetups } from '../store/routing-passes.ts';
import type { Db } from '../store/sql.ts';
import { withSnapshot } from '../store/tx.ts';
import { getPolicyVersion } from '../store/workspaces.ts';
import { askRulesAgain, type Ruled, type RulesAgain } from './ask-rules-again.ts';
import type { Desk } from './context.ts';
import { judgeStanding } from './judge-standing.ts';
import { type Found, presentReplay, type Span } from './present-replay.ts';

export interface Asked extends Span {
  /** One that holds, by ids; null: none is asked. */
  against: PolicyDocument | null;
  /** Who asks may read conversations. */
  namesContacts: boolean;
  isGone(): boolean;
}

const SETTINGS = `set local statement_timeout = '10s'`;
const MOST_WAITING = 1;
/** A request may take half a minute. */
const BUDGET_MS = 20_000;
/** Read at a time: of those that give many, some hundred thousand rows. */
const PAGE = 50;
/** A pass reads the time, and its assignments are stamped a moment later. */
const LATE_MS = 60_000;

/** One at a time for each workspace and node. Refuses `simulation.too-many`, and `request.invalid` where it is too much. */
export function replaySpan(desk: Pick<Desk, 'db' | 'clock'>, span: Asked): Promise<Replay> {
  const most = { waiting: MOST_WAITING, refusal: 'simulation.too-many' } as const;
  const replay = () => withSnapshot(desk.db, SETTINGS, (tx) => replayNow(tx, span, desk));
  return inTurn(`replay ${span.workspaceId}`, replay, { most });
}

async function replayNow(db: Db, span: Asked, { clock }: Pick<Desk, 'clock'>): Promise<Replay> {
  const rows = await listAssignmentsOfSpan(db, { ...span, limit: MOST_REPLAYED + 1 });
  if (rows.length > MOST_REPLAYED) {
    const most = `More than ${MOST_REPLAYED} were given in that span: ask for a shorter one.`;
    throw new Refused('request.invalid', most);
  }
  const { workspaceId, against } = span;
  const rules = await askRulesAgain(db, {
    workspaceId,
    against: against && compilePolicy(against),
  });
  const found: Found = {
    ...{ judged: new Map(), lost: [], servers: new Map(), passes: 0, until: null },
    standing: { asked: 0, asPlanned: 0, otherwise: [] },
    rules: rules.found,
  };
  const endsAt = clock.elapsed() + BUDGET_MS;
  const isOver = () => span.isGone() || clock.elapsed() > endsAt;
  await replayPasses(db, span, { found, rules, isOver });
  return presentReplay(db, span, { rows, found });
}

async function replayPasses(
  db: Db,
  { workspaceId, from, until }: Span,
  { found, rules, isOver }: { found: Found; rules: RulesAgain; isOver(): boolean },
): Promise<void> {
  const since = (await findKnownSince(db, { workspaceId, from })) ?? from;
  const policies: Policies = new Map();
  const setups = await readSetups(db, workspaceId);
  const replay = makeReplay({ setups, policyOf: (version) => policies.get(version) ?? null });
  const early = new Date(Math.min(since.getTime(), from.getTime() - LATE_MS));
  for (let after = '0'; ; ) {
    const span = { workspaceId, from: early, until };
    const page = await listPasses(db, { ...span, after, limit: PAGE });
    await learnPolicies(db, { workspaceId, policies, page });
    const given = await readGiven(db, workspaceId, page);
    found.until = await judgePage(page, { found, replay, given, policies, from, isOver });
    const end = found.until ?? Number.POSITIVE_INFINITY;
    const inSpan = page.filter(({ now }) => now >= from.getTime() && now < end);
    const ruled = inSpan.flatMap((pass) => listRuled(pass, { given, policies }));
    noteOtherwise(found, await rules.ask(ruled));
    if (found.until !== null) return;
    if (page.length < PAGE) return;
    after = page.at(-1)?.seq ?? after;
  }
}

/** By version; null: it is not kept. */
type Policies = Map<number, (CompiledPolicy & ReplayedPolicy) | null>;

/** Answers where time ran out; null: it did not. */
async function judgePage(
  page: readonly RecordedPass[],
  means: {
    found: Found;
    replay: ReturnType<typeof makeReplay>;
    given: ReadonlyMap<string, DecidedRow>;
    policies: Policies;
    from: Date;
    isOver(): boolean;
  },
): Promise<number | null> {
  const { found, replay, given, policies, from, isOver } = means;
  for (const pass of page) {
    if (isOver()) return Math.max(pass.now, from.getTime());
    const replayed = replay(pass);
    for (const one of judgePass(pass, { replayed, given })) found.judged.set(one.assignmentId, one);
    if (pass.now >= from.getTime()) {
      note(found, { pass, given });
      noteStanding(found, {
        pass,
        given,
        routing: policies.get(pass.policyVersion)?.routing ?? null,
      });
    }
    // Other requests of this process go on meanwhile.
    await new Promise((done) => setImmediate(done));
  }
  return null;
}

function note(
  found: Found,
  { pass, given }: { pass: RecordedPass; given: ReadonlyMap<string, unknown> },
): void {
  found.passes += 1;
  const { node, now } = pass;
  const before = found.servers.get(node) ?? { from: now, until: now, passes: 0 };
  found.servers.set(node, { from: before.from, until: now, passes: before.passes + 1 });
  for (const { assignmentId, conversationId } of pass.waiting) {
    if (assignmentId !== null && !given.has(assignmentId)) found.lost.push(conversationId);
  }
}

/** What the pass gave by rules. */
function listRuled(
  { waiting, policyVersion: version }: RecordedPass,
  { given, policies }: { given: ReadonlyMap<string, DecidedRow>; policies: Policies },
): Ruled[] {
  const policy = policies.get(version);
  const routing = policy?.routing ?? null;
  if (!policy || routing === null) return [];
  const inForce = { version, policy: { ...policy, routing } };
  return waiting.flatMap(({ assignmentId, conversationId }) => {
    const row = assignmentId === null ? undefined : given.get(assignmentId);
    if (assignmentId === null || row === undefined) return [];
    return [{ assignmentId, conversationId, route: row.route, inForce }];
  });
}

/** The same agent by another rule is another decision. */
function noteOtherwise({ judged }: Found, assignmentIds: readonly string[]): void {
  for (const assignmentId of assignmentIds) {
    const one = judged.get(assignmentId);
    if (one?.cause === null) judged.set(assignmentId, { ...one, cause: 'another-rule' });
  }
}

function noteStanding(
  { standing }: Found,
  args: { pass: RecordedPass; given: ReadonlyMap<string, DecidedRow>; routing: Routing | null },
): void {
  const { pass, given, routing } = args;
  for (const { assignmentId, conversationId, group: number } of pass.waiting) {
    const row = assignmentId === null ? undefined : given.get(assignmentId);
    const group = pass.groups[number];
    if (row === undefined || group === undefined) continue;
    const stood = judgeStanding(pass, { group, route: row.route, routing });
    if (stood === null) continue;
    standing.asked += 1;
    if (stood) standing.asPlanned += 1;
    else if (standing.otherwise.length < MOST_LISTED) standing.otherwise.push(conversationId);
  }
}

async function readSetups(db: Db, workspaceId: string): Promise<Setups> {
  const setups = new Map<string, Map<string, (typeof rows)[number]['facts']>>();
  const rows = await listSetups(db, workspaceId);
  for (const { agentId, setup, facts } of rows) {
    const known = setups.get(agentId) ?? new Map();
    setups.set(agentId, known.set(setup, facts));
  }
  return setups;
}

async function learnPolicies(
  db: Db,
  args: {
    workspaceId: string;
    policies: Policies;
    page: readonly RecordedPass[];
  },
): Promise<void> {
  const { workspaceId, policies, page } = args;
  for (const { policyVersion: version } of page) {
    if (policies.has(version)) continue;
    const row = await getPolicyVersion(db, { workspaceId, version });
    const policy = row && compilePolicy(row.policy as PolicyDocument);
    policies.set(version, policy && { ...policy, strategy: policy.document.strategy });
  }
}

async function readGiven(db: Db, workspaceId: string, page: readonly RecordedPass[]) {
  const of = page.flatMap(({ waiting }) =>
    waiting.flatMap(({ conversationId, assignmentId }) =>
      assignmentId === null ? [] : [{ conversationId, assignmentId }],
    ),
  );
  const rows = of.length === 0 ? [] : await listDecided(db, { workspaceId, of });
  return new Map(rows.map((row) => [row.assignmentId, row]));
}
