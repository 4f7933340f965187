import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findDeadLinks } from './check-links.ts';

test('links, pictures and anchors that lead nowhere are named, those that lead somewhere are not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'usher-links-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'guides'));
  await writeFile(join(folder, 'cat.png'), '');
  const good = ['/', '#top', '/guides/one', '/guides/one.html#part', './guides/one', 'cat.png'];
  const dead = ['/guides/two', '/guides/one#nothing', '#below', './dog.png'];
  const link = (href: string) => `<a class="x" href="${href}">.</a><img alt="" src="${href}">`;
  const elsewhere = link('https://example.com/nowhere');
  const page = `<h1 id="top">.</h1>${[...good, ...dead].map(link).join('')}${elsewhere}`;
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(
    join(folder, 'guides/one.html'),
    '<h2 id="part">.</h2><a href="../cat.png">.</a>',
  );
  expect(await findDeadLinks(folder)).toEqual(dead.map((href) => `index.html: ${href}`));
});
