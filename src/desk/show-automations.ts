// Automations as they are kept, each with what it names and is no longer there.
import type { PolicyFault } from '../contract/policy/fault.ts';
import { Refused } from '../errors.ts';
import { checkActions } from '../routing/automations/check-actions.ts';
import { checkAutomation } from '../routing/automations/check-automation.ts';
import { makeFindings } from '../routing/policy/findings.ts';
import {
  type AutomationKey,
  type AutomationRow,
  getAutomation,
  listAutomations,
} from '../store/automations.ts';
import { listMacros, type MacroRow } from '../store/macros.ts';
import type { Desk } from './context.ts';
import { findActionNames } from './find-action-names.ts';

type Looking = Pick<Desk, 'db'>;
type WithFaults<Row> = Row & { faults: PolicyFault[] };

export async function showAutomations(
  { db }: Looking,
  workspaceId: string,
): Promise<WithFaults<AutomationRow>[]> {
  const rows = await listAutomations(db, workspaceId);
  return rows.length === 0 ? [] : judge(db, workspaceId, rows);
}

/** Refuses `automation.not-found`. */
export async function showAutomation(
  { db }: Looking,
  key: AutomationKey,
): Promise<WithFaults<AutomationRow>> {
  const row = await getAutomation(db, key);
  const [shown] = row === null ? [] : await judge(db, key.workspaceId, [row]);
  if (shown === undefined) throw new Refused('automation.not-found');
  return shown;
}

async function judge(
  db: Looking['db'],
  workspaceId: string,
  rows: readonly AutomationRow[],
): Promise<WithFaults<AutomationRow>[]> {
  const names = await findActionNames(db, workspaceId);
  return rows.map((row) => {
    const { name, events: on, condition: when, actions } = row;
    return { ...row, faults: checkAutomation({ name, on, when, actions }, names) };
  });
}

export async function showMacros(
  { db }: Looking,
  workspaceId: string,
): Promise<WithFaults<MacroRow>[]> {
  const rows = await listMacros(db, workspaceId);
  if (rows.length === 0) return [];
  const names = await findActionNames(db, workspaceId);
  return rows.map((row) => {
    const faults = makeFindings();
    checkActions(row.actions, { names: names.inActions, faults });
    return { ...row, faults: faults.list() };
  });
}
