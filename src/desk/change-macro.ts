// Makes, changes and removes macros.
import { MAX_MACROS } from '../contract/macros.ts';
import { Refused } from '../errors.ts';
import { checkActions } from '../routing/automations/check-actions.ts';
import { makeFindings } from '../routing/policy/findings.ts';
import { NO_SUCH_ROW, UNIQUE_VIOLATION } from '../store/constraint-codes.ts';
import {
  deleteMacro,
  insertMacro,
  listMacros,
  type MacroRow,
  updateMacro,
} from '../store/macros.ts';
import { faulty } from './change-automation.ts';
import type { Desk } from './context.ts';
import { findActionNames } from './find-action-names.ts';
import { makeListVerbs } from './make-list-verbs.ts';

type By = { workspaceId: string; actor: string };

const verbs = makeListVerbs<MacroRow>({
  entry: 'macro',
  insert: insertMacro,
  update: updateMacro,
  drop: deleteMacro,
  broken: { [UNIQUE_VIOLATION]: 'macro.name-taken', [NO_SUCH_ROW]: 'team.not-found' },
});

/** Refuses `macro.invalid`, `macro.name-taken`, `macro.too-many` and `team.not-found`. */
export async function createMacro(
  desk: Pick<Desk, 'db'>,
  by: By,
  fields: Omit<MacroRow, 'id'>,
): Promise<MacroRow> {
  await refuseFaultyActions(desk, by, fields.actions);
  const others = await listMacros(desk.db, by.workspaceId);
  if (others.length >= MAX_MACROS) throw new Refused('macro.too-many');
  return verbs.create(desk, by, fields);
}

/** Absent fields stay. Refuses `macro.not-found` as well. */
export async function changeMacro(
  desk: Pick<Desk, 'db'>,
  by: By & { id: string },
  change: Parameters<typeof verbs.change>[2],
): Promise<MacroRow> {
  if (change.actions !== undefined) await refuseFaultyActions(desk, by, change.actions);
  return verbs.change(desk, by, change);
}

/** Refuses `macro.not-found`. */
export const removeMacro = verbs.remove;

/** Of whatever JSON. Refuses `macro.invalid` with all faults, by their places. */
export async function refuseFaultyActions(
  { db }: Pick<Desk, 'db'>,
  { workspaceId }: Pick<By, 'workspaceId'>,
  actions: unknown,
): Promise<void> {
  const { inActions: names } = await findActionNames(db, workspaceId);
  const faults = makeFindings();
  checkActions(actions, { names, faults });
  const found = faults.list();
  if (found.length > 0) throw faulty('macro.invalid', found);
}
