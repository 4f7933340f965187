// The demonstration with a desk elsewhere: customers write by RapidPro, Usher chooses, agents answer in Rocket.Chat, and back.
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { whenAborted } from '../../src/cli/stop-signal.ts';
import { readConfig } from '../../src/config.ts';
import { startUsher, type Usher } from '../../src/main.ts';
import { makeRandom } from '../qiscus/random.ts';
import { type Mailroom, startMailroom } from '../rapidpro/start-mailroom.ts';
import { type RocketChat, startRocketChat } from '../rocketchat/start-rocketchat.ts';
import { type DemoOptions, readOptions } from './check/options.ts';
import { callWith } from './company/call.ts';
import { endCheck } from './end-check.ts';
import { hearInterrupts, type Interrupts, unlessAborted } from './hear-interrupts.ts';
import { makeFolder } from './make-folder.ts';
import { connectDesk } from './rocketchat/connect-desk.ts';
import { startMishaps } from './rocketchat/make-mishaps.ts';
import { type DeskReport, readDeskReport } from './rocketchat/read-report.ts';
import { sayDeskReport } from './rocketchat/say-desk-report.ts';
import { startTalk, type Talk } from './rocketchat/start-talk.ts';
import { watchLoads } from './rocketchat/watch-loads.ts';

const ADMIN_TOKEN = 'demo-admin-token-not-for-production';
const CAPACITY = 2;
const TELL_EVERY_MS = 2000;
/** With faults a lost webhook is made up for by a look that comes once a minute. */
const DRAIN_MS = { calm: 60_000, chaos: 180_000 };

interface Parts {
  options: DemoOptions;
  usher: Usher;
  mailroom: Mailroom;
  rocketchat: RocketChat;
  interrupts: Interrupts;
}

/** Null when it was interrupted before there was anything to judge. */
async function run(options: DemoOptions, interrupts: Interrupts): Promise<DeskReport | null> {
  const folder = await makeFolder();
  const random = makeRandom(options.seed);
  const rocketchat = await startRocketChat({
    random: random.next,
    settings: { API_Enable_Rate_Limiter: false, Livechat_Routing_Method: 'Manual_Selection' },
  });
  for (const field of ['email', 'phone']) rocketchat.addCustomField({ _id: field });
  // At its own pace: its tries outlast a database that is away for some seconds.
  const mailroom = await startMailroom({ allowPrivateHosts: true });
  let usher: Usher | null = null;
  try {
    for (let n = 1; n <= options.agents; n += 1) {
      rocketchat.addAgent({ username: `agent.${n}`, name: `Agent ${n}` });
    }
    const silent = pino({ level: 'silent' });
    usher = await startUsher(configFor(folder.path), silent, { stop: interrupts.early });
    const parts = { options, usher, mailroom, rocketchat, interrupts };
    return await unlessAborted(interrupts.now, show(parts));
  } catch (error) {
    if (interrupts.early.aborted) return null;
    throw error;
  } finally {
    await usher?.stop();
    await Promise.all([rocketchat.stop(), mailroom.stop()]);
    await folder.remove();
  }
}

async function show(parts: Parts): Promise<DeskReport | null> {
  const { options, usher, mailroom, rocketchat, interrupts } = parts;
  const { agents, chaos, rate, seed } = options;
  const organisation = mailroom.addOrganisation({ name: 'Kopi' });
  const call = callWith(usher.url, `Bearer ${ADMIN_TOKEN}`);
  await connectDesk({ call, organisation, rocketchat, agents, capacity: CAPACITY });
  const agentsOver = watchLoads(rocketchat, CAPACITY);
  const random = makeRandom(seed);
  const endMishaps = chaos ? startMishaps({ rocketchat, mailroom, random }) : null;
  const talk = startTalk({ organisation, rocketchat, random, rate });
  const quiet = options.json ? () => {} : tell(talk, rocketchat);
  interrupts.now.addEventListener('abort', talk.stop);
  try {
    await Promise.race([delay(options.durationSeconds * 1000), whenAborted(interrupts.early)]);
    talk.stopArrivals();
    await endMishaps?.();
    await talk.drained(chaos ? DRAIN_MS.chaos : DRAIN_MS.calm);
    if (interrupts.early.aborted && talk.customers.length === 0) return null;
    const overCapacity = chaos ? null : agentsOver();
    return readDeskReport({ talk, rocketchat, overCapacity });
  } finally {
    talk.stop();
    quiet();
  }
}

function configFor(dataDir: string) {
  return readConfig({
    PORT: '0',
    USHER_DATA_DIR: dataDir,
    USHER_ADMIN_TOKEN: ADMIN_TOKEN,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    LOG_LEVEL: 'silent',
  });
}

/** A line now and then. Answers how to end it. */
function tell({ customers }: Talk, { world }: RocketChat): () => void {
  const began = Date.now();
  const timer = setInterval(() => {
    const rooms = [...world.state.rooms.values()].filter(({ open }) => open).length;
    const open = customers.filter(({ ticket }) => ticket.status === 'open').length;
    const heard = customers.reduce((sum, { ticket }) => sum + ticket.messages.length, 0);
    const seconds = ((Date.now() - began) / 1000).toFixed(0).padStart(4);
    const figures = `${open} tickets open, ${rooms} rooms open, ${heard} answers heard`;
    process.stdout.write(`${seconds} s  ${figures}\n`);
  }, TELL_EVERY_MS);
  return () => clearInterval(timer);
}

const options = readOptions(process.argv[2]);
const report = await run(options, hearInterrupts());
endCheck(report, (told) => sayDeskReport(told, options));
