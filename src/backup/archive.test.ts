// An archive is read as it was written, and what is damaged is refused.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { Head } from './archive-lines.ts';
import { readArchive } from './read-archive.ts';
import { writeArchive } from './write-archive.ts';

const head: Head = {
  ...{ usherBackup: 1, takenAt: '2026-11-26T08:00:00.000Z', version: '0.1.0' },
  ...{ migrations: [{ name: '001-core.sql', checksum: 'abc' }], secrets: { '': 1 } },
};

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-archive-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Tables by name, each as the pieces in which its text is written. */
async function write(tables: Record<string, string[]>): Promise<string> {
  const path = join(await makeFolder(), 'one.backup');
  const archive = await writeArchive(path);
  await archive.line(head);
  await archive.line({ file: 'admin-token', text: 'secret' });
  for (const [table, pieces] of Object.entries(tables)) {
    await archive.line({ table, columns: ['a'] });
    await archive.rows(
      (async function* () {
        for (const piece of pieces) yield Buffer.from(piece);
      })(),
    );
    await archive.line({ rows: count(pieces.join('')) });
  }
  await archive.line({ sequences: [{ sequence: 's', last: '9007199254740993', isCalled: true }] });
  await archive.finish();
  return path;
}

const count = (text: string) => text.split('\n').length - 1;

async function read(path: string) {
  const found: Record<string, string> = {};
  const other: unknown[] = [];
  const figures = await readArchive(path, {
    head: async (one) => void other.push(one),
    file: async (one) => void other.push(one),
    sequences: async (one) => void other.push(one),
    table: async ({ table }, rows) => {
      let text = '';
      for await (const some of rows) text += some.toString('latin1');
      found[table] = Buffer.from(text, 'latin1').toString();
      return count(text);
    },
  });
  return { found, other, figures };
}

test('tables come back byte by byte, whatever they hold and however long their rows are', async () => {
  const long = `${'x'.repeat(300_000)}\\\\.\t\\\\.\\n\n`;
  const tables = {
    empty: [],
    'one empty value': ['\n'],
    'almost the end': ['\\\\.\n', 'a\\.\n', '\\N\n', '😀\n'],
    long: Array.from({ length: 12 }, () => long),
  };

  const { found, other, figures } = await read(await write(tables));

  const expected = Object.entries(tables).map(([name, pieces]) => [name, pieces.join('')]);
  expect(found).toEqual(Object.fromEntries(expected));
  expect(other).toEqual([
    head,
    { file: 'admin-token', text: 'secret' },
    [{ sequence: 's', last: '9007199254740993', isCalled: true }],
  ]);
  expect(figures).toMatchObject({ tables: 4, rows: 17 });
});

test('only its owner may read it', async () => {
  expect((await stat(await write({}))).mode & 0o777).toBe(0o600);
});

test('a file that is cut short, changed, without its end or something else is refused', async () => {
  const path = await write({ agent: ['Ana\n', 'Ben\n'] });
  const whole = await readFile(path);
  const text = gunzipSync(whole).toString();
  const withoutEnd = text.split('\n').slice(0, -2).join('\n');
  const broken = {
    'is damaged: it is cut short': whole.subarray(0, whole.length - 9),
    'its checksum differs': gzipSync(text.replace('Ben', 'Bob')),
    'the table agent has 1 rows instead of 2': gzipSync(text.replace('Ben\n', '')),
    'is none of a backup': gzipSync(`${withoutEnd}\n`),
    'is no backup of Usher': gzipSync('{"usherBackup":2}\n'),
    'no backup of Usher.': 'something else',
  };
  for (const [says, bytes] of Object.entries(broken)) {
    await writeFile(path, bytes);
    await expect(read(path)).rejects.toThrow(says);
  }
});

test('what is given up leaves nothing, and a draft that was there stays', async () => {
  const folder = await makeFolder();
  const archive = await writeArchive(join(folder, 'one.backup'));
  await archive.line(head);
  await archive.giveUp();
  expect(await readdir(folder)).toEqual([]);

  await writeFile(join(folder, 'two.backup.unfinished'), 'of another');
  await expect(writeArchive(join(folder, 'two.backup'))).rejects.toThrow('EEXIST');
  expect(await readdir(folder)).toEqual(['two.backup.unfinished']);
});
