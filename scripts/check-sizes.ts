// What a visitor's browser loads before the first message, gzipped, and whether that is little enough.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LOADER_LIMIT = 5000;
const TOTAL_LIMIT = 40_000;

const pages = fileURLToPath(new URL('../dist/pages/', import.meta.url));
const assets = await readdir(join(pages, 'widget/assets'));
const paths = [
  'widget.js',
  'widget/index.html',
  ...assets.filter((name) => /\.(js|css)$/.test(name)).map((name) => `widget/assets/${name}`),
];
const rows = await Promise.all(
  paths.map(async (path) => {
    const content = await readFile(join(pages, path));
    return { path, bytes: content.length, gzipped: gzipSync(content, { level: 9 }).length };
  }),
);
// Languages are separate files; a visitor fetches one at most.
const isLanguage = ({ path }: { path: string }) => /\/(ar|en|id|ko|pt)-[^/]+\.js$/.test(path);
const languages = rows.filter(isLanguage).map(({ gzipped }) => gzipped);
const total =
  rows.filter((row) => !isLanguage(row)).reduce((sum, { gzipped }) => sum + gzipped, 0) +
  Math.max(0, ...languages);
const loader = rows[0]?.gzipped ?? 0;
const line = (path: string, bytes: number | string, gzipped: number | string) =>
  process.stdout.write(
    `${path.padEnd(40)}${String(bytes).padStart(9)}${String(gzipped).padStart(9)}\n`,
  );

line('the widget, first load', 'bytes', 'gzipped');
for (const { path, bytes, gzipped } of rows) line(path, bytes, gzipped);
line(`loader (at most ${LOADER_LIMIT})`, '', loader);
line(`all together, one language (at most ${TOTAL_LIMIT})`, '', total);
if (loader > LOADER_LIMIT || total > TOTAL_LIMIT) {
  process.stderr.write('The widget has become too large.\n');
  process.exitCode = 1;
}
