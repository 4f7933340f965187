// What was typed into a form is not lost without a word: each form asks before its page is left.
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const web = join(import.meta.dirname, '../../web');

/** Each with why it need not ask. */
const without: Record<string, string> = {
  'components/verbs/close-dialog.tsx': 'lies over its page, and is closed by its own button',
  'pages/first-run.tsx': 'a door: nothing leads away from it',
  'pages/invite.tsx': 'a door: nothing leads away from it',
};

const count = (source: string, what: RegExp) => [...source.matchAll(what)].length;
/** FormDialog's `dirty` is required, so whoever uses it says whether there is something to lose. */
const unguarded = (source: string) =>
  count(source, /\buseForm[<(]/g) > count(source, /<(CardForm|FormDialog|UnsavedGuard)\b/g);

test('every form of the back office asks before its page is left', async () => {
  const found: string[] = [];
  for await (const path of glob('**/*.tsx', { cwd: web })) {
    if (unguarded(readFileSync(join(web, path), 'utf8'))) found.push(path);
  }
  expect(found.sort()).toEqual(Object.keys(without).sort());
});

test('a form without a guard is found, also beside one that has it', () => {
  expect(unguarded('const form = useForm({}); <form>')).toBe(true);
  expect(unguarded('useForm<A>({}); useForm({}); <CardForm form={form}>')).toBe(true);
  expect(unguarded('useForm({}); useForm({}); <CardForm /> <UnsavedGuard dirty />')).toBe(false);
});
