// How large the whole database is, all workspaces together.
import { type Db, queryOne, statement } from './sql.ts';

const size_ = statement<{ bytes: number }>(
  'database-size',
  `-- across workspaces: they share the disk
  select pg_database_size(current_database()) as bytes`,
);

export async function databaseBytes(db: Db): Promise<number> {
  return (await queryOne(db, size_, []))?.bytes ?? 0;
}
