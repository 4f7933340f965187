// Nodes find each other and pass news on through the database.
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { joinNodes, type Wake } from './node.ts';

async function join(connectionString: string) {
  const wakes: Wake[] = [];
  const texts: string[] = [];
  const errors: Error[] = [];
  const node = await joinNodes({
    connectionString,
    onWake: (wake) => void wakes.push(wake),
    onRelay: (text) => void texts.push(text),
    onError: (error) => void errors.push(error),
  });
  onTestFinished(async () => {
    await node.stop();
    expect(errors).toEqual([]);
  });
  return { node, wakes, texts };
}

test('much news at once arrives whole and in order, and the connection is asked one thing at a time', async () => {
  const warnings: string[] = [];
  const onWarning = ({ message }: Error) => void warnings.push(message);
  process.on('warning', onWarning);
  onTestFinished(() => void process.off('warning', onWarning));
  const { url } = await makeDatabase();
  const [here, there] = [await join(url), await join(url)];
  await vi.waitFor(() => expect(here.node.hasPeers()).toBe(true), 20_000);

  const texts = Array.from({ length: 30 }, (_, n) => `${n} `.padEnd(3000, 'x'));
  const wakes = texts.map((text): Wake => ({ workspaceId: text.slice(0, 2), what: 'routing' }));
  for (const text of texts) here.node.relay(text);
  for (const wake of wakes) here.node.tell(wake);

  await vi.waitFor(() => expect(there.wakes.length).toBe(wakes.length), 20_000);
  expect(there.wakes).toEqual(wakes.map((wake) => expect.objectContaining(wake)));
  await vi.waitFor(() => expect(there.texts).toEqual(texts), 20_000);
  expect([...here.wakes, ...here.texts]).toEqual([]);
  expect(warnings).toEqual([]);
});

test('nodes know each other also where DATABASE_URL names the application', async () => {
  const { url } = await makeDatabase();
  const named = `${url}?application_name=shop`;
  const [here, there] = [await join(named), await join(named)];
  // Each looks when it comes and then again and again: the first to come finds the other by that.
  await vi.waitFor(() => expect(there.node.hasPeers()).toBe(true), 20_000);
  there.node.relay('found');
  await vi.waitFor(() => expect(here.texts).toEqual(['found']), 20_000);
});
