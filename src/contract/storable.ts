// Which texts the database can store.
import { Type } from 'typebox';

/** No NUL and no half of a surrogate pair: PostgreSQL keeps neither. */
export const STORABLE = '^[^\\u0000\\ud800-\\udfff]*$';

/** Of what people name as they like: by itself a record looks only at names without a line end. */
export const AnyName = Type.String({ pattern: '^[\\s\\S]*$' });
