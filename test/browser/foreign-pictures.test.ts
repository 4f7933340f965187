// The browser of an agent calls nobody whom a customer has named.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { connectVisitor } from '../makers/web-client.ts';
import { openPage, settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

describe.skipIf(!hasBrowser)('pictures of customers', () => {
  const shared = shareOffice(startTestOffice);

  test('are seen, though the agent’s browser calls us alone', async () => {
    const [browser, office] = [shared.browser(), shared.office()];
    const agents: string[] = [];
    const pixels = sharp({ create: { width: 64, height: 64, channels: 3, background: '#c33' } });
    const picture = await pixels.png().toBuffer();
    const elsewhere = createServer((request, response) => {
      agents.push(request.headers['user-agent'] ?? 'nobody');
      response.setHeader('content-type', 'image/png').end(picture);
    });
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
    onTestFinished(() => void elsewhere.close());
    const { port } = elsewhere.address() as AddressInfo;
    const call = async (method: string, path: string, { body }: { body?: unknown } = {}) => ({
      status: 200,
      body: await office.call(method, path, body),
      text: '',
    });
    const avatarURL = `http://127.0.0.1:${port}/me.png`;
    const visitor = await connectVisitor({ call }, { customer: { name: 'Budi', avatarURL } });
    await visitor.say(`${visitor.session.sessionTopic}/server/messages`, { content: 'hello' });
    await visitor.hears(`${visitor.session.sessionTopic}/messages`);
    const page = await openPage(browser);
    const called: string[] = [];
    page.on('request', (request) => called.push(new URL(request.url()).origin));
    await signIn(page, office);
    await page.goto(`${office.url}/inbox/waiting`);
    await settle(page);
    await page.getByText('hello').first().click();
    const face = page.locator('h1:has-text("Budi")');
    await face.waitFor();
    const widths = () =>
      page
        .locator('img[src^="/api/v1/pictures"]')
        .evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth));
    await eventually(widths, (all) => all.length > 1 && all.every((width) => width > 0));
    expect([...new Set(called)]).toEqual([office.url]);
    expect(agents).toEqual(['nobody']);
    await page.context().close();
  });
});
