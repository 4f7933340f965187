// Guesses whether anybody is told of an event, so that a message that nobody is told takes the shorter statement.
//
// Only a guess: the shorter statement does nothing where somebody is bound, by its own snapshot, and the longer one
// then runs. So nothing is lost between a binding and a message, whatever is guessed.
import { appendAndTell, appendUntold, isUnbound } from './tell-endpoints.ts';

/** Workspaces in which an endpoint was bound to what is said, when this process last saw it. */
const bound = new Set<string>();

export function guessBound(workspaceId: string): boolean {
  return bound.has(workspaceId);
}

/** What a statement has seen. */
export function noteBound(workspaceId: string, isBound: boolean): void {
  if (isBound) bound.add(workspaceId);
  else bound.delete(workspaceId);
}

/** What differs between the two statements: parts of their SQL. */
export interface ToldParts {
  /** Without it the statement does nothing. */
  onlyIf: string;
  /** CTEs. */
  append(event: Parameters<typeof appendAndTell>[0]): string;
  /** An endpoint is told. */
  isTold: string;
  /** An endpoint is bound. */
  isBound: string;
}

const TYPE = `'message.created'`;

export const others: ToldParts = {
  onlyIf: 'true',
  append: appendAndTell,
  isTold: 'exists (select from told_endpoints)',
  isBound: 'exists (select from bound)',
};

// PostgreSQL makes ready all parts of a statement before it knows whether they run: to tell nobody was a seventh of
// what writing one message takes.
export const nobody: ToldParts = {
  onlyIf: isUnbound(TYPE),
  append: appendUntold,
  isTold: 'false',
  isBound: 'false',
};
