// What was answered under a caller's own key, in the database so that every node answers a repeat alike.
import { type Db, query, queryOne, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

/** Keys belong to one actor in one workspace. */
export interface KeyPlace {
  workspaceId: string;
  actorId: string;
  keyHash: Buffer;
}

// A key that expired or was given up begins again in its place.
const beginAnswer_ = statement<{ begun: boolean; full: boolean }>(
  'begin-answer',
  `with used as (
    select count(*)::integer as n from (
      select from kept_answer where workspace_id = $1 and actor_id = $2 limit $7) counted
  ), begun as (
    insert into kept_answer as k (workspace_id, actor_id, key_hash, request_hash, run_id, begun_at)
    select $1, $2, $3, $4, $5, clock_timestamp() from used where n < $7
      or exists (select from kept_answer where workspace_id = $1 and actor_id = $2 and key_hash = $3)
    on conflict (workspace_id, actor_id, key_hash) do update
      set request_hash = excluded.request_hash, run_id = excluded.run_id, begun_at = excluded.begun_at,
        status = null, answer = null
      where k.begun_at <= clock_timestamp() - make_interval(secs => $8)
        or (k.status is null and k.request_hash = excluded.request_hash
          and k.begun_at <= clock_timestamp() - make_interval(secs => $6))
    returning k.run_id
  )
  select exists (select from begun) as begun, (select n >= $7 from used) as full`,
);

/**
 * `begun`: this attempt has the key, and no answer is stored. `full`: the actor has as many keys as
 * allowed.
 */
export async function beginAnswer(
  db: Db,
  args: KeyPlace & {
    requestHash: Buffer;
    runId: string;
    /** An attempt without an answer is given up after this time. */
    givenUpSeconds: number;
    most: number;
    keptSeconds: number;
  },
): Promise<{ begun: boolean; full: boolean }> {
  const row = await queryOne(db, beginAnswer_, [
    args.workspaceId,
    args.actorId,
    args.keyHash,
    args.requestHash,
    args.runId,
    args.givenUpSeconds,
    args.most,
    args.keptSeconds,
  ]);
  return row ?? { begun: false, full: false };
}

export interface KeptAnswer {
  requestHash: Buffer;
  /** null: it is under way. */
  status: number | null;
  answer: string | null;
}

const findKept_ = statement<KeptAnswer>(
  'find-kept-answer',
  `select request_hash as "requestHash", status, answer from kept_answer
  where workspace_id = $1 and actor_id = $2 and key_hash = $3`,
);

export function findKeptAnswer(db: Db, place: KeyPlace): Promise<KeptAnswer | null> {
  return queryOne(db, findKept_, [place.workspaceId, place.actorId, place.keyHash]);
}

const keep_ = statement<never>(
  'keep-answer',
  `update kept_answer set status = $5, answer = $6
  where workspace_id = $1 and actor_id = $2 and key_hash = $3 and run_id = $4`,
);

export async function keepAnswerRow(
  db: Db,
  args: KeyPlace & { runId: string; status: number; answer: string },
): Promise<void> {
  const { workspaceId, actorId, keyHash, runId, status, answer } = args;
  await query(db, keep_, [workspaceId, actorId, keyHash, runId, status, answer]);
}

const drop_ = statement<never>(
  'drop-kept-answer',
  `delete from kept_answer
  where workspace_id = $1 and actor_id = $2 and key_hash = $3 and run_id = $4`,
);

/** A repeat does the work again. */
export async function dropKeptAnswer(db: Db, args: KeyPlace & { runId: string }): Promise<void> {
  await query(db, drop_, [args.workspaceId, args.actorId, args.keyHash, args.runId]);
}

const forget_ = statement<{ actorId: string }>(
  'forget-kept-answers',
  `delete from kept_answer k using (
    select actor_id, key_hash from kept_answer
    where workspace_id = $1 and begun_at <= clock_timestamp() - interval '24 hours'
    order by begun_at limit 1000 for update skip locked
  ) old
  where k.workspace_id = $1 and k.actor_id = old.actor_id and k.key_hash = old.key_hash
  returning k.actor_id as "actorId"`,
);

/** Answers are kept for a day. Answers how many it deleted, a thousand at most. */
export async function forgetKeptAnswers(db: Db, workspaceId: string): Promise<number> {
  return (await query(db, forget_, [workspaceId])).length;
}

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-answers',
  listing({
    table: 'kept_answer',
    due: `select from kept_answer k where k.workspace_id = w.workspace_id
    and k.begun_at <= statement_timestamp() - interval '24 hours'`,
  }),
);

export async function listWorkspacesWithOldAnswers(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}
