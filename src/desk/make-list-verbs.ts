// The verbs of a list that a workspace keeps to choose from: an entry is made, changed, removed, and each is noted.
import { v7 as uuid } from 'uuid';
import { type RefusalCode, Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { type Tx, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

type By = { workspaceId: string; actor: string };
type Key = { workspaceId: string; id: string };
type Change<Fields> = { [Name in keyof Fields]?: Fields[Name] | undefined };

export function makeListVerbs<Row extends { id: string }>(list: {
  /** In the audit, and in the refusal `….not-found`. */
  entry: 'tag' | 'canned-reply' | 'macro';
  insert(tx: Tx, row: Row & { workspaceId: string }): Promise<void>;
  /** null: there is none; so in `drop`. */
  update(tx: Tx, change: Key & Change<Omit<Row, 'id'>>): Promise<Row | null>;
  drop(tx: Tx, key: Key): Promise<Row | null>;
  /** What it means when a constraint is broken (`store/constraint-codes`). */
  broken: Partial<Record<string, RefusalCode>>;
  /** Throws for what may not be written. */
  check?(fields: Change<Omit<Row, 'id'>>): void;
}) {
  type Fields = Omit<Row, 'id'>;
  const refuse = (error: { code?: string }): never => {
    const code = list.broken[error.code ?? ''];
    throw code === undefined ? error : new Refused(code);
  };
  const note = async (tx: Tx, by: By, verb: string, row: Row | null): Promise<Row> => {
    if (row === null) throw new Refused(`${list.entry}.not-found`);
    const { id: objectId, ...change } = row;
    await addAuditEntry(tx, { ...by, action: `${list.entry}.${verb}`, objectId, change });
    return row;
  };
  return {
    create: async ({ db }: Pick<Desk, 'db'>, by: By, fields: Fields): Promise<Row> => {
      list.check?.(fields);
      const row = { id: uuid(), ...fields } as Row;
      return withTx(db, async (tx) => {
        await list.insert(tx, { ...row, workspaceId: by.workspaceId }).catch(refuse);
        return note(tx, by, 'created', row);
      });
    },
    /** Absent fields stay. */
    change: async (
      { db }: Pick<Desk, 'db'>,
      { id, ...by }: By & { id: string },
      change: Change<Fields>,
    ): Promise<Row> => {
      list.check?.(change);
      return withTx(db, async (tx) => {
        const row = list.update(tx, { ...change, workspaceId: by.workspaceId, id });
        return note(tx, by, 'updated', await row.catch(refuse));
      });
    },
    remove: ({ db }: Pick<Desk, 'db'>, { id, ...by }: By & { id: string }): Promise<Row> =>
      withTx(db, async (tx) =>
        note(tx, by, 'removed', await list.drop(tx, { workspaceId: by.workspaceId, id })),
      ),
  };
}
