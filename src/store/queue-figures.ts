// The queue in numbers: for the queue page, the metrics and the estimated wait.
import { CHANNEL_ATTEMPTS } from './alarms.ts';
import { FAILURES_TO_PROBE } from './endpoints.ts';
import { isOnline, roomOf } from './roster.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { dueOf } from './take-deliveries.ts';

export interface QueueFigures {
  waiting: number;
  held: number;
  longestWaitSeconds: number;
  assigned: number;
  agentsOnline: number;
  freeCapacity: number;
  agentsOverCapacity: number;
  /**
   * For the last ten minutes, or since the workspace began, but at least one minute; however
   * briefly they lasted.
   */
  assignedPerMinute: number;
  pendingDeliveries: number;
  heldDeliveries: number;
  failingEndpoints: number;
}

// "Over capacity" means above the ceiling: a load above a lowered capacity, or a forced one, does
// not count.
const figuresOf = (workspaceId: string): string =>
  `(select count(*)::integer as waiting, count(*) filter (where held_until > clock_timestamp())::integer as held,
    coalesce(extract(epoch from clock_timestamp() - min(queued_at)), 0)::float8 as "longestWaitSeconds"
    from conversation where workspace_id = ${workspaceId} and state = 'waiting') q,
  lateral (select coalesce(sum(load), 0)::integer as assigned,
    count(*) filter (where g.kind = 'human' and ${isOnline('g')})::integer as "agentsOnline",
    coalesce(sum(greatest(${roomOf('g')}, 0)) filter (where g.kind = 'human' and ${isOnline('g')}), 0)::integer as "freeCapacity",
    count(*) filter (where load > ceiling)::integer as "agentsOverCapacity"
    from agent g where workspace_id = ${workspaceId} and deleted_at is null) a,
  lateral (select count(*)::float8 / (select least(10, greatest(1, extract(epoch from clock_timestamp() - created_at) / 60))
      from workspace where workspace_id = ${workspaceId})::float8 as "assignedPerMinute" from assignment
    where workspace_id = ${workspaceId} and assigned_at > now() - interval '10 minutes' and state <> 'undone'
      and agent_id not in (select agent_id from agent where workspace_id = ${workspaceId} and kind = 'bot')) r,
  lateral (select count(*) filter (where state <> 'held')::integer as "pendingDeliveries",
    count(*) filter (where state = 'held')::integer as "heldDeliveries"
    from delivery where workspace_id = ${workspaceId} and state in ('pending', 'held')) d,
  lateral (select count(*)::integer as "failingEndpoints" from endpoint
    where workspace_id = ${workspaceId} and enabled and deleted_at is null and failures >= ${FAILURES_TO_PROBE}) f`;

const figures_ = statement<QueueFigures>(
  'queue-figures',
  `select q.*, a.*, r.*, d.*, f.* from ${figuresOf('$1')}`,
);

export async function readQueueFigures(db: Db, workspaceId: string): Promise<QueueFigures> {
  const row = await queryOne(db, figures_, [workspaceId]);
  if (row === null) throw new Error('The queue figures are empty.');
  return row;
}

export interface OperatorFigures extends QueueFigures {
  workspaceId: string;
  /** How long the delivery that is most overdue has been due. */
  deliveriesOverdueSeconds: number;
  /** By the rule of the alarm `channel-failing`. */
  failingChannels: number;
}

const allFigures_ = statement<OperatorFigures>(
  'all-queue-figures',
  `-- across workspaces: the operator's metrics
  select w.workspace_id as "workspaceId", q.*, a.*, r.*, d.*, f.*, o.*, c.*
  from workspace w, lateral ${figuresOf('w.workspace_id')},
  lateral (select coalesce(extract(epoch from greatest(interval '0', clock_timestamp() - min(${dueOf('p')}))), 0)::float8
      as "deliveriesOverdueSeconds" from delivery p where p.workspace_id = w.workspace_id and p.state = 'pending') o,
  lateral (select count(*)::integer as "failingChannels" from channel n
    where n.workspace_id = w.workspace_id and n.deleted_at is null and (n.sync_error is not null or exists (
      select from delivery t where t.workspace_id = w.workspace_id and t.subscriber_id = n.channel_id
        and t.state = 'pending' and t.attempts >= ${CHANNEL_ATTEMPTS}))) c
  where w.removed_at is null`,
);

export function readAllQueueFigures(db: Db): Promise<OperatorFigures[]> {
  return query(db, allFigures_, []);
}

export interface QueueGroup {
  teamId: string | null;
  channelId: string;
  waiting: number;
  longestWaitSeconds: number;
}

const groups_ = statement<QueueGroup>(
  'queue-groups',
  `select team_id as "teamId", channel_id as "channelId", count(*)::integer as waiting,
    extract(epoch from clock_timestamp() - min(queued_at))::float8 as "longestWaitSeconds"
  from conversation where workspace_id = $1 and state = 'waiting'
  group by team_id, channel_id order by 4 desc`,
);

export function readQueueGroups(db: Db, workspaceId: string): Promise<QueueGroup[]> {
  return query(db, groups_, [workspaceId]);
}
