// The line that puts the chat on a page, as it is printed, on pages with the policy that is printed beside it.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { writeSnippet } from '../../web/components/channels/write-snippet.ts';
import { settingsEn } from '../../web/i18n/settings-en.ts';
import { settingsId } from '../../web/i18n/settings-id.ts';
import { settingsKo } from '../../web/i18n/settings-ko.ts';
import { settingsPtBr } from '../../web/i18n/settings-pt-br.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser } from './launch-browser.ts';
import { openPage } from './open-browser.ts';
import { servePage } from './serve-host.ts';
import { shareBrowser } from './share-office.ts';
import { openChat, writeInChat } from './write-in-chat.ts';

const ORIGIN = 'https://usher.example.com';
const CHANNEL = '0b1f6c1e-9a9f-4f0e-8a64-0e5d8a3f2a11';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The first block that has the words. */
function findBlock(text: string, words: string): string {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, inside = '']) => inside);
  const found = blocks.find((inside) => inside.includes(words));
  if (found === undefined) throw new Error(`There is no block with ${words}.`);
  return found.trim();
}

const printed = {
  'the guide': async () => findBlock(await read('docs/guides/widget.md'), 'widget.js'),
  'the back office': async () => writeSnippet(ORIGIN, CHANNEL),
};

async function readPolicy(): Promise<string> {
  const block = findBlock(await read('docs/guides/widget.md'), 'Content-Security-Policy:');
  return block.replace('Content-Security-Policy: ', '');
}

async function findChannel(usher: TestUsher): Promise<string> {
  const { body } = await usher.call('GET', '/api/v1/channels');
  const { items } = body as { items: { id: string; kind: string }[] };
  return items.find(({ kind }) => kind === 'webchat')?.id ?? '';
}

describe.skipIf(!hasBrowser)('the line to paste', () => {
  const browser = shareBrowser();

  const pageWith = (head: string, body = '') =>
    `<!doctype html><html lang="en"><head><title>A shop</title>${head}</head><body><h1>A shop</h1>${body}</body></html>`;

  test.each(Object.entries(printed))(
    'of %s is a chat under the policy of the guide',
    async (_, readLine) => {
      const line = await readLine();
      const usher = await startTestUsher();
      const channelId = await findChannel(usher);
      const fill = (text: string) =>
        text.replaceAll(ORIGIN, usher.url).replaceAll(CHANNEL, channelId);
      const url = await servePage(pageWith(fill(line)), {
        'content-security-policy': fill(await readPolicy()),
      });
      const { page, complaints } = await openPage(browser(), url);
      await openChat(page);
      await writeInChat(page, 'Hello');
      expect(await usher.conversations()).toHaveLength(1);
      expect(complaints).toEqual([]);
      expect(line.split('\n')).toHaveLength(1);
    },
  );

  test('of the back office is the guide’s, and goes where guide and every language say', async () => {
    expect(await printed['the back office']()).toBe(await printed['the guide']());
    const places = [
      await read('docs/guides/widget.md'),
      ...[settingsEn, settingsId, settingsKo, settingsPtBr].map(
        (words) => words['widget.snippetText'],
      ),
    ];
    for (const place of places) {
      expect(place).toContain('</head>');
      expect(place).not.toContain('</body>');
    }
  });

  test('may carry options, and gives way to a boot that the page calls', async () => {
    const usher = await startTestUsher();
    const tag = (more: string) =>
      `<script async src="${usher.url}/widget.js" data-boot data-position="left" data-title="Our shop" ${more}></script>`;
    const { page } = await openPage(browser(), await servePage(pageWith(tag(''))));
    const frame = await openChat(page);
    await frame.getByRole('heading', { name: 'Our shop' }).waitFor();
    expect((await page.locator('.launcher').boundingBox())?.x).toBeLessThan(30);
    const queue = `<script>window.Usher=window.Usher||function(){(Usher.q=Usher.q||[]).push(arguments)};Usher('boot',{title:'Called'})</script>`;
    const { page: calling } = await openPage(browser(), await servePage(pageWith(queue + tag(''))));
    const called = await openChat(calling);
    await called.getByRole('heading', { name: 'Called' }).waitFor();
    expect(await calling.locator('.launcher').count()).toBe(1);
  });

  test('works beside an element that is called Usher', async () => {
    const usher = await startTestUsher();
    const line = writeSnippet(usher.url, await findChannel(usher));
    const url = await servePage(pageWith(line, '<div id="Usher"></div>'));
    const { page } = await openPage(browser(), url);
    await openChat(page);
    await writeInChat(page, 'Hello');
  });
});
