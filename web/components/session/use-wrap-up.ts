// What the signed-in person wraps up, for how long still, and the end of it.
import { serverNow } from '../../../browser/server-clock.ts';
import { ask, client } from '../../api/client.ts';
import type { Agent } from '../../api/shapes.ts';
import { useSave } from '../answers/use-save.ts';

/** Until when the last of it keeps its place; null: nothing is wrapped up. */
export function wrapsUpUntil(agent: Agent | undefined, now = serverNow()): number | null {
  const ends = (agent?.wrapUps ?? []).map(({ until }) => Date.parse(until));
  const last = Math.max(0, ...ends);
  return last > now ? last : null;
}

export function useWrapUpDone(agentId: string): () => void {
  const save = useSave({
    send: (_: undefined) =>
      ask(
        client.POST('/api/v1/agents/{id}/wrap-up/done', {
          params: { path: { id: agentId } },
          body: {},
        }),
      ),
    touches: ['agents', 'queue'],
  });
  return () => save.mutate(undefined);
}
