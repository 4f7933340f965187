// The guide's first program is run in an empty project as it stands there: whoever copies it gets what is tested here.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startProgram } from '../faults/run-program.ts';
import { installClient } from '../makers/install-client.ts';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

const guide = await readFile(
  new URL('../../docs/guides/first-program.md', import.meta.url),
  'utf8',
);
const [, program = ''] = guide.match(/```js\n(\/\/ first-program\.mjs\n[\s\S]*?)```/) ?? [];

test('the first program has 20 lines at most', () => {
  const lines = program.split('\n').filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.length).toBeLessThanOrEqual(20);
});

test('in an empty project it asks, and prints what the agent answers', async () => {
  const usher = await startTestUsher();
  const { id, token, addAgent } = await makeApiChannel(usher);
  const ben = await addAgent('Ben');
  const folder = await installClient();
  await writeFile(join(folder, 'first-program.mjs'), program);
  const child = startProgram(join(folder, 'first-program.mjs'), [], {
    ...{ USHER_URL: usher.url, USHER_TOKEN: token, USHER_CHANNEL: id },
  });
  const [asked] = await eventually(
    () => usher.conversations('assigned'),
    (found) => found[0]?.agentId === ben.id,
  );
  const path = `/api/v1/conversations/${asked?.id}/messages`;
  const said = { body: { text: 'It is on its way.' }, token: ben.token };
  expect((await usher.call('POST', path, said)).status).toBe(201);
  expect(await text(child.stdout)).toBe('It is on its way.\n');
  const { body } = await usher.call('GET', path);
  expect(body).toMatchObject({ items: [{ text: 'Where is my parcel?' }, {}] });
});
