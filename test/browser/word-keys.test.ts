// Words come in parts, each with the screens that need it: a part that is missing would show keys instead of words.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { screens } from './every-screen.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();

const FOLDER = join(import.meta.dirname, '../../web/i18n');

function listKeys(): Set<string> {
  const files = readdirSync(FOLDER).filter((name) => /(^|-)en\.ts$/.test(name));
  const keys = files.flatMap((name) => {
    return [...readFileSync(join(FOLDER, name), 'utf8').matchAll(/^ {2}'([^']+)':/gm)];
  });
  return new Set(keys.map(([, key = '']) => key));
}

test.skipIf(!hasBrowser)(
  'no screen, opened as the first, shows or names the key of a word in place of the word',
  { timeout: 300_000 },
  async () => {
    const keys = listKeys();
    expect(keys.size).toBeGreaterThan(1000);
    const page = await shared.open(null);
    await signIn(page, shared.office());
    const faults: string[] = [];
    for (const { name, path } of screens) {
      await page.goto(shared.at(path));
      await page.locator('main:visible').first().waitFor();
      await settle(page);
      const said = await page.evaluate(() => {
        const names = [...document.querySelectorAll('[aria-label], [title], [placeholder]')];
        const labels = names.flatMap((it) =>
          ['aria-label', 'title', 'placeholder'].map((attribute) => it.getAttribute(attribute)),
        );
        // biome-ignore lint/performance/useDomNodeTextContent: what is shown, with a space between its parts
        return [document.body.innerText, ...labels].join('\n');
      });
      const words = said.split(/[\s“”"()]+/).map((word) => word.replace(/[.:…]+$/, ''));
      const shown = [...new Set(words)].filter((word) => word.includes('.') && keys.has(word));
      if (shown.length > 0) faults.push(`${name}: ${shown.join(', ')}`);
    }
    expect(faults).toEqual([]);
  },
);
