// Draws a page's letters with fonts that come with the project, whatever the machine has: pictures of two machines are
// then the same. The families bear the names that the pages ask for.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BrowserContext } from 'playwright-core';

const fonts = [
  ['@fontsource-variable/noto-sans', 'Noto Sans'],
  ['@fontsource-variable/noto-sans-arabic', 'Noto Sans Arabic'],
  ['@fontsource-variable/noto-sans-kr', 'Noto Sans KR'],
  ['@fontsource-variable/noto-sans-mono', 'Noto Sans Mono'],
] as const;
const AT = '/own-fonts/';
/** Where a page asks for whatever the system has. */
const USUAL = `body { font-family: 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans KR', sans-serif; }`;

/** The context must bypass policies: they allow no fonts from elsewhere, and rightly so. */
export async function bringFonts(context: BrowserContext): Promise<void> {
  const resolve = createRequire(import.meta.url).resolve;
  const folders = new Map<string, string>(
    fonts.map(([name]) => [name, dirname(resolve(`${name}/package.json`))]),
  );
  const styles = await Promise.all(
    fonts.map(async ([name, family]) =>
      (await readFile(join(folders.get(name) ?? '', 'index.css'), 'utf8'))
        .replaceAll(/font-family: '[^']+'/g, `font-family: '${family}'`)
        .replaceAll('font-display: swap', 'font-display: block')
        .replaceAll('url(./', `url(${AT}${name}/`),
    ),
  );
  await context.route(`**${AT}**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(AT.length);
    const name = path.split('/').slice(0, 2).join('/');
    return route.fulfill({ path: join(folders.get(name) ?? '', path.slice(name.length)) });
  });
  await context.addInitScript(
    (text: string) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets.push(sheet);
    },
    `${styles.join('\n')} ${USUAL}`,
  );
}
