// The gallery's pictures of a filled office: every address, and what people open there.
import type { Page } from 'playwright-core';
import { settle } from './browse-office.ts';
import { screens } from './every-screen.ts';

export interface Scene {
  name: string;
  /** `at`: the whole address of a path. */
  open(page: Page, at: (path: string) => string): Promise<void>;
}

const slug = (name: string) => name.replaceAll(' ', '-');

export const addresses: Scene[] = screens.map(({ name, path }) => ({
  name: slug(name),
  open: async (page, at) => void (await page.goto(at(path))),
}));

export const signInScene: Scene = {
  name: 'sign-in',
  open: async (page, at) => void (await page.goto(at('/sign-in'))),
};

/** A conversation that the admin has. */
const openOwn: Scene['open'] = (page, at) => openRow(page, at('/inbox/mine'), 'Dewi Lestari');

const dialogs = [
  ['close', 'e'],
  ['transfer', 'a'],
  ['help', '?'],
  ['commands', 'Control+k'],
] as const;

export const work: Scene[] = [
  {
    name: 'nothing-found',
    open: async (page, at) => void (await page.goto(at('/inbox/mine?q=nothing-says-this'))),
  },
  { name: 'conversation', open: openOwn },
  ...dialogs.map(([name, key]) => ({
    name,
    open: async (page: Page, at: (path: string) => string) => {
      await openOwn(page, at);
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
    },
  })),
  {
    name: 'customer',
    open: async (page, at) => {
      await openOwn(page, at);
      await page.keyboard.press('p');
    },
  },
  {
    name: 'why',
    open: async (page, at) => {
      await openRow(page, at('/inbox/waiting'), 'Helena Duarte');
      await page.keyboard.press('w');
      await page.getByRole('tabpanel').waitFor();
    },
  },
  {
    name: 'contact',
    open: async (page, at) => {
      await page.goto(at('/contacts'));
      await page.getByRole('link', { name: 'Dewi Lestari' }).click();
      await page.getByRole('heading', { name: 'Dewi Lestari', level: 1 }).waitFor();
    },
  },
  {
    name: 'lab-result',
    open: async (page, at) => {
      await page.goto(at('/lab'));
      await page.getByText('Example', { exact: true }).click();
      await page.getByRole('button', { name: 'Simulate', exact: true }).click();
      await page.getByRole('region', { name: 'Result', exact: true }).waitFor({ timeout: 60_000 });
      await page.evaluate(() => scrollTo(0, 0));
    },
  },
  {
    name: 'endpoint',
    open: async (page, at) => {
      await openFirst(page, at('/settings/integration'));
      await page.getByRole('table', { name: 'Delivery log' }).waitFor();
    },
  },
  {
    name: 'channel',
    open: async (page, at) => {
      await openFirst(page, at('/settings/channels'));
      await page.getByRole('region', { name: 'Live check' }).waitFor();
    },
  },
];

async function openRow(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('link').click();
  await page.getByRole('log').waitFor();
  await settle(page);
}

async function openFirst(page: Page, url: string): Promise<void> {
  await page.goto(url);
  // Exactly: the frame of the office has buttons that open other things.
  await page.getByRole('main').getByRole('button', { name: 'Open', exact: true }).first().click();
}

export const sceneNamed = (name: string): Scene => {
  const found = [signInScene, ...addresses, ...work].find((scene) => scene.name === name);
  if (found === undefined) throw new Error(`No scene is called ${name}.`);
  return found;
};
