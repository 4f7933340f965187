// The screens look as in the pictures of docs/screens: whatever changes their look is seen before it is released.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createDatabase } from '../makers/make-database.ts';
import { signIn } from './browse-office.ts';
import { compared, comparePictures, fileOf, MOST, readKept } from './compared.ts';
import { dressOffice } from './dress-office.ts';
import { fillOffice } from './fill-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { sceneNamed } from './scenes.ts';
import { shareOffice } from './share-office.ts';
import { startStillOffice } from './still-office.ts';
import { openStillPage, takeInScheme, takePicture } from './still-page.ts';

const shared = shareOffice(async () => {
  const office = await startStillOffice({ openDatabase: () => createDatabase() });
  await fillOffice(office);
  await dressOffice(office);
  await office.arrive();
  return office;
});

// Beside the run's own folder, which is removed at its end.
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '..', 'usher-pictures-'));
});

const TAKE_ANEW =
  'If it is meant to look so, take the pictures anew and commit them: npm run screens -- compared';

test.skipIf(!hasBrowser).each(compared)(
  '$name at $width px, $scheme, looks as in its picture',
  async (picture) => {
    const page = await openStillPage(shared.browser(), picture);
    try {
      if (picture.name !== 'sign-in') await signIn(page, shared.office());
      await sceneNamed(picture.name).open(page, shared.at);
      const taken = await takePicture(page);
      const kept = await readKept(picture).catch(() => null);
      const found = kept && (await comparePictures(kept, taken));
      if (found && found.different <= MOST) return;
      const file = join(folder, fileOf(picture).replace('.webp', ''));
      await writeFile(`${file}-taken.png`, taken);
      if (found) await writeFile(`${file}-difference.png`, found.drawn);
      const what = found
        ? `${found.different} pixels in one place are not as in the picture`
        : kept
          ? 'It has another size'
          : 'It has no picture yet';
      expect.fail(`${what}. See ${file}-*.png. ${TAKE_ANEW}`);
    } finally {
      await page.context().close();
    }
  },
);

// What the bound lets through, and what it does not.
test.skipIf(!hasBrowser)(
  'a button that moves by three pixels or takes another colour is seen, a shade that nobody sees is not',
  async () => {
    const page = await openStillPage(shared.browser(), { width: 1280, scheme: 'light' });
    try {
      await signIn(page, shared.office());
      await sceneNamed('lab').open(page, shared.at);
      const before = await takePicture(page);
      const button = page.getByRole('button', { name: 'Measure and simulate' });
      /** Time stands still already, so nothing else can change. */
      const differ = async (style: string): Promise<number> => {
        await button.evaluate((element, text) => {
          element.dataset.own ??= element.getAttribute('style') ?? '';
          element.setAttribute('style', `${element.dataset.own}; ${text}`);
        }, style);
        const found = await comparePictures(before, await takeInScheme(page, 'light'));
        return found?.different ?? Number.POSITIVE_INFINITY;
      };
      expect(await differ('outline-offset: 2px')).toBe(0);
      expect(await differ('background: #5149ca')).toBeLessThanOrEqual(MOST);
      expect(await differ('translate: 3px 0')).toBeGreaterThan(MOST);
      expect(await differ('background: #6a3fd0')).toBeGreaterThan(MOST);
    } finally {
      await page.context().close();
    }
  },
);
