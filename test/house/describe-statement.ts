// What PostgreSQL says of a statement without running it: it parses it against the schema and describes its columns.
import type { ClientBase, Connection, Submittable } from 'pg';

export interface Column {
  name: string;
  /** As PostgreSQL writes it: uuid, timestamp with time zone, text[] … */
  type: string;
  /** Straight from a column of a table that may hold null. Of what is computed nobody knows. */
  mayBeNull: boolean;
}

interface Field {
  name: string;
  tableID: number;
  columnID: number;
  dataTypeID: number;
}

/** Throws what PostgreSQL has against it. */
export async function describeStatement(client: ClientBase, text: string): Promise<Column[]> {
  const fields = await new Promise<Field[]>((resolve, reject) => {
    client.query(makeDescription(text, resolve, reject));
  });
  const { rows } = await client.query<Column>(
    `select f.name, format_type(f.type, null) as type,
      coalesce((select not a.attnotnull from pg_attribute a where a.attrelid = f.relation and a.attnum = f.place), false) as "mayBeNull"
    from unnest($1::text[], $2::oid[], $3::oid[], $4::integer[]) with ordinality as f(name, type, relation, place, nth)
    order by nth`,
    [
      fields.map(({ name }) => name),
      fields.map(({ dataTypeID }) => dataTypeID),
      fields.map(({ tableID }) => tableID),
      fields.map(({ columnID }) => columnID),
    ],
  );
  return rows;
}

/** Parse, Describe, Sync: what the driver sends before it binds and runs a statement. */
function makeDescription(
  text: string,
  resolve: (fields: Field[]) => void,
  reject: (error: Error) => void,
): Submittable {
  let fields: Field[] = [];
  let failed: Error | undefined;
  const description = {
    submit: (connection: Connection) => {
      connection.parse({ name: '', text, types: [] }, true);
      connection.describe({ type: 'S', name: '' }, true);
      connection.sync();
    },
    handleParseComplete: () => {},
    handleRowDescription: (message: { fields: Field[] }) => {
      fields = message.fields;
    },
    handleError: (error: Error) => {
      failed = error;
      reject(error);
    },
    handleReadyForQuery: () => {
      if (failed === undefined) resolve(fields);
    },
  };
  return description;
}
