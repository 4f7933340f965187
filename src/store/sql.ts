// How every statement is written and run: named once, prepared per connection, rows typed beside it.
import type { Pool, PoolClient } from 'pg';

/** A pool, or a connection in a transaction. */
export type Db = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>;

export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Never set: it carries the type of a row. */
  readonly row?: Row;
}

const texts = new Map<string, string>();

/** Names are unique, because the server keeps one plan a name. */
export function statement<Row>(name: string, text: string): Statement<Row> {
  if (texts.has(name)) throw new Error(`Two statements are called ${name}: rename one.`);
  texts.set(name, text);
  return { name, text };
}

/** Text by name, of every statement whose file is loaded. */
export function allStatements(): ReadonlyMap<string, string> {
  return texts;
}

/** A statement with its values, to be sent by somebody else. */
export interface Call<Row> {
  readonly statement: Statement<Row>;
  readonly values: readonly unknown[];
}

export function run<Row>(db: Db, { statement, values }: Call<Row>): Promise<Row[]> {
  return query(db, statement, values);
}

export async function query<Row>(
  db: Db,
  { name, text }: Statement<Row>,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await db.query({ name, text, values: values as unknown[] });
  return result.rows as Row[];
}

export async function queryOne<Row>(
  db: Db,
  sql: Statement<Row>,
  values: readonly unknown[],
): Promise<Row | null> {
  return (await query(db, sql, values))[0] ?? null;
}
