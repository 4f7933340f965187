// The bot of the examples, as a program of its own, against a real server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { startShopWithBot, withBot, withPerson } from '../makers/start-shop-with-bot.ts';
import { eventually } from '../makers/start-test-usher.ts';

const SECRET = `whsec_${Buffer.from('a-key-of-the-example-bot').toString('base64')}`;
const program = join(import.meta.dirname, '../../examples/bot/bot.mjs');

test('the example answers what it knows, and hands over what it does not, with what it has found out', async () => {
  const shop = await startShopWithBot();
  const port = await findFreePort();
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      ...{ USHER_URL: shop.usher.url, USHER_TOKEN: shop.bot.token },
      ...{ BOT_SECRET: SECRET, PORT: String(port) },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    child.kill();
    await once(child, 'exit');
  });
  await once(createInterface(child.stdout), 'line');
  const webhook = { url: `http://127.0.0.1:${port}/`, secret: SECRET };
  const path = `/api/v1/agents/${shop.bot.agent.id}`;
  expect((await shop.call('PATCH', path, { body: { webhook } })).status).toBe(200);

  const id = await shop.open('When are you open?');
  await shop.until(id, withBot);
  await eventually(
    () => shop.messages(id),
    (said) => said.some(({ text }) => text.startsWith('We are open')),
  );
  await shop.write(id, 'Where is order #1234?');
  expect(await shop.until(id, withPerson)).toMatchObject({ meta: { order: '1234' } });
  const unknown = await shop.open('Qwertz?');
  await shop.until(unknown, withPerson);
});
