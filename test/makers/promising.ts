// A connection on which a test may write whatever it likes: nobody is told of it.
import type { Effect, Promised } from '../../src/store/effects.ts';

export function promising<On>(connection: On): On & Promised<Effect> {
  return connection as On & Promised<Effect>;
}
