// What must happen after a commit, so that others act on what it wrote; and the types by which a statement demands it.
import type { Db, Statement } from './sql.ts';

/** After a commit: `wake` the router, `send` deliveries, or tell those who watch what changed. */
export type Effect =
  | 'wake'
  | 'send'
  /** The channels are read again. */
  | 'channels'
  /** Somebody's right may have ended: their connections are checked. */
  | 'rights'
  | 'conversation'
  | 'message'
  | 'read'
  | 'agent'
  | 'contact'
  | 'endpoint'
  | 'settings';

/** A connection on which these effects have been promised. Only desk/commit hands it out. */
export type Promised<E extends Effect> = [E] extends [never]
  ? unknown
  : { readonly promised: Readonly<Record<E, true>> };

/** A connection on which the statement `S` may run: one that has promised what it needs. */
export type Writing<S, On = Db> = [S] extends [Statement<unknown, infer E>]
  ? On & Promised<E>
  : never;
