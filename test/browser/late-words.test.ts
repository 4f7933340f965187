// The words of a language that come late, or not at all: nobody sees an empty page.
import { expect, test } from 'vitest';
import { signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { serveHost } from './serve-host.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { openChat } from './write-in-chat.ts';

const limit = { timeout: 90_000 };
const shared = shareOffice(() => startTestOffice());
const inBrowser = test.skipIf(!hasBrowser);

inBrowser(
  'the back office speaks English while the words of another language do not come, and that language once they do',
  limit,
  async () => {
    const page = await shared.open(null, { language: 'id' });
    await signIn(page, shared.office());
    await page.route('**/assets/id-*.js', (route) => route.abort());
    await page.goto(shared.at('/inbox/all'));
    await page.getByText('All open').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.unroute('**/assets/id-*.js');
    await page.getByText('Semua terbuka').first().waitFor({ timeout: 20_000 });
    expect(await page.locator('html').getAttribute('lang')).toBe('id');
  },
);

inBrowser(
  'a page whose words are fetched with it says them, and in another language once that is chosen',
  limit,
  async () => {
    const page = await shared.open(null, { language: 'en' });
    await signIn(page, shared.office());
    const early: string[] = [];
    page.on('request', (request) => early.push(request.url()));
    await page.goto(shared.at('/inbox/all'));
    await page.getByText('All open').first().waitFor();
    expect(early.filter((url) => url.includes('/assets/routing-'))).toEqual([]);
    await page.goto(shared.at('/profile'));
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Routing' }).click();
    const hint = page.getByText('The first rule that matches');
    await hint.waitFor();
    // Nothing is loaded anew on the way back, nor forward again.
    await page.evaluate(() => Object.assign(window, { stays: true }));
    while (!page.url().endsWith('/profile')) await page.goBack();
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Bahasa Indonesia' }).click();
    await page.locator('html[lang="id"]').waitFor();
    while (!page.url().endsWith('/routing/rules')) await page.goForward();
    await page.getByText('Aturan pertama yang cocok').waitFor();
    expect(await page.evaluate(() => 'stays' in window)).toBe(true);
  },
);

inBrowser(
  'where no words come at all the back office says so, and its button tries again',
  limit,
  async () => {
    const page = await shared.open(null, { language: 'pt-BR' });
    await signIn(page, shared.office());
    const words = /\/assets\/(en|pt-br)-[^/]*\.js$/;
    await page.route(words, (route) => route.abort());
    await page.goto(shared.at('/inbox/all'));
    await page.getByRole('alert').getByText('Não foi possível carregar o Usher').waitFor();
    await page.unroute(words);
    await page.getByRole('button', { name: 'Tentar de novo' }).click();
    await page.getByRole('navigation').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
  },
);

inBrowser(
  'the chat speaks English while the words of another language do not come, and that language once they do',
  limit,
  async () => {
    const page = await shared.open(null, { language: 'id' });
    const words = '**/widget/**/id-*.js';
    let refused = 0;
    await page.route(words, (route) => {
      refused += 1;
      return route.abort();
    });
    await page.goto(await serveHost(shared.office().url));
    const frame = await openChat(page);
    await frame.getByRole('textbox', { name: 'Your message' }).waitFor();
    expect(refused).toBeGreaterThan(0);
    await page.unroute(words);
    await frame.getByRole('textbox', { name: 'Pesan Anda' }).waitFor({ timeout: 20_000 });
  },
);

inBrowser(
  'a chat whose English does not come either shows nothing empty, and speaks once it does',
  limit,
  async () => {
    const page = await shared.open(null, { language: 'en' });
    const words = '**/widget/**/en-*.js';
    let refused = 0;
    await page.route(words, (route) => {
      refused += 1;
      return route.abort();
    });
    await page.goto(await serveHost(shared.office().url));
    await expect.poll(() => refused).toBeGreaterThan(1);
    expect(await page.frameLocator('iframe').getByRole('button').count()).toBe(0);
    await page.unroute(words);
    const frame = await openChat(page);
    await frame.getByRole('textbox', { name: 'Your message' }).waitFor({ timeout: 20_000 });
  },
);
