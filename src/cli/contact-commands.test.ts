// `usher contacts` as an operator runs it when somebody asks what is kept of them, or to be erased.
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { startProgram } from '../../test/faults/run-program.ts';
import { startWithContacts } from '../../test/makers/start-with-contacts.ts';

// Every command is a process of its own.
vi.setConfig({ testTimeout: 120_000 });

const program = new URL('./usher.ts', import.meta.url);

test('a person is found, exported to a file that only its owner reads, and erased once their name is given', async () => {
  const { usher, put, list } = await startWithContacts();
  const id = await put('kim', { name: 'Kim Lee', email: 'kim@shop.example' });
  const run = async (...args: string[]) => {
    const at = { USHER_URL: usher.url, USHER_TOKEN: usher.token };
    const child = startProgram(program, ['contacts', ...args], at);
    const ended = once(child, 'exit');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: (await ended)[0] as number, out, err };
  };
  expect((await run('--search', 'lee')).out).toContain(id);
  const file = join(usher.dataDir, 'kim.json');
  expect(await run('export', id, '--out', file)).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ contact: { id } });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  // An earlier file is not written over.
  expect((await run('export', id, '--out', file)).code).toBe(1);
  const unsure = await run('erase', id);
  expect(unsure.code).toBe(2);
  expect(unsure.err).toContain('--confirm');
  expect((await run('erase', id, '--confirm', 'Somebody else')).code).toBe(4);
  expect((await run('erase', id, '--confirm', 'Kim Lee')).code).toBe(0);
  expect(await list()).toEqual([]);
});
