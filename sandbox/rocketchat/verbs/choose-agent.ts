// Who gets a room, as `Livechat_Routing_Method` says; the paid methods do not exist here.
import { coded } from '../refusal.ts';
import type { ChosenAgent } from '../state.ts';
import type { World } from '../world.ts';
import { askExternalQueue } from './ask-external-queue.ts';
import { chooseByCounter } from './online-agents.ts';

/** Whether the method gives rooms to agents by itself. */
export function assignsByItself({ settings }: World): boolean {
  const method = settings.Livechat_Routing_Method;
  if (method === 'Auto_Selection' || method === 'External') return true;
  if (method === 'Manual_Selection') return false;
  throw coded('error-routing-method-not-available');
}

export async function chooseAgent(
  world: World,
  wanted: { department?: string | undefined; ignoreAgentId?: string },
): Promise<ChosenAgent | null> {
  switch (world.settings.Livechat_Routing_Method) {
    case 'Auto_Selection':
      return chooseByCounter(world, wanted);
    case 'External':
      return await askExternalQueue(world, wanted);
    case 'Manual_Selection':
      return null;
    default:
      throw coded('error-routing-method-not-available');
  }
}
