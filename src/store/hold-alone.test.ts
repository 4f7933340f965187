// What only one may do passes to another when the one cannot be reached any more.
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { startTcpProxy } from '../../test/makers/start-tcp-proxy.ts';
import { holdAlone } from './hold-alone.ts';

function hold(connectionString: string) {
  const state = { holds: false };
  const holding = holdAlone({
    connectionString,
    number: 1,
    onHeld: () => {
      state.holds = true;
    },
    onLost: async () => {
      state.holds = false;
    },
    onError: () => {},
  });
  return { state, stop: holding.stop };
}

test('while one holds it no other does, and within seconds of its silence another does', async () => {
  const { url } = await makeDatabase();
  const direct = new URL(url);
  const proxy = await startTcpProxy({ host: direct.hostname, port: Number(direct.port) });
  const through = new URL(url);
  through.port = String(proxy.port);
  const first = hold(through.href);
  await vi.waitFor(() => expect(first.state.holds).toBe(true), 20_000);
  const second = hold(url);
  onTestFinished(async () => {
    await second.stop();
    await proxy.goDown();
    await first.stop();
  });
  // Several of its looks.
  await new Promise((done) => setTimeout(done, 2500));
  expect(second.state.holds).toBe(false);

  proxy.freeze();
  await vi.waitFor(() => expect(second.state.holds).toBe(true), 15_000);
  expect(first.state.holds).toBe(false);
});
