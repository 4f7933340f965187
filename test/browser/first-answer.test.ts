// From a server that nobody has signed in to, to the first answered message of a web chat: what a newcomer clicks and types, and how long that takes.
import { expect, test } from 'vitest';
import { sitDown } from './human-model.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const shared = shareOffice(() => startTestOffice({ admin: false }));
const inBrowser = test.skipIf(!hasBrowser);
const MOST_SECONDS = 90;

inBrowser(
  `a newcomer has answered the first message of a web chat after ${MOST_SECONDS} seconds of clicks and keys at most`,
  { timeout: 120_000 },
  async () => {
    const page = await shared.open('/');
    const human = sitDown(page);
    const begun = performance.now();
    await page.getByRole('button', { name: 'Create the first admin' }).waitFor();
    // The field of the code has the focus.
    await human.type(shared.office().firstRunCode ?? '', 'copies the code letter by letter');
    await human.press('Tab', 'goes on');
    await human.type('Ana Lim', 'says who they are');
    await human.press('Tab', 'goes on');
    await human.type('ana@example.com', 'gives an address');
    await human.press('Tab', 'goes on');
    await human.type('seven green kettles', 'makes up a password');
    await human.press('Enter', 'begins');

    await human.click(page.getByRole('link', { name: 'Try it now' }), 'tries the chat');
    const tried = page.frameLocator('iframe[title="A page with the chat"]');
    await human.click(tried.locator('.launcher[data-online]'), 'opens it, as a visitor');
    const chat = tried.frameLocator('iframe');
    await human.click(chat.getByRole('textbox', { name: 'Your message' }), 'wants to write');
    await human.type('Hello, is anybody there?', 'writes as a visitor');
    await human.press('Enter', 'sends it');

    const arrived = page.getByRole('region', { name: 'What arrived' });
    await human.click(
      arrived.getByRole('link', { name: /is anybody there/ }),
      'opens what arrived',
    );
    const take = page.getByRole('button', { name: 'Take', exact: true });
    const reply = page.getByRole('textbox', { name: 'Reply', exact: true });
    await take.or(reply).first().waitFor();
    if (await take.isVisible()) await human.click(take, 'takes it');
    await human.click(reply, 'wants to answer');
    await human.type('Yes, here I am. How can I help?', 'answers');
    await human.press('Enter', 'sends it');
    await page.getByRole('log').getByText('Yes, here I am.').waitFor();
    const machine = (performance.now() - begun) / 1000;

    const { items } = await shared
      .office()
      .call<{ items: { id: string; channelKind: string }[] }>('GET', '/api/v1/conversations');
    expect(items).toMatchObject([{ channelKind: 'webchat' }]);
    const said = async () =>
      (
        await shared
          .office()
          .call<{ items: { authorKind: string }[] }>(
            'GET',
            `/api/v1/conversations/${items[0]?.id}/messages`,
          )
      ).items.map(({ authorKind }) => authorKind);
    await expect.poll(said).toEqual(['contact', 'agent']);
    process.stdout.write(
      `First run to first answer, by the keystroke-level model:\n${human.report()}\n  (driven in ${machine.toFixed(1)} s)\n`,
    );
    expect(human.seconds(), human.report()).toBeLessThanOrEqual(MOST_SECONDS);
  },
);
