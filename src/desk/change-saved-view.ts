// Keeps, changes and removes views of the inbox, of one user or of a team.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import {
  deleteSavedView,
  getSavedView,
  insertSavedView,
  mayShareView,
  type SavedViewRow,
  updateSavedView,
  type Viewer,
} from '../store/saved-views.ts';
import type { Desk } from './context.ts';

type Fields = Omit<SavedViewRow, 'id' | 'own'>;
type Means = Pick<Desk, 'db'>;

/** Refuses `request.invalid` to tokens, `team.not-found` and `saved-view.too-many`. */
export async function createSavedView(
  { db }: Means,
  viewer: Viewer,
  fields: Fields,
): Promise<SavedViewRow> {
  const { workspaceId, userId } = viewer;
  if (userId === null) {
    throw new Refused('request.invalid', 'A view belongs to a user: sign in to save one.');
  }
  await refuseForeign({ db }, viewer, fields.teamId);
  const row = { id: uuid(), ...fields };
  if (!(await insertSavedView(db, { ...row, workspaceId, userId }))) {
    throw new Refused('saved-view.too-many');
  }
  return { ...row, own: true };
}

/** Absent fields stay. Refuses `saved-view.not-found`, `saved-view.not-yours` and `team.not-found`. */
export async function changeSavedView(
  { db }: Means,
  viewer: Viewer,
  { id, ...change }: Partial<Fields> & { id: string },
): Promise<SavedViewRow> {
  const before = await getSavedView(db, viewer, id);
  if (before === null) throw new Refused('saved-view.not-found');
  const row = { ...before, ...change };
  if (row.teamId !== before.teamId) await refuseForeign({ db }, viewer, row.teamId);
  if (!(await updateSavedView(db, viewer, row))) throw new Refused('saved-view.not-yours');
  return row;
}

/** Refuses `saved-view.not-found` and `saved-view.not-yours`. */
export async function removeSavedView({ db }: Means, viewer: Viewer, id: string): Promise<void> {
  if ((await getSavedView(db, viewer, id)) === null) throw new Refused('saved-view.not-found');
  if (!(await deleteSavedView(db, viewer, id))) throw new Refused('saved-view.not-yours');
}

/** One shares with the teams that one is in. */
async function refuseForeign({ db }: Means, viewer: Viewer, teamId: string | null): Promise<void> {
  if (teamId !== null && !(await mayShareView(db, viewer, teamId))) {
    throw new Refused('team.not-found');
  }
}
