// Takes the gallery: the visitor's chat and every screen of the back office, on servers that it fills and in which time
// stands still. `npm run screens -- full 1920` takes a part of it: any of its parts and widths.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { signIn } from '../test/browser/browse-office.ts';
import { compared, fileOf, KEPT } from '../test/browser/compared.ts';
import { dressOffice } from '../test/browser/dress-office.ts';
import { fillOffice } from '../test/browser/fill-office.ts';
import { openBrowser } from '../test/browser/launch-browser.ts';
import { addresses, type Scene, sceneNamed, signInScene, work } from '../test/browser/scenes.ts';
import { type StillOffice, startStillOffice } from '../test/browser/still-office.ts';
import { openStillPage, takeInScheme, takePicture } from '../test/browser/still-page.ts';
import { noteScreens } from './screens-age.ts';
import { keepPicture, TAKEN } from './screens-keep.ts';
import { connectRocketChat, rocketChatScenes } from './screens-rocketchat.ts';
import { showWidget } from './screens-widget.ts';

const parts = ['widget', 'compared', 'full', 'empty', 'failing', 'rocketchat'] as const;
type Part = (typeof parts)[number];
const allWidths = [1280, 390, 1920];

const asked = process.argv.slice(2);
const wanted = parts.filter((part) => asked.includes(part));
const chosen: readonly Part[] = wanted.length === 0 ? parts : wanted;
const someWidths = allWidths.filter((width) => asked.includes(String(width)));
const widths = someWidths.length === 0 ? allWidths : someWidths;
const unknown = asked.filter(
  (one) => !(parts as readonly string[]).includes(one) && !allWidths.includes(Number(one)),
);
if (unknown.length > 0) {
  const known = [...parts, ...allWidths].join(', ');
  throw new Error(`There is no part ${unknown.join(', ')}. Say any of: ${known}.`);
}

const firstRun: Scene = {
  name: 'first-run',
  open: async (page, at) => void (await page.goto(at('/first-run'))),
};

/** What could not be taken; the others are taken all the same. */
const missed: string[] = [];
const began = Date.now();
const browser = await openBrowser();
try {
  if (asked.length === 0) await forgetOld();
  for (const part of chosen) {
    await takePart(part, browser);
    process.stdout.write(`${part}: taken after ${Math.round((Date.now() - began) / 1000)} s\n`);
  }
} finally {
  await browser.close();
}
if (missed.length > 0) {
  process.stderr.write(`Not taken:\n${missed.map((one) => `  ${one}\n`).join('')}`);
  process.exitCode = 1;
} else if (asked.length === 0) await noteScreens();

async function takePart(part: Part, on: Browser): Promise<void> {
  if (part === 'widget') return showWidget(on, widths);
  if (part === 'empty') {
    await withOffice({ admin: false }, (office) =>
      takeScenes(office, [firstRun], { beginning: 'empty-', signedIn: false }),
    );
    return withOffice({}, (office) =>
      takeScenes(office, addresses, { beginning: 'empty-', shown: ['welcome', 'inbox'] }),
    );
  }
  if (part === 'rocketchat') {
    return withOffice({}, async (office) => {
      const { channelId, stop } = await connectRocketChat(office);
      await takeScenes(office, rocketChatScenes(channelId));
      await stop();
    });
  }
  await withOffice({}, async (office) => {
    await fillOffice(office);
    await dressOffice(office);
    await office.arrive();
    if (part === 'compared') return takeCompared(office);
    if (part === 'failing') {
      return takeScenes(office, addresses, { beginning: 'failing-', fails: true, shown: [] });
    }
    await takeScenes(office, [signInScene], { signedIn: false });
    await takeScenes(office, [...addresses, ...work]);
  });
}

async function withOffice(
  options: Parameters<typeof startStillOffice>[0],
  show: (office: StillOffice) => Promise<void>,
): Promise<void> {
  const office = await startStillOffice(options);
  try {
    await show(office);
  } finally {
    await office.stop();
  }
}

interface Taking {
  beginning?: string;
  signedIn?: boolean;
  /** The server breaks at whatever it is asked, but for who one is. */
  fails?: boolean;
  /** Names that the documentation shows; left out: all. */
  shown?: readonly string[];
}

async function takeScenes(
  office: StillOffice,
  scenes: readonly Scene[],
  { beginning = '', signedIn = true, fails = false, shown }: Taking = {},
): Promise<void> {
  for (const width of widths) {
    const page = await openStillPage(browser, { width });
    if (signedIn) await signIn(page, office);
    if (fails) await breakServer(page);
    for (const scene of scenes) {
      const name = `${beginning}${scene.name}`;
      const isShown = shown?.includes(scene.name) ?? true;
      await attempt(`${name} at ${width} px`, async () => {
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
        await scene.open(page, (path) => new URL(path, office.url).href);
        const pictures = {
          light: await takePicture(page),
          dark: await takeInScheme(page, 'dark'),
        };
        for (const scheme of ['light', 'dark'] as const) {
          const kept = { folder: 'office', name, width, scheme } as const;
          // Those have a part of their own.
          const isCompared = compared.some((one) => fileOf(one) === fileOf(kept));
          await keepPicture(pictures[scheme], kept, { shown: isShown && !isCompared });
        }
      });
    }
    await page.context().close();
  }
}

/** Each as the test does it. */
async function takeCompared(office: StillOffice): Promise<void> {
  for (const picture of compared) {
    await attempt(fileOf(picture), async () => {
      const page = await openStillPage(browser, picture);
      if (picture.name !== 'sign-in') await signIn(page, office);
      await sceneNamed(picture.name).open(page, (path) => new URL(path, office.url).href);
      const taken = await takePicture(page);
      await keepPicture(taken, { folder: 'office', ...picture }, { isCompared: true });
      await page.context().close();
    });
  }
}

async function attempt(name: string, take: () => Promise<void>): Promise<void> {
  try {
    await take();
  } catch (error) {
    missed.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
}

async function breakServer(page: Page): Promise<void> {
  await page.route('**/api/v1/**', (route) =>
    route.request().url().endsWith('/session')
      ? route.continue()
      : route.fulfill({ status: 500, json: { code: 'server.failed', detail: 'Broken.' } }),
  );
}

/** What no part takes any more goes with the rest. */
async function forgetOld(): Promise<void> {
  await rm(TAKEN, { recursive: true, force: true });
  for (const folder of [KEPT, 'docs/screens/widget']) {
    for (const name of await readdir(folder).catch(() => [])) await rm(join(folder, name));
  }
}
