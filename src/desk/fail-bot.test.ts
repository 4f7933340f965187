// A bot that is told nothing any more is given nothing, whatever still comes of what was sent before.
import { expect, test } from 'vitest';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { getAgent } from '../store/agents.ts';
import { createBot, updateBot } from './change-bot.ts';
import { reviveBot } from './fail-bot.ts';

test('an answer to what was sent before its webhook was removed brings no bot back', async () => {
  const { desk, workspaceId } = await makeDesk();
  const webhook = { url: 'https://bot.example/events', secret: 'a secret of the bot' };
  const made = { name: 'Botty', actor: 'test', webhook };
  const { agentId } = await createBot(desk, workspaceId, made);
  const key = { workspaceId, agentId };
  const availability = async () => (await getAgent(desk.db, key))?.availability;
  expect(await availability()).toBe('online');
  await updateBot(desk, { ...key, actor: 'test', isOneself: false }, { webhook: null });
  await reviveBot(desk, key);
  expect(await availability()).toBe('offline');
});
