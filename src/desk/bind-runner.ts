// Has the runner of a workspace's automations told the events that some automation waits for, and no others.
import { automationType } from '../contract/automation-type.ts';
import { listAutomations, lockRunner } from '../store/automations.ts';
import { bindEndpoint } from '../store/endpoints.ts';
import { pullForward } from '../store/pull-forward.ts';
import type { Tx } from '../store/tx.ts';
import type { After } from './commit.ts';

/** In the transaction that changes automations. What is not waited for any more is dropped. */
export async function bindRunner(tx: Tx, after: After<Tx>, workspaceId: string): Promise<void> {
  const writing = after({ send: true, endpoint: null });
  const endpointId = await lockRunner(writing, workspaceId);
  const active = (await listAutomations(tx, workspaceId)).filter((one) => {
    return one.disabledReason === null;
  });
  const types = [...new Set(active.flatMap(({ events }) => events))];
  const bindings = types.map((eventType) => ({ eventType, type: automationType(eventType) }));
  const streamIds = await bindEndpoint(writing, { workspaceId, endpointId, bindings });
  await pullForward(writing, { workspaceId, endpointId, streamIds });
}
