// The client in a browser: bundled from the installed package, used by a page at Usher's own origin.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { installClient } from '../makers/install-client.ts';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';

const PROGRAM = `
import { makeUsher, readWebhook } from '@usher/client';

window.run = async ({ token, channelId, webhook }) => {
  const usher = makeUsher({ url: location.origin, token });
  const shop = usher.channel(channelId);
  const contact = { externalId: 'customer-4' };
  await shop.open({ externalId: 'case-17', contact });
  await shop.say({ conversation: 'case-17', text: 'From a page' });
  const said = [];
  for await (const { text } of shop.messages('case-17')) said.push(text);
  const { code } = await usher.get('/api/v1/agents').catch((error) => error);
  const { type } = await readWebhook(webhook);
  const changed = { ...webhook, body: webhook.body + ' ' };
  const { reason } = await readWebhook(changed).catch((error) => error);
  return { said, code, type, reason };
};
`;

// As docs/guides/receiving-events.md has it.
const webhook = {
  headers: {
    'webhook-id': 'trg_1',
    'webhook-timestamp': '1556528235',
    'webhook-signature': 'v1,jY89UlRI7JRubsdgeLPiSN/72lPa8VH+PC/MypPyET8=',
  },
  body: '{"triggerId":"trg_1","ctime":"2019-04-29T08:57:15.878Z","appCode":"app","type":"session_state_open"}',
  secret: 'topsecret',
  now: 1556528235,
};

async function bundle(folder: string): Promise<string> {
  const entry = join(folder, 'program.js');
  await writeFile(entry, PROGRAM);
  const built = await build({
    ...{ root: folder, configFile: false, logLevel: 'error' },
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'program' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('Nothing was bundled.');
  return output.output[0].code;
}

test.skipIf(!hasBrowser)(
  'a page opens, says, reads, is refused by code, and checks a webhook',
  async () => {
    const usher = await startTestUsher();
    const { id: channelId, token } = await makeApiChannel(usher);
    const code = await bundle(await installClient());
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const address = `${usher.url}/shop-page`;
    await page.route(address, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<script type="module">${code}</script>`,
      }),
    );
    await page.goto(address);
    const given = { token, channelId, webhook };
    const seen = await page.evaluate(
      (given) => (window as unknown as { run(given: object): Promise<unknown> }).run(given),
      given,
    );
    expect(seen).toEqual({
      said: ['From a page'],
      ...{ code: 'role.insufficient', type: 'session_state_open', reason: 'signature' },
    });
  },
);
