// Tells whether the pictures in docs/screens show the screens as they are now.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KEPT = 'docs/screens/taken-of.txt';
/** All that a picture shows is made by these. */
const SOURCES = [
  'web',
  'widget',
  'scripts/screens.ts',
  'scripts/screens-rocketchat.ts',
  'scripts/screens-widget.ts',
  'test/browser/dress-office.ts',
  'test/browser/every-screen.ts',
  'test/browser/fill-office.ts',
  'test/browser/scenes.ts',
  'test/browser/still-office.ts',
  'test/browser/still-page.ts',
  'test/browser/stories.ts',
];

/** To be called when every picture has been taken anew. */
export async function noteScreens(): Promise<void> {
  await writeFile(KEPT, `${await fingerprint()}\n`);
}

export async function areScreensCurrent(): Promise<boolean> {
  const kept = await readFile(KEPT, 'utf8').catch(() => '');
  return kept.trim() === (await fingerprint());
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const names = source.endsWith('.ts') ? [''] : await readdir(source, { recursive: true });
    for (const name of names.toSorted()) {
      if (!/(^|\.(tsx?|css|html|svg))$/.test(name) || name.includes('.test.')) continue;
      const content = await readFile(join(source, name)).catch(() => null);
      if (content !== null) hash.update(join(source, name)).update(content);
    }
  }
  return hash.digest('hex');
}
