// Groups, tags and attributes of a customer are kept from the panel, and the proof of who it is stands there.
import { describe, expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { connectVisitor } from '../makers/web-client.ts';
import { openPage, settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

interface Kept {
  groups: string[];
  tags: string[];
  attributes: Record<string, unknown>;
}

describe.skipIf(!hasBrowser)('the customer’s panel', () => {
  const shared = shareOffice(startTestOffice);

  test('keeps groups, tags and attributes, and says that nobody has proved the name', async () => {
    const [browser, office] = [shared.browser(), shared.office()];
    const call = async (method: string, path: string, { body }: { body?: unknown } = {}) => ({
      ...{ status: 200, text: '' },
      body: await office.call(method, path, body),
    });
    const visitor = await connectVisitor({ call }, { customer: { id: 'vip', name: 'Budi' } });
    await visitor.say(`${visitor.session.sessionTopic}/server/messages`, { content: 'hello' });
    const heard = await visitor.hears(`${visitor.session.sessionTopic}/messages`);
    const { conversationId } = heard.sessionInfo;
    const { contact } = await office.call<{ contact: { id: string } }>(
      'GET',
      `/api/v1/conversations/${conversationId}`,
    );
    const page = await openPage(browser);
    await signIn(page, office);
    await page.goto(`${office.url}/inbox/all/${conversationId}`);
    await settle(page);
    const panel = page.getByRole('tabpanel');
    await panel.getByText('Not proved').waitFor();
    for (const [label, word] of [
      ['Groups', 'gold'],
      ['Customer tags', 'loud'],
    ] as const) {
      const field = panel.getByRole('textbox', { name: label }).or(panel.getByLabel(label)).first();
      await field.fill(word);
      await field.press('Enter');
    }
    await panel.getByLabel('Name', { exact: true }).fill('plan');
    await panel.getByLabel('Value', { exact: true }).fill('yearly');
    await panel.getByRole('button', { name: 'Add', exact: true }).click();
    const kept = () => office.call<Kept>('GET', `/api/v1/contacts/${contact.id}`);
    // Each is saved by a request of its own, and the last may be the first to arrive.
    await expect.poll(kept).toMatchObject({
      ...{ groups: ['gold'], tags: ['loud'] },
      attributes: { plan: 'yearly' },
    });
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'Remove plan' }).click();
    await eventually(kept, ({ attributes }) => attributes.plan === undefined);
    await page.context().close();
  });
});
