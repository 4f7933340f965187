// How the targets of a conversation are written, and what makes them be looked at again.
import type { Awaits, TargetState } from '../contract/targets.ts';

/** The targets of a conversation as they stand. */
export interface StandingTargets {
  state: TargetState;
  /** null: it has ended. */
  awaits: Awaits | null;
  /** Of the open target that is due first. */
  soonAt: Date | null;
  dueAt: Date | null;
  /** When they are looked at next. */
  turnAt: Date | null;
}

/** Columns of a batch for setTargets. */
export function targetColumns<Row>(of: (row: Row) => StandingTargets | null) {
  return {
    targets: ['jsonb', (row: Row) => of(row)?.state ?? null],
    target_awaits: ['text', (row: Row) => of(row)?.awaits ?? null],
    target_soon_at: ['timestamptz', (row: Row) => of(row)?.soonAt ?? null],
    target_due_at: ['timestamptz', (row: Row) => of(row)?.dueAt ?? null],
    target_turn_at: ['timestamptz', (row: Row) => of(row)?.turnAt ?? null],
  } as const;
}

/** SQL: assignments from a row `alias` of such a batch. */
export function setTargets(alias: string): string {
  const columns = ['targets', 'awaits', 'soon_at', 'due_at', 'turn_at'];
  return columns
    .map((column) => (column === 'targets' ? column : `target_${column}`))
    .map((column) => `${column} = ${alias}.${column}`)
    .join(', ');
}

// Nothing but these assignments is paid for by a conversation without targets, which awaits nobody.
/** SQL: has the targets of row `alias` of conversation looked at where a message by `author` changes them. */
export function turnFor(alias: string, author: string): string {
  return turnWhere(alias, `${alias}.target_awaits = ${author}`);
}

/** SQL: has them looked at, where it has any. */
export function turnTargets(alias: string): string {
  return turnWhere(alias, `${alias}.targets is not null`);
}

function turnWhere(alias: string, condition: string): string {
  return `target_turn_at = case when ${condition} then least(${alias}.target_turn_at, clock_timestamp()) else ${alias}.target_turn_at end`;
}

/** SQL: message `alias` of a conversation of workspace $1 was said by the contact or an agent. */
export function isLine(alias: string, conversationId: string): string {
  return `${alias}.workspace_id = $1 and ${alias}.conversation_id = ${conversationId} and ${alias}.kind = 'text'
        and not ${alias}.history and ${alias}.author_kind in ('contact', 'agent')`;
}

/** SQL: it as a Line. */
export function lineOf(alias: string): string {
  return `jsonb_build_object('seq', ${alias}.seq, 'by', ${alias}.author_kind, 'agentId', ${alias}.author_id,
          'at', floor(extract(epoch from ${alias}.created_at) * 1000))`;
}
