// The server under load: Usher, or a bare route. It runs in its own process, so that the load generator does not slow it.
import { fastify } from 'fastify';
import { readConfig } from '../src/config.ts';
import { startUsher } from '../src/main.ts';
import { openLogs } from '../src/telemetry/log.ts';

export interface Serving {
  url: string;
}

export interface MemorySample {
  rss: number;
}

const SAMPLE_MS = 500;

async function startBare() {
  const app = fastify();
  app.post('/api/v1/webhook/agent_allocation', async () => ({
    status: 200,
    message: 'Successfully received.',
    data: null,
  }));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, stop: () => app.close() };
}

async function startWhole() {
  const config = readConfig(process.env);
  return startUsher(config, openLogs(config).log);
}

const server = await (process.argv[2] === 'bare' ? startBare() : startWhole());
const sampling = setInterval(() => {
  process.send?.({ rss: process.memoryUsage.rss() } satisfies MemorySample);
}, SAMPLE_MS);
process.once('message', async () => {
  clearInterval(sampling);
  await server.stop();
  process.disconnect();
});
process.send?.({ url: server.url } satisfies Serving);
