// Builds the documentation into dist/docs. A dead link fails the build; pictures older than their screens are named.
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { findDeadLinks } from './check-links.ts';
import { areScreensCurrent } from './screens-age.ts';

const OUTPUT = 'dist/docs';
const ICON = 'web/public/icon.svg';
/** Linked, and no pages. */
const FILES = ['openapi.json', 'docs/schema.sql', ICON];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const vitepress = fileURLToPath(import.meta.resolve('vitepress/dist/node/cli.js'));
const { status } = spawnSync(process.execPath, [vitepress, 'build', 'docs'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
for (const file of FILES) {
  await mkdir(dirname(join(OUTPUT, file)), { recursive: true });
  await copyFile(file, join(OUTPUT, file));
}
await sharp(ICON).resize(180).png().toFile(join(OUTPUT, 'icon.png'));
const dead = await findDeadLinks(OUTPUT, process.env.DOCS_BASE);
if (dead.length > 0) {
  process.stderr.write(
    `${dead.length} links lead nowhere:\n${dead.map((one) => `  ${one}\n`).join('')}`,
  );
  process.exitCode = 1;
}
if (!(await areScreensCurrent())) {
  process.stderr.write(
    'The pictures are older than the screens, and the pages say so. Take them anew: npm run screens\n',
  );
}
process.stdout.write(`The documentation stands in ${OUTPUT}.\n`);
