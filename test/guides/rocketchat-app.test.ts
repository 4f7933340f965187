// The guide is followed by somebody who does only what it says: its commands are run as they stand
// there, against a Rocket.Chat that has nothing yet, and then a contact and an agent talk.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startMailroom } from '../../sandbox/rapidpro/start-mailroom.ts';
import { startEngine } from '../../sandbox/rocketchat/engine/start-engine.ts';
import { startTestRocketChat } from '../../sandbox/rocketchat/test-rocketchat.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = await readFile(`${root}/docs/guides/rocketchat-app.md`, 'utf8');

/** In their order, without the indentation of the list they stand in. */
const blocks = [...guide.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(
  ([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
);

function run(script: string, environment: Record<string, string>): Promise<string> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: root,
    env: { ...process.env, PATH: `${root}/node_modules/.bin:${process.env.PATH}`, ...environment },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(printed) : reject(new Error(`Ended with ${code}:\n${printed}`)),
    );
  });
}

test('who follows the guide has a contact and an agent talking', async () => {
  expect(blocks).toHaveLength(5);
  const rocketchat = await startTestRocketChat();
  const engine = await startEngine(rocketchat);
  onTestFinished(() => engine.stop());
  const mailroom = await startMailroom({ allowPrivateHosts: true, pace: 0.01 });
  onTestFinished(() => mailroom.stop());
  const organisation = mailroom.addOrganisation();

  const printed = await run(blocks.join('\n'), {
    ROCKETCHAT: rocketchat.url,
    ROCKETCHAT_USER_ID: rocketchat.admin.userId,
    ROCKETCHAT_TOKEN: rocketchat.admin.authToken,
    RAPIDPRO_SECRET: organisation.visitConnectPage(),
  });
  expect(printed.trimEnd()).toMatch(/204$/);

  const [, path] = /the \*\*base URL\*\*: `https:\/\/chat\.example\.com([^`]+)`/.exec(guide) ?? [];
  const { userId: adminUserId, authToken: adminAuthToken } = rocketchat.admin;
  const baseUrl = `${rocketchat.url}${path}`;
  const connected = await organisation.connect({ baseUrl, adminUserId, adminAuthToken });
  expect(connected.connected).toBe(true);

  const contact = organisation.addContact({ name: 'Ana' });
  const opened = await organisation.openTicket({ contact });
  if (!opened.opened) throw new Error(`Not opened: ${opened.because}`);
  await organisation.sendMessage({ contact, text: 'Help' });
  const ticket = organisation.ticket(opened.ticketUuid);
  const roomId = ticket?.externalId ?? '';
  const said = rocketchat.world.state.messagesByRoom.get(roomId) ?? [];
  expect(said.map(({ msg }) => msg)).toContain('Help');
  rocketchat.people.answer('ana', roomId, 'Here I am');
  await expect.poll(() => ticket?.messages.map(({ text }) => text)).toEqual(['Here I am']);
});

test('the guide names every setting of the app as the server shows it', async () => {
  const words = JSON.parse(
    await readFile(`${root}/apps/rocketchat-tickets/i18n/en.json`, 'utf8'),
  ) as Record<string, string>;
  const names = Object.keys(words).filter((id) => words[`${id}_help`] !== undefined);
  expect(names.length).toBeGreaterThan(5);
  for (const id of names) expect(guide).toContain(words[id]);
});
