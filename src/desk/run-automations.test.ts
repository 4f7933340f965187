// What keeps an automation from acting twice: on one delivery, and on what it did itself.
import { expect, test } from 'vitest';
import { openShop } from '../../test/makers/automate.ts';
import { eventually, startTestUsher } from '../../test/makers/start-test-usher.ts';
import { DEFAULT_WORKSPACE } from './prepare-workspace.ts';
import { runAutomations, type Told } from './run-automations.ts';

const note = [{ do: 'note', text: 'Seen.' }];

test('a delivery that is carried again, as after a kill, starts nothing again', async () => {
  const usher = await startTestUsher();
  const shop = await openShop(usher.call);
  const { id } = await shop.automate({ name: 'A', on: ['conversation.opened'], actions: note });
  const conversationId = await shop.open();
  await shop.ran(id, 1);
  const { rows } = await usher.database.pool.query<Told>(
    `select delivery_id as "deliveryId", (payload ->> 'seq')::integer as seq from delivery where type = 'automation:conversation.opened'`,
  );
  const at = new Date(usher.clock.now());
  const event = 'conversation.opened';
  const told = { workspaceId: DEFAULT_WORKSPACE, conversationId, event, at, message: null };
  for (let nth = 0; nth < 3; nth += 1) {
    await runAutomations(usher.desk, { ...(rows[0] as Told), ...told });
  }
  expect(await shop.runs(id)).toHaveLength(1);
  const { items } = await shop.send('GET', `conversations/${conversationId}/messages`);
  expect(items).toHaveLength(1);
});

test('an automation passes over what it did itself, and acts on the same by others', async () => {
  const usher = await startTestUsher();
  const shop = await openShop(usher.call);
  const { id } = await shop.automate({ name: 'A', on: ['message.created'], actions: note });
  const conversation = await shop.open();
  await shop.send('POST', `conversations/${conversation}/notes`, { text: 'By hand.' });
  await shop.ran(id, 1);
  await eventually(
    () => usher.database.pool.query(`select from delivery where state = 'pending'`),
    ({ rowCount }) => rowCount === 0,
  );
  const texts = async () =>
    (
      (await shop.send('GET', `conversations/${conversation}/messages`)).items as { text: string }[]
    ).map(({ text }) => text);
  expect(await texts()).toEqual(['By hand.', 'Seen.']);
  await shop.send('POST', `conversations/${conversation}/notes`, { text: 'Again.' });
  await shop.ran(id, 2);
  expect(await texts()).toEqual(['By hand.', 'Seen.', 'Again.', 'Seen.']);
  expect((await shop.runs(id)).map(({ depth }) => depth)).toEqual([1, 1]);
});
