// The time of a test's database, which a test can move: functions of PostgreSQL's own names that stand before its own.

// A sequence shows what it was set to at once, to whoever is in a transaction too, and is read in a microsecond.
const LAST = `coalesce(pg_sequence_last_value('test_clock.moved_ms'), 0)`;
const MOVED = `interval '1 millisecond' * ${LAST}::double precision`;

/**
 * A name of a function is looked up along the search path, so the statements and the defaults of columns ask these
 * without knowing it, and a database that is not a test's pays nothing. Each is as volatile as the one it stands for,
 * so plans stay the same kind.
 */
export const MOVABLE_TIME = `
  create schema test_clock;
  create sequence test_clock.moved_ms minvalue ${Number.MIN_SAFE_INTEGER} start 0;
  ${[
    ['now', 'stable'],
    ['statement_timestamp', 'stable'],
    ['clock_timestamp', 'volatile'],
  ]
    .map(
      ([name, volatility]) => `create function public.${name}() returns timestamptz
        language plpgsql ${volatility} as $$ begin return pg_catalog.${name}() + ${MOVED}; end $$;`,
    )
    .join('')}`;

/** For `$1`: milliseconds. */
export const MOVE_TIME = `select setval('test_clock.moved_ms', ${LAST} + $1)`;

/** Of every database that is made of the template: a copy does not inherit it. */
export const ownTimeFirst = (database: string): string =>
  `alter database ${database} set search_path = public, pg_catalog`;

/** From then on time stands still, at the `$1` milliseconds since 1970 of the statement after it, and moves by MOVE_TIME alone. */
export const STOP_TIME = ['now', 'statement_timestamp', 'clock_timestamp']
  .map(
    (name) => `create or replace function public.${name}() returns timestamptz language plpgsql
      ${name === 'clock_timestamp' ? 'volatile' : 'stable'} as $$ begin return to_timestamp(${LAST} / 1000.0); end $$;`,
  )
  .join('');
export const SET_STOPPED_TIME = `select setval('test_clock.moved_ms', $1)`;
