// A supervisor sees that the load is uneven, looks at the moves, makes them and takes them back, by keyboard and on a phone.
import { expect, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { shoot } from './shoot.ts';
import type { Office } from './start-office.ts';

const shared = shareOffice(startTestOffice);
const limit = { timeout: 240_000 };
const inBrowser = test.skipIf(!hasBrowser);

const come = ({ call }: Office, name: string, capacity = 8) =>
  call<{ id: string }>('POST', '/api/v1/agents', { name, capacity, availability: 'online' });

/** Dewi holds eight, and two have come since. */
async function makeUneven(office: Office) {
  const { call } = office;
  const channel = await call<{ id: string }>('POST', '/api/v1/channels', {
    ...{ kind: 'api', name: 'Shop' },
  });
  const dewi = await come(office, 'Dewi');
  const ids: string[] = [];
  for (const [nth, name] of [
    'Sari',
    'Tono',
    'Umi',
    'Vera',
    'Wati',
    'Yani',
    'Zaki',
    'Agus',
  ].entries()) {
    const opened = await call<{ id: string }>(
      'POST',
      `/api/v1/channels/${channel.id}/conversations`,
      {
        ...{ externalId: `shop-${nth}`, contact: { externalId: `c${nth}`, name } },
      },
    );
    ids.push(opened.id);
  }
  const held = async () =>
    (
      await call<{ items: { agentId: string | null }[] }>(
        'GET',
        '/api/v1/conversations?state=assigned',
      )
    ).items.filter(({ agentId }) => agentId === dewi.id).length;
  await expect.poll(held, { timeout: 20_000 }).toBe(8);
  const [eko, fitri] = [await come(office, 'Eko'), await come(office, 'Fitri')];
  return { dewi, eko, fitri, ids, held };
}

inBrowser(
  'Live proposes it; the moves are shown with reasons, made, and taken back, by keyboard alone',
  limit,
  async () => {
    const office = shared.office();
    const { held, ids } = await makeUneven(office);
    const page = await shared.open(null);
    await signIn(page, office);
    await page.goto(shared.at('/live'));
    const proposal = page.getByRole('region', { name: 'Re-balance' });
    await proposal.getByText('The load is uneven: from 0% to 100%.').waitFor();
    await settle(page);
    await shoot(page, 'live');
    await expectAccessible(page);
    await proposal.getByRole('link', { name: 'Show the moves' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Re-balance' }).waitFor();
    const moves = page.getByRole('table', { name: 'Moves' });
    await moves.getByText('Sari').waitFor();
    await moves
      .getByText(/has it instead of Dewi, to even out the load/)
      .first()
      .waitFor();
    await settle(page);
    await shoot(page, 'plan');
    await expectAccessible(page);
    // Somebody answers in between: nothing moves, and a new plan is shown.
    await office
      .call('POST', `/api/v1/conversations/${ids[0]}/messages`, { text: 'Hello' })
      .catch(() => {});
    await office.call('POST', `/api/v1/conversations/${ids[1]}/close`, { reason: 'solved' });
    await page.getByRole('button', { name: /^Move \d/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Something has changed since this plan was made').waitFor();
    expect(await held()).toBe(7);
    await moves.getByText('Tono').waitFor({ state: 'detached' });
    await shoot(page, 'changed');
    const apply = page.getByRole('button', { name: /^Move \d/ });
    await expect.poll(() => apply.isEnabled()).toBe(true);
    await apply.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Moved \d\. The highest share is/).waitFor();
    await page.getByText('Everybody’s share is even').waitFor();
    expect(await held()).toBeLessThan(4);
    await settle(page);
    await shoot(page, 'done');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Back with the agents before: \d\./).waitFor();
    await expect.poll(held).toBe(7);
    await moves.waitFor();
    await page.context().close();
  },
);

inBrowser(
  'on a phone in the dark, and where it cannot be loaded; the reports show fairness',
  limit,
  async () => {
    const office = shared.office();
    const page = await shared.open(null, { width: 390, scheme: 'dark' });
    await signIn(page, office);
    await page.goto(shared.at('/live/balance'));
    await page.getByRole('table', { name: 'Load of each agent' }).waitFor();
    await settle(page);
    await shoot(page, 'phone');
    await expectAccessible(page);
    const wide = 'document.documentElement.scrollWidth > innerWidth';
    expect(await page.evaluate(wide)).toBe(false);
    await page.goto(shared.at('/reports?section=fairness'));
    const fairness = page.getByRole('region', { name: 'Fairness' });
    await fairness.getByText('Load, Jain’s index').first().waitFor();
    await fairness.scrollIntoViewIfNeeded();
    await settle(page);
    await shoot(page, 'fairness-phone');
    await page.route('**/api/v1/balance*', (route) => route.fulfill({ status: 503, body: '{}' }));
    await page.goto(shared.at('/live/balance'));
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await shoot(page, 'failing');
    await page.context().close();
    const desktop = await shared.open(null);
    await signIn(desktop, office);
    await desktop.goto(shared.at('/reports?section=fairness'));
    const region = desktop.getByRole('region', { name: 'Fairness' });
    await region.getByText('Agents online').first().waitFor();
    await region.scrollIntoViewIfNeeded();
    await settle(desktop);
    await shoot(desktop, 'fairness');
    await expectAccessible(desktop);
    await desktop.context().close();
  },
);
