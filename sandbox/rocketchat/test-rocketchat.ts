// An emulated Rocket.Chat for a test, with callers, that ends with it.
import { onTestFinished } from 'vitest';
import { type RocketChat, type RocketChatOptions, startRocketChat } from './start-rocketchat.ts';
import type { Room } from './state.ts';
import { type Caller, makeCaller } from './test-caller.ts';

export interface TestRocketChat extends RocketChat {
  asVisitor: Caller;
  asBot: Caller;
  asAdmin: Caller;
  /** Registers a visitor and opens its room. */
  open(token: string, visitor?: Record<string, unknown>): Promise<Room>;
}

/** Without the limiter, and with an agent `ana`, unless told otherwise. */
export async function startTestRocketChat({
  agents = ['ana'],
  ...options
}: RocketChatOptions & { agents?: string[] } = {}): Promise<TestRocketChat> {
  const settings = { API_Enable_Rate_Limiter: false, ...options.settings };
  const rocketchat = await startRocketChat({ ...options, settings });
  onTestFinished(() => rocketchat.stop());
  for (const username of agents) rocketchat.addAgent({ username });
  const { url, admin, bot } = rocketchat;
  const asVisitor = makeCaller(url);
  return {
    ...rocketchat,
    ...{ asVisitor, asBot: makeCaller(url, bot), asAdmin: makeCaller(url, admin) },
    async open(token, visitor = {}) {
      const registered = await asVisitor.post('livechat/visitor', {
        visitor: { token, ...visitor },
      });
      if (registered.status !== 200) throw new Error(JSON.stringify(registered.json));
      const opened = await asVisitor.get('livechat/room', { token });
      if (opened.status !== 200) throw new Error(JSON.stringify(opened.json));
      return opened.json.room;
    },
  };
}
