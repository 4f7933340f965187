// Silence on the screens: supervisors see whose customer waits too long, agents see what will happen, and the plan's form says it.
import { expect, test } from 'vitest';
import { openRouting, putInForce } from './draw-routing.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);
const THEN = 'then';

/** Ana is the admin; Budi answers by a token alone, and forgets Eka. */
const shared = shareOffice(async () => {
  const started = await startTestOffice();
  const { call } = started;
  const make = async (path: string, body: object) =>
    (await call<{ id: string }>('POST', `/api/v1/${path}`, body)).id;
  const { policy } = await call<{ policy: object }>('GET', '/api/v1/policy');
  await call('PUT', '/api/v1/policy', {
    ...policy,
    rules: [{ name: 'Everybody', [THEN]: { plan: 'Watched' } }],
    plans: [
      { name: 'Watched', steps: [{ after: 0 }], silence: { agent: 5, contact: { close: 3600 } } },
    ],
  });
  const channel = await make('channels', { kind: 'api', name: 'Shop' });
  await make('agents', { name: 'Budi', availability: 'online', capacity: 5 });
  const contact = { externalId: 'eka', name: 'Eka Putri' };
  await make(`channels/${channel}/conversations`, { externalId: 'case-1', contact });
  await started.pool.query(`update policy set created_at = created_at - interval '1 minute'`);
  return started;
});

inBrowser.each([
  [1280, 'light'],
  [390, 'dark'],
] as const)(
  'Live lists whose agent does not answer, at %i pixels',
  limit,
  async (width, scheme) => {
    // Given back after ten seconds, and to Budi again half a minute later.
    const page = await shared.openAsAdmin('/live', { width, scheme });
    const list = page.getByRole('list', { name: 'Without an answer for too long' });
    await list.getByText('Eka Putri').waitFor({ timeout: 60_000 });
    await list.getByText('Budi').waitFor();
    await list.getByText(/No answer from the agent for .* back to the queue at/).waitFor();
    await expectAccessible(page);
  },
);

inBrowser('the conversation tells what was done and why', limit, async () => {
  const { call } = shared.office();
  const { items } = await call<{ items: { id: string }[] }>('GET', '/api/v1/conversations');
  const page = await shared.openAsAdmin(`/inbox/all/${items[0]?.id}`);
  await page
    .getByText('Budi has not answered for too long; supervisors were told')
    .first()
    .waitFor();
  await page
    .getByText('Budi did not answer; it went back to the queue')
    .first()
    .waitFor({ timeout: 60_000 });
  await expectAccessible(page);
});

inBrowser(
  'the form of a plan sets silence, and says what is wrong at its field',
  limit,
  async () => {
    const page = await openRouting(shared, 'plans');
    await page.getByRole('button', { name: 'New plan' }).click();
    await page.getByRole('menuitem', { name: /Nobody is forgotten/ }).click();
    const close = page.getByRole('textbox', { name: 'It ends after', exact: true });
    await close.fill('5');
    await close.press('Tab');
    await page
      .getByText(
        'It would end no later than the contact is reminded. Let it end later, or remind earlier.',
      )
      .first()
      .waitFor();
    await close.fill('30');
    await close.press('Tab');
    await page.getByText('A contact who does not write is reminded after 10 min').waitFor();
    await expectAccessible(page);
    await putInForce(page);
    const { policy } = await shared
      .office()
      .call<{ policy: { plans: object[] } }>('GET', '/api/v1/policy');
    expect(policy.plans.at(-1)).toMatchObject({
      silence: { agent: 300, contact: { remind: 600, close: 1800 } },
    });
  },
);
