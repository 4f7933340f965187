// Somebody says nothing any more in a conversation that an agent holds: when the plan ends it or gives it back, and what follows.
import { UNANSWERED } from '../routing/exclusions.ts';
import type { Centre, Served } from './centre.ts';
import type { Silenced } from './foresee-silence.ts';
import { finishService } from './give.ts';
import { returnToLine } from './return-to-line.ts';
import { dropService } from './serve.ts';

/** Void where the service has ended before. */
export function followSilenced(
  centre: Centre,
  {
    agent,
    served,
    step,
  }: {
    agent: number;
    served: Served;
    step: Silenced['step'];
  },
): void {
  if (served.isOver) return;
  dropService(centre, agent, served);
  if (step === 'end') finishService(centre, agent, served);
  else giveBack(centre, agent, served);
}

/** For somebody else, as the desk does: this agent is kept from it for a while and asked last after that. To the customer the wait goes on. */
function giveBack(centre: Centre, agent: number, served: Served): void {
  const { nth, source } = served.customer;
  centre.work.leave(agent, { what: 'returned', isCounted: nth >= source.uncounted });
  centre.unanswered -= 1;
  returnToLine(centre, agent, { served, cause: UNANSWERED });
}
