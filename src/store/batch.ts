// Many rows for one statement: an array for each column. The one way in which a statement is given a batch.
import { UUID_OF_OTHERS } from '../contract/uuid.ts';
import { jsonbArray, plainArray, textArray, uuidArray } from './binary-array.ts';

type Reader<Row, Value> = (row: Row) => Value | null;

/** The type in PostgreSQL, and the value that a row puts there. */
type Column<Row> =
  | readonly ['uuid', Reader<Row, string>]
  | readonly ['text', Reader<Row, string>]
  | readonly ['integer' | 'bigint' | 'float8', Reader<Row, number>]
  | readonly ['boolean', Reader<Row, boolean>]
  | readonly ['timestamptz', Reader<Row, Date>]
  | readonly ['jsonb', Reader<Row, object>]
  | readonly ['uuid[]' | 'text[]', Reader<Row, readonly string[]>]
  | readonly ['smallint[]', Reader<Row, readonly number[]>];

export interface Batch<Row> {
  /** SQL to select from: the columns by name, and `place` from 1 in the order of the rows. */
  rows: string;
  /** The parameters, in the order of the columns. */
  values(rows: readonly Row[]): unknown[];
}

/** `first`: the number of its first parameter; the others follow. */
export function batch<Row>(
  first: number,
  columns: Readonly<Record<string, Column<Row>>>,
): Batch<Row> {
  const all = Object.entries(columns);
  const names = all.map(([name]) => name).join(', ');
  const parameters = all.map(([, [type]], index) => `$${first + index}::${sentAs(type)}[]`);
  const unnested = `unnest(${parameters.join(', ')}) with ordinality as t(${names}, place)`;
  const selected = all.map(([name, [type]]) => {
    return type === sentAs(type) ? name : `${name}::${type} as ${name}`;
  });
  return {
    rows: `(select ${selected.join(', ')}, place from ${unnested})`,
    values: (rows) => all.map(([, column]) => write(column, rows)),
  };
}

/** To PostgreSQL an array of arrays is a matrix, so each travels as its text. */
function sentAs(type: Column<never>[0]): string {
  return type.endsWith('[]') ? 'text' : type;
}

function write<Row>([type, read]: Column<Row>, rows: readonly Row[]): unknown {
  switch (type) {
    case 'uuid': {
      const ids = rows.map(read);
      // A value that is no id is left to the database to refuse.
      return ids.every((id) => id === null || UUID_OF_OTHERS.test(id)) ? uuidArray(ids) : ids;
    }
    case 'text':
      return textArray(rows.map(read));
    case 'jsonb':
      return jsonbArray(rows.map((row) => stringify(read(row))));
    case 'integer':
    case 'bigint':
    case 'float8':
    case 'boolean':
      return plainArray(rows.map((row) => read(row)));
    case 'uuid[]':
    case 'text[]':
    case 'smallint[]':
      return textArray(rows.map((row) => asText(read(row))));
    default:
      return rows.map(read);
  }
}

const stringify = (value: object | null) => (value === null ? null : JSON.stringify(value));

function asText(values: readonly (string | number)[] | null): string | null {
  if (values === null) return null;
  const quoted = values.map((value) => `"${String(value).replaceAll(/["\\]/g, '\\$&')}"`);
  return `{${quoted.join(',')}}`;
}
