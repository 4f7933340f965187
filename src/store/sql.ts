// How every statement is written and run: named once, prepared per connection, rows typed beside it.
import type { Pool, PoolClient } from 'pg';
import type { Effect, Promised } from './effects.ts';

/** A pool, or a connection in a transaction. */
export type Db = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>;

export interface Statement<Row, E extends Effect = never> {
  readonly name: string;
  readonly text: string;
  /** Its effects after a commit: it runs only on a connection that has promised them. */
  readonly effects: readonly E[];
  /** Never set: it carries the type of a row. */
  readonly row?: Row;
}

/** A statement that can declare what it needs. */
export interface Plain<Row> extends Statement<Row> {
  needs<E extends Effect>(...effects: readonly E[]): Statement<Row, E>;
}

const statements = new Map<string, Statement<unknown, Effect>>();

/** Names are unique, because the server keeps one plan a name. */
export function statement<Row>(name: string, text: string): Plain<Row> {
  if (statements.has(name)) throw new Error(`Two statements are called ${name}: rename one.`);
  const plain: Statement<Row> = { name, text, effects: [] };
  statements.set(name, plain);
  const needs = <E extends Effect>(...effects: readonly E[]): Statement<Row, E> => {
    const needing = { name, text, effects };
    statements.set(name, needing);
    return needing;
  };
  return { ...plain, needs };
}

/** Every statement whose file is loaded, by name. */
export function allStatements(): ReadonlyMap<string, Statement<unknown, Effect>> {
  return statements;
}

/** A statement with its values, to be sent by the caller. */
export interface Call<Row, E extends Effect = never> {
  readonly statement: Statement<Row, E>;
  readonly values: readonly unknown[];
}

/** For a caller that sends it on a connection that has promised what it needs. */
export function promised<Row, E extends Effect>(
  _on: Db & Promised<E>,
  call: Call<Row, E>,
): Call<Row> {
  return call as Call<Row, Effect> as Call<Row>;
}

export function run<Row, E extends Effect>(
  db: Db & Promised<E>,
  { statement, values }: Call<Row, E>,
): Promise<Row[]> {
  return query(db, statement, values);
}

export async function query<Row, E extends Effect>(
  db: Db & Promised<E>,
  { name, text }: Statement<Row, E>,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await db.query({ name, text, values: values as unknown[] });
  return result.rows as Row[];
}

export async function queryOne<Row, E extends Effect>(
  db: Db & Promised<E>,
  sql: Statement<Row, E>,
  values: readonly unknown[],
): Promise<Row | null> {
  return (await query(db, sql, values))[0] ?? null;
}
