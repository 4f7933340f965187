// Admins make, change and remove what happens by itself.
import { v7 as uuid } from 'uuid';
import {
  type AutomationCreation,
  type AutomationUpdate,
  MAX_AUTOMATIONS,
  MAX_POSITION,
} from '../contract/automations.ts';
import type { PolicyFault } from '../contract/policy/fault.ts';
import { Refused } from '../errors.ts';
import { checkAutomation } from '../routing/automations/check-automation.ts';
import { addAuditEntry } from '../store/audit.ts';
import {
  type AutomationRow,
  deleteAutomation,
  getAutomation,
  listAutomations,
  lockRunner,
  putAutomation,
} from '../store/automations.ts';
import { UNIQUE_VIOLATION } from '../store/constraint-codes.ts';
import type { Tx } from '../store/tx.ts';
import { bindRunner } from './bind-runner.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';
import { findActionNames } from './find-action-names.ts';

type By = { workspaceId: string; actor: string };

/** Answers its id. Refuses `automation.invalid`, `automation.name-taken` and `automation.too-many`. */
export async function createAutomation(desk: Desk, by: By, body: unknown): Promise<string> {
  const { workspaceId } = by;
  return commit(desk, workspaceId, async (tx, after) => {
    await lockRunner(after({ endpoint: null }), workspaceId);
    const others = await listAutomations(tx, workspaceId);
    if (others.length >= MAX_AUTOMATIONS) throw new Refused('automation.too-many');
    await refuseFaults(tx, workspaceId, body);
    const creation = body as AutomationCreation;
    const automationId = uuid();
    const last = Math.max(0, ...others.map(({ position }) => position));
    const row: AutomationRow = {
      automationId,
      name: creation.name,
      position: creation.position ?? Math.min(last + 1, MAX_POSITION),
      disabledReason: creation.enabled === false ? 'paused' : null,
      events: creation.on,
      condition: creation.when ?? null,
      actions: creation.actions,
      failures: 0,
      lastRunAt: null,
    };
    await write(tx, after, { by, row, action: 'created', change: creation });
    return automationId;
  });
}

/** Absent fields stay. Refuses `automation.not-found` as well. */
export async function updateAutomation(
  desk: Desk,
  { automationId, ...by }: By & { automationId: string },
  body: unknown,
): Promise<void> {
  const { workspaceId } = by;
  await commit(desk, workspaceId, async (tx, after) => {
    await lockRunner(after({ endpoint: null }), workspaceId);
    const before = await getAutomation(tx, { workspaceId, automationId });
    if (before === null) throw new Refused('automation.not-found');
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    // What others are at fault for does not keep it from being switched off, or moved.
    if (!isObject || !doesNotAct(body)) {
      await refuseFaults(tx, workspaceId, isObject ? { ...documentOf(before), ...body } : body);
    }
    const change = body as AutomationUpdate;
    const row = { ...before, ...changed(before, change) };
    await write(tx, after, { by, row, action: 'updated', change });
  });
}

/** It is switched off or moved, and nothing else. */
function doesNotAct(body: object): boolean {
  const [[key, value] = ['', null], ...others] = Object.entries(body);
  if (others.length > 0) return false;
  return (key === 'enabled' && value === false) || (key === 'position' && isPosition(value));
}

const isPosition = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_POSITION;

function documentOf({ name, events, condition, actions }: AutomationRow) {
  return { name, on: events, when: condition, actions };
}

function changed(before: AutomationRow, change: AutomationUpdate): Partial<AutomationRow> {
  const { name, position, enabled, on, when, actions } = change;
  const off = before.disabledReason ?? ('paused' as const);
  return {
    ...(name !== undefined && { name }),
    ...(position !== undefined && { position }),
    ...(enabled !== undefined && { disabledReason: enabled ? null : off }),
    ...(on !== undefined && { events: on }),
    ...(when !== undefined && { condition: when }),
    ...(actions !== undefined && { actions }),
  };
}

async function write(
  tx: Tx,
  after: After<Tx>,
  args: { by: By; row: AutomationRow; action: 'created' | 'updated'; change: object },
): Promise<void> {
  const { by, row, action, change } = args;
  const { workspaceId } = by;
  await putAutomation(tx, { workspaceId, ...row }).catch((error: { code?: string }) => {
    throw error.code === UNIQUE_VIOLATION ? new Refused('automation.name-taken') : error;
  });
  await bindRunner(tx, after, workspaceId);
  const entry = { ...by, action: `automation.${action}`, objectId: row.automationId };
  await addAuditEntry(tx, { ...entry, change: { name: row.name, ...change } });
}

/** With the log of what it did. Refuses `automation.not-found`. */
export async function removeAutomation(
  desk: Desk,
  { automationId, ...by }: By & { automationId: string },
): Promise<void> {
  const { workspaceId } = by;
  await commit(desk, workspaceId, async (tx, after) => {
    await lockRunner(after({ endpoint: null }), workspaceId);
    const gone = await deleteAutomation(tx, { workspaceId, automationId });
    if (gone === null) throw new Refused('automation.not-found');
    await bindRunner(tx, after, workspaceId);
    const entry = { ...by, action: 'automation.removed', objectId: automationId, change: gone };
    await addAuditEntry(tx, entry);
  });
}

async function refuseFaults(tx: Tx, workspaceId: string, document: unknown): Promise<void> {
  const faults = checkAutomation(document, await findActionNames(tx, workspaceId));
  if (faults.length > 0) throw faulty('automation.invalid', faults);
}

/** The text is about the first; programs find them all beside it. */
export function faulty(
  code: 'automation.invalid' | 'macro.invalid',
  faults: readonly PolicyFault[],
): Refused {
  const [{ path, detail, remedy } = { path: '', detail: '', remedy: '' }, ...others] = faults;
  const more = others.length === 0 ? '' : ` And ${others.length} more.`;
  const text = `${path === '' ? '' : `${path}: `}${detail} ${remedy}${more}`;
  return new Refused(code, text, { faults });
}
