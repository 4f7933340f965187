// The lines of a story: what a client did, what the record says.
import type { KeptAssignment, KeptEvent, Operation } from '../record.ts';

const secondsOf = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;
const short = (id: unknown): string => String(id).slice(-12);

export function tellOperation(op: Operation): string {
  const until = op.returnedAt === null ? 'never answered' : secondsOf(op.returnedAt);
  const who = op.agentId === null ? '' : ` (agent ${short(op.agentId)})`;
  return `${secondsOf(op.invokedAt)} – ${until}: ${op.verb}${who} ${op.id}: ${tellAnswer(op)}`;
}

function tellAnswer({ answer, code, seen }: Operation): string {
  if (answer === 'refused') return `refused, ${code}`;
  if (seen === null) return answer;
  const asked = seen.isOffered ? ', who is asked' : '';
  return seen.agentId === null ? seen.state : `${seen.state} to ${short(seen.agentId)}${asked}`;
}

/** What says who and which, of all that an event carries. */
const TOLD = ['agentId', 'assignmentId', 'by', 'reason', 'note', 'toAgentId'];

export function tellEvent({ seq, type, data }: KeptEvent): string {
  const said = TOLD.filter((name) => (data[name] ?? null) !== null);
  const words = said.map((name) => `${name} ${short(data[name])}`);
  return [`${seq}. ${type}`, ...words].join(', ');
}

export function tellAssignment({ conversationId, agentId, from, to }: KeptAssignment): string {
  const until = to === null ? 'until now' : `until ${new Date(to).toISOString()}`;
  return `conversation ${short(conversationId)} with agent ${short(agentId)} from ${new Date(from).toISOString()} ${until}`;
}
