// Records which tool a model uses, and what it gives it.
import { capText, cleanJson } from '../contract/clean-text.ts';
import { addAuditEntry } from '../store/audit.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** Of what a tool is given; more would bury the rest of the log. */
const KEPT_CHARACTERS = 4000;

export async function noteToolCall(
  { db }: Pick<Desk, 'db'>,
  call: { workspaceId: string; actor: string; tool: string; input: object },
): Promise<void> {
  const { workspaceId, actor, tool } = call;
  const input = capText(JSON.stringify(cleanJson(call.input)), KEPT_CHARACTERS);
  const change = { tool, ...(input !== '{}' && { input }) };
  const entry = { workspaceId, actor, objectId: workspaceId, action: 'tool.called', change };
  await withTx(db, (tx) => addAuditEntry(tx, entry));
}
