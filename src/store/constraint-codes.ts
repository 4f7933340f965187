// How PostgreSQL says which kind of constraint a statement would have broken
// (https://www.postgresql.org/docs/current/errcodes-appendix.html).
export const UNIQUE_VIOLATION = '23505';
/** A row that is named is not there. */
export const NO_SUCH_ROW = '23503';
