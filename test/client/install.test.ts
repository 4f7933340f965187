// The client as a stranger gets it: packed, installed in an empty project, and used there against a real Usher.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAnswer, startProgram } from '../faults/run-program.ts';
import { installClient } from '../makers/install-client.ts';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';

const PROGRAM = `
import { makeUsher, UsherProblem } from '@usher/client';

const usher = makeUsher({ url: process.env.USHER_URL, token: process.env.USHER_TOKEN });
const shop = usher.channel(process.env.USHER_CHANNEL);
const contact = { externalId: 'customer-4', name: 'Ana' };
const opened = await shop.open({ externalId: 'case-17', contact });
const file = await usher.upload(new Blob(['hello'], { type: 'text/plain' }), 'hello.txt');
const attachmentIds = [file.id];
await shop.say({ conversation: 'case-17', text: 'Where is it?', attachmentIds });
const said = [];
for await (const { text, attachments } of shop.messages('case-17')) {
  said.push([text, ...attachments.map(({ name }) => name)]);
}
const refused = await usher.get('/api/v1/agents').catch((error) => error);
const { code, status } = refused;
const isProblem = refused instanceof UsherProblem;
process.stdout.write(JSON.stringify({ opened: opened.opened, said, code, status, isProblem }));
`;

test('a program in an empty project opens a conversation, sends a file and reads what was said', async () => {
  const usher = await startTestUsher();
  const { id, token } = await makeApiChannel(usher);
  const folder = await installClient();
  await writeFile(join(folder, 'program.js'), PROGRAM);
  const child = startProgram(join(folder, 'program.js'), [], {
    ...{ USHER_URL: usher.url, USHER_TOKEN: token, USHER_CHANNEL: id },
  });
  expect(await readAnswer(child)).toEqual({
    opened: true,
    said: [['Where is it?', 'hello.txt']],
    ...{ code: 'role.insufficient', status: 403, isProblem: true },
  });
});

test('the package holds what a program needs and nothing else, and has the project’s version', async () => {
  const folder = join(await installClient(), 'node_modules/@usher/client');
  expect((await readdir(folder)).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
  const files = await readdir(join(folder, 'dist'), { recursive: true });
  expect(files.filter((name) => name.includes('test'))).toEqual([]);
  const read = async (path: string) => JSON.parse(await readFile(path, 'utf8'));
  const [client, own] = [await read(join(folder, 'package.json')), await read('package.json')];
  expect(client.version).toBe(own.version);
  expect(Object.keys(client.dependencies)).toEqual(['openapi-fetch']);
});
