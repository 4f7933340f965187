// The back office as its operator has dressed it, in a real browser under its own policy, and covered when asked to.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { mosquittoMissing, startMosquitto } from '../makers/start-mosquitto.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser } from './launch-browser.ts';
import { openPage } from './open-browser.ts';
import { shareBrowser } from './share-office.ts';

const ADMIN = { email: 'ana@example.com', password: 'a good long password' };
const admin = { USHER_ADMIN_EMAIL: ADMIN.email, USHER_ADMIN_PASSWORD: ADMIN.password };
const browser = shareBrowser();

/** A company's own pictures, on another origin; what was asked for. */
async function servePictures() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'image/svg+xml' });
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect/></svg>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test.skipIf(!hasBrowser)(
  'title, icon, language and the agents’ picture are the operator’s',
  async () => {
    const pictures = await servePictures();
    const usher = await startTestUsher({
      ...admin,
      MAIN_PAGE_TITLE: 'Toko <b>Sari</b>',
      LOGIN_PAGE_TITLE: 'Entre na Toko Sari',
      FAV_ICON_URL: `${pictures.url}/icon.svg?a=1&b=2`,
      DEFAULT_ATTENDANT_AVATAR_URL: `${pictures.url}/agent.svg`,
      FORCE_i18n_LANGUAGE: 'ptBR',
    });
    const { page, complaints } = await openPage(browser(), usher.url, { locale: 'ko-KR' });
    await page.getByLabel('Senha').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
    await eventually(
      () => page.title(),
      (title) => title === 'Entre na Toko Sari',
    );
    expect(await page.getByText('Entre na Toko Sari').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'English' }).count()).toBe(0);
    const icon = await page.locator('link[rel="icon"]').getAttribute('href');
    expect(icon).toBe(`${pictures.url}/icon.svg?a=1&b=2`);
    await page.locator('input').first().fill(ADMIN.email);
    await page.getByLabel('Senha').fill(ADMIN.password);
    await page.locator('button[type="submit"]').click();
    await eventually(
      () => page.title(),
      (title) => title === 'Toko <b>Sari</b>',
    );
    // By Usher's own address: no browser calls where a picture comes from.
    const face = page.locator(`img[src*="${encodeURIComponent(`${pictures.url}/agent.svg`)}"]`);
    await face.first().waitFor();
    const width = () => face.first().evaluate((img) => (img as HTMLImageElement).naturalWidth);
    await eventually(width, (drawn) => drawn > 0);
    expect(pictures.asked).toContain('/agent.svg');
    expect(complaints.filter((one) => /Content Security Policy|Refused to/.test(one))).toEqual([]);
  },
  60_000,
);

test.skipIf(!hasBrowser || mosquittoMissing !== null)(
  `the screen is covered while the company’s own system does not see the agent ${mosquittoMissing ?? ''}`,
  async () => {
    const broker = await startMosquitto();
    const sensor = await mqtt.connectAsync(broker.tcpUrl, { protocolVersion: 4 });
    onTestFinished(() => sensor.endAsync(true));
    const usher = await startTestUsher({
      ...admin,
      ATTENDANT_PRESENCE_MQTT_BROKER_HOST: broker.tcpUrl,
      ATTENDANT_PRESENCE_TOPIC: 'floor/#',
      ATTENDANT_PRESENCE_KEEP_ALIVE_TIME: '2000',
    });
    const { page } = await openPage(browser(), usher.url);
    await page.locator('input').first().fill(ADMIN.email);
    await page.getByLabel('Password').fill(ADMIN.password);
    await page.locator('button[type="submit"]').click();
    await page.getByRole('navigation').first().waitFor();
    const { items } = (await usher.call('GET', '/api/v1/agents')).body as {
      items: { id: string; email: string | null }[];
    };
    const agent = items.find(({ email }) => email === ADMIN.email);
    const seen = JSON.stringify({ user: ADMIN.email });
    // Nobody comes who is not seen, and two seconds later she is not any more.
    const come = async () => {
      await sensor.publishAsync('floor/desk', seen, { qos: 1 });
      const body = { availability: 'online' };
      return (await usher.call('PATCH', `/api/v1/agents/${agent?.id}`, { body })).status;
    };
    await eventually(come, (status) => status === 200);
    // Only what the page itself names comes, and its words: an office without its later parts covers all the same.
    const asPage = { headers: { accept: 'text/html' } };
    const named = await (await page.request.get(usher.url, asPage)).text();
    await page.route('**/assets/*.js', (route) => {
      const name = route.request().url().replace(/^.*\//, '');
      return named.includes(name) || name.startsWith('en-') ? route.continue() : route.abort();
    });
    await page.goto(new URL('/inbox/mine', usher.url).href);
    const cover = page.getByRole('dialog', { name: 'You are not seen at work' });
    await cover.waitFor({ timeout: 40_000 });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await cover.isVisible()).toBe(true);
    // As a sensor does, again and again: by one word she is seen for two seconds only.
    const see = () => void sensor.publishAsync('floor/desk', seen, { qos: 1 }).catch(() => {});
    const seeing = setInterval(see, 300);
    onTestFinished(() => clearInterval(seeing));
    await cover.waitFor({ state: 'detached', timeout: 20_000 });
  },
  90_000,
);
