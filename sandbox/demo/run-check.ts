// The demonstration: a throw-away Usher, an emulated Qiscus beside it, customers who come and agents who resolve.
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { whenAborted } from '../../src/cli/stop-signal.ts';
import { readConfig } from '../../src/config.ts';
import { startUsher, type Usher } from '../../src/main.ts';
import { type QiscusEmulator, startQiscusEmulator } from '../qiscus/emulator.ts';
import { makeChaos } from './check/chaos.ts';
import { type DemoOptions, readOptions } from './check/options.ts';
import { type Report, readReport } from './check/report.ts';
import { sayReport } from './check/say-report.ts';
import { startTraffic } from './check/traffic.ts';
import { startView } from './check/view.ts';
import { openWatch } from './check/watch.ts';
import { endCheck } from './end-check.ts';
import { hearInterrupts, type Interrupts, unlessAborted } from './hear-interrupts.ts';
import { makeFolder } from './make-folder.ts';

const SECRET = 'demo-webhook-secret';
const ADMIN_TOKEN = 'demo-admin-token-not-for-production';
/** Rooms whose webhook was lost are found within ten seconds, and served after all others. */
const DRAIN_MS = 120_000;

/** Null when it was interrupted before there was anything to judge. */
async function run(options: DemoOptions, interrupts: Interrupts): Promise<Report | null> {
  const folder = await makeFolder();
  const qiscus = await startQiscusEmulator({
    seed: options.seed,
    switches: options.chaos ? makeChaos() : { latencyMs: { min: 5, max: 40 } },
  });
  let usher: Usher | null = null;
  try {
    for (let n = 0; n < options.agents; n += 1)
      qiscus.addAgent({ name: agentName(n), available: true });
    const silent = pino({ level: 'silent' });
    usher = await startUsher(configFor(qiscus, folder.path), silent, { stop: interrupts.early });
    return await unlessAborted(interrupts.now, show({ options, qiscus, usher, interrupts }));
  } catch (error) {
    if (interrupts.early.aborted) return null;
    throw error;
  } finally {
    await usher?.stop();
    await qiscus.close();
    await folder.remove();
  }
}

async function show(parts: {
  options: DemoOptions;
  qiscus: QiscusEmulator;
  usher: Usher;
  interrupts: Interrupts;
}): Promise<Report> {
  const { options, qiscus, usher, interrupts } = parts;
  const watch = openWatch({ url: usher.url, token: ADMIN_TOKEN });
  // As an installation does it: the allocation webhook in Qiscus' dashboard, the resolve webhook through Usher.
  qiscus.setWebhooks({
    allocateAgentUrl: `${usher.url}/api/v1/webhook/agent_allocation/${SECRET}`,
  });
  await watch.registerResolveWebhook(`${usher.url}/api/v1/webhook/mark_as_resolved/${SECRET}`);
  await watch.waitForAgents(options.agents);
  const traffic = startTraffic({ qiscus, ...options, capacity: CAPACITY });
  const view = startView({ watch, qiscus, options, capacity: CAPACITY });
  interrupts.now.addEventListener('abort', () => {
    traffic.stop();
    view.stop();
  });
  await Promise.race([delay(options.durationSeconds * 1000), whenAborted(interrupts.early)]);
  traffic.stopArrivals();
  view.say('No more customers; the agents finish what they have.');
  await traffic.drained(DRAIN_MS);
  await qiscus.idle();
  await watch.settled();
  traffic.stop();
  view.stop();
  return readReport({ watch, qiscus, capacity: CAPACITY, strictOrder: !options.chaos });
}

const CAPACITY = 2;

function configFor(qiscus: QiscusEmulator, dataDir: string) {
  return readConfig({
    PORT: '0',
    USHER_DATA_DIR: dataDir,
    USHER_ADMIN_TOKEN: ADMIN_TOKEN,
    LOG_LEVEL: 'silent',
    QISCUS_BASE_URL: qiscus.url,
    QISCUS_APP_ID: qiscus.app.appId,
    QISCUS_SECRET: qiscus.app.secretKey,
    QISCUS_EMAIL: qiscus.app.adminEmail,
    QISCUS_PASSWORD: qiscus.app.adminPassword,
    QISCUS_WEBHOOK_SECRET: SECRET,
    QISCUS_MAX_CUSTOMER: String(CAPACITY),
    QISCUS_SYNC_BUSY_MS: '2000',
    QISCUS_SYNC_CALM_MS: '5000',
    QISCUS_SYNC_ROOMS_MS: '10000',
  });
}

const names = ['Ana', 'Budi', 'Citra', 'Dewi', 'Eko', 'Fitri', 'Gita', 'Hadi', 'Indah', 'Joko'];

function agentName(n: number): string {
  const name = names[n % names.length] ?? 'Agent';
  return n < names.length ? name : `${name} ${Math.floor(n / names.length) + 1}`;
}

const options = readOptions(process.argv[2]);
const report = await run(options, hearInterrupts());
endCheck(report, (told) => sayReport(told, options));
