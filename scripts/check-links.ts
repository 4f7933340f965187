// Finds dead links in the built documentation, including anchors and pictures.
import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';

const LINK = /<(?:a|img|link|source)\b[^>]*?\s(?:href|src)="([^"]+)"/g;
const ID = /\sid="([^"]+)"/g;

/** A line for each link that leads nowhere: where it stands, and where to. */
export async function findDeadLinks(folder: string, base = '/'): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const pages = names.filter((name) => name.endsWith('.html') && name !== '404.html');
  const ids = new Map<string, Set<string>>();
  const texts = new Map<string, string>();
  for (const page of pages) {
    const text = await readFile(join(folder, page), 'utf8');
    texts.set(page, text);
    ids.set(page, new Set([...text.matchAll(ID)].map(([, id]) => id ?? '')));
  }
  const dead: string[] = [];
  for (const [page, text] of texts) {
    for (const [, href = ''] of text.matchAll(LINK)) {
      if (/^([a-z]+:|\/\/)/i.test(href)) continue;
      const [path = '', anchor] = decodeURI(href.replaceAll('&amp;', '&')).split('#');
      const target = path === '' ? page : findFile(folder, resolvePath(page, path, base));
      const known =
        target !== null && (!anchor || !ids.has(target) || ids.get(target)?.has(anchor));
      if (!known) dead.push(`${page}: ${href}`);
    }
  }
  return [...new Set(dead)];
}

function resolvePath(page: string, path: string, base: string): string {
  return path.startsWith('/') ? path.slice(base.length) : normalize(join(dirname(page), path));
}

/** As a static server finds it: the file, the folder's page, or the page of that name. */
function findFile(folder: string, path: string): string | null {
  const tries = [path, join(path, 'index.html'), `${path}.html`];
  const isFile = (name: string) =>
    existsSync(join(folder, name)) && statSync(join(folder, name)).isFile();
  return tries.find(isFile) ?? null;
}
