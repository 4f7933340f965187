// A name that starts with make, open or start says what its caller has to end: docs/words.md.
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readExports } from './read-exports.ts';

const ENDS = ['close', 'stop', 'end', 'release', 'flush'];

/** Each with why it differs. */
const ALLOWED: Record<string, string> = {
  openConversation: 'a conversation is opened and closed by verbs of their own',
  openConversations: 'the same, several at once',
  openTicket: 'a ticket is a conversation',
  startWebSession: 'a web session ends by its keep-alive',
  openDatabase: 'its pools are ended one by one',
  openFileMeans: 'closed with the server that it is given',
  startTls: 'the socket that was given is destroyed',
};

const root = join(import.meta.dirname, '../..');

test('what is made needs no end; what is opened or started has one', async () => {
  const files: string[] = [];
  for await (const file of glob('src/**/*.ts', { cwd: root })) {
    if (!/\.test\.|\/test-/.test(file)) files.push(file);
  }
  const wrong = readExports(root, files)
    .filter(({ name }) => /^(make|open|start)[A-Z]/.test(name) && ALLOWED[name] === undefined)
    .filter(({ name, members }) => {
      const ends = members.some((member) => ENDS.includes(member));
      return name.startsWith('make') ? ends : !ends;
    });
  expect(wrong.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});
