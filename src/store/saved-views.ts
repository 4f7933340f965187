// Views of the inbox that users have saved for themselves or for a team.
import type { InboxView } from '../contract/inbox-views.ts';
import { MAX_SAVED_VIEWS, type ViewFilters } from '../contract/saved-views.ts';
import { type Db, query, queryOne, statement } from './sql.ts';

export interface SavedViewRow {
  id: string;
  name: string;
  view: InboxView;
  filters: ViewFilters;
  teamId: string | null;
  own: boolean;
}

/** Who asks: a user, and the agent that the user is. `seesAll`: those of every team, too. */
export interface Viewer {
  workspaceId: string;
  userId: string | null;
  agentId: string | null;
  seesAll: boolean;
}

const columns = `v.saved_view_id as id, v.name, v.view, v.filters, v.team_id as "teamId", coalesce(v.user_id = $2, false) as own`;
const inTeam = `v.team_id in (select t.team_id from agent_team t where t.workspace_id = $1 and t.agent_id = $3)`;
const visible = `v.workspace_id = $1 and (v.user_id = $2::uuid or ${inTeam} or ($4::boolean and v.team_id is not null))`;
const viewerOf = ({ workspaceId, userId, agentId, seesAll }: Viewer) => [
  workspaceId,
  userId,
  agentId,
  seesAll,
];

const list_ = statement<SavedViewRow>(
  'list-saved-views',
  `select ${columns} from saved_view v where ${visible} order by lower(v.name), v.saved_view_id limit 200`,
);

export function listSavedViews(db: Db, viewer: Viewer): Promise<SavedViewRow[]> {
  return query(db, list_, viewerOf(viewer));
}

const get_ = statement<SavedViewRow>(
  'get-saved-view',
  `select ${columns} from saved_view v where ${visible} and v.saved_view_id = $5`,
);

/** null: there is none that they may look at. */
export function getSavedView(db: Db, viewer: Viewer, id: string): Promise<SavedViewRow | null> {
  return queryOne(db, get_, [...viewerOf(viewer), id]);
}

const mayShare_ = statement<{ may: boolean }>(
  'may-share-view',
  `select exists (select from team where workspace_id = $1 and team_id = $2)
    and ($4::boolean or exists (select from agent_team where workspace_id = $1 and team_id = $2 and agent_id = $3)) as may`,
);

/** A supervisor with any team; an agent with their own. */
export async function mayShareView(
  db: Db,
  { workspaceId, agentId, seesAll }: Viewer,
  teamId: string,
): Promise<boolean> {
  return (await queryOne(db, mayShare_, [workspaceId, teamId, agentId, seesAll]))?.may ?? false;
}

const ofOwner = `(select count(*) from saved_view where workspace_id = $1 and user_id = $3 and team_id is null)`;
const ofTeam = `(select count(*) from saved_view where workspace_id = $1 and team_id = $4::uuid)`;
const hasRoom = `case when $4::uuid is null then ${ofOwner} else ${ofTeam} end < ${MAX_SAVED_VIEWS}`;

const insert_ = statement<{ id: string }>(
  'insert-saved-view',
  `insert into saved_view (workspace_id, saved_view_id, user_id, team_id, name, view, filters)
  select $1, $2, $3, $4, $5, $6, $7 where ${hasRoom} returning saved_view_id as id`,
);

/** false: as many are kept as may. */
export async function insertSavedView(
  db: Db,
  row: Omit<SavedViewRow, 'own'> & { workspaceId: string; userId: string },
): Promise<boolean> {
  const { workspaceId, id, userId, teamId, name, view, filters } = row;
  const values = [workspaceId, id, userId, teamId, name, view, JSON.stringify(filters)];
  return (await queryOne(db, insert_, values)) !== null;
}

// Of the owner, or, where it is shared, of a supervisor.
const mayChange = `(v.user_id = $2::uuid or ($4::boolean and v.team_id is not null))`;

const update_ = statement<{ id: string }>(
  'update-saved-view',
  `update saved_view v set name = $6, view = $7, filters = $8, team_id = $9
  where v.workspace_id = $1 and ${mayChange} and $3::uuid is not distinct from $3 and v.saved_view_id = $5
  returning v.saved_view_id as id`,
);

/** false: it is not theirs to change. */
export async function updateSavedView(
  db: Db,
  viewer: Viewer,
  { id, name, view, filters, teamId }: Omit<SavedViewRow, 'own'>,
): Promise<boolean> {
  const values = [...viewerOf(viewer), id, name, view, JSON.stringify(filters), teamId];
  return (await queryOne(db, update_, values)) !== null;
}

const delete_ = statement<{ id: string }>(
  'delete-saved-view',
  `delete from saved_view v where v.workspace_id = $1 and ${mayChange} and $3::uuid is not distinct from $3
    and v.saved_view_id = $5 returning v.saved_view_id as id`,
);

/** false: it is not theirs to remove. */
export async function deleteSavedView(db: Db, viewer: Viewer, id: string): Promise<boolean> {
  return (await queryOne(db, delete_, [...viewerOf(viewer), id])) !== null;
}
