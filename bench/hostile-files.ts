// Measures the latencies of an agent and of a visitor with a picture while others misuse files. Compares with an older checkout if one is named.
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { TOKEN } from './chat-crowd.ts';
import { openGuest, sendFile } from './files-guest.ts';
import type { FilesAttack, FilesDone } from './hostile-files-child.ts';
import { startServer } from './http-server.ts';
import { openLoop } from './open-loop.ts';
import { startChild } from './start-child.ts';
import { percentile } from './statistics.ts';
import { ms, report, type Section, say, times } from './table.ts';

const { values } = parseArgs({
  options: {
    /** A checkout of another commit, with its node_modules. */
    before: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    calm: { type: 'string', default: '10' },
    rate: { type: 'string', default: '50' },
  },
});
const [seconds, calmSeconds, rate] = [values.seconds, values.calm, values.rate].map(Number) as [
  number,
  number,
  number,
];
const LEAD_MS = 1000;
/** What one attack has left waiting is over before the next begins. */
const REST_MS = 12_000;
const INNOCENTS = 6;

const names: Record<FilesAttack, string> = {
  read: 'downloads by one address',
  deaf: 'downloads that are never read',
  fill: 'one address fills the disk',
  pictures: 'pictures that take long to draw',
};
const attacks = Object.keys(names) as FilesAttack[];

interface Measured {
  calm: number[];
  under: number[];
  /** Of innocent pictures, sent while slow ones are. */
  pictures: number[];
  grownMb: number;
  what: string;
}

async function measureServer(folder: string): Promise<Record<FilesAttack, Measured>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  const settings = { PORT: '0', USHER_DATA_DIR: dataDir, USHER_ADMIN_TOKEN: TOKEN };
  const usher = await startServer('usher', { ...settings, LOG_LEVEL: 'silent' }, folder);
  const attacker = startChild('hostile-files-child.ts');
  const measured: Partial<Record<FilesAttack, Measured>> = {};
  try {
    await attacker.ask({ prepare: usher.url });
    const innocents = Array.from({ length: INNOCENTS }, (_, n) =>
      openGuest(usher.url, `10.0.0.${n + 1}`),
    );
    const guests = await Promise.all(innocents);
    const bytes = await makePhoto();
    const sendPicture = async (index: number): Promise<number> => {
      const guest = guests[index % guests.length] as (typeof guests)[0];
      const began = performance.now();
      const address = `10.0.0.${(index % guests.length) + 1}`;
      const { status } = await sendFile(usher.url, guest, { bytes, address, type: 'image/png' });
      return status === 201 ? performance.now() - began : Number.POSITIVE_INFINITY;
    };
    await lookAtInbox(usher.url, 5);
    await sendPicture(0);
    for (const attack of attacks) {
      const calm = await lookAtInbox(usher.url, calmSeconds);
      say(`${names[attack]}, at ${folder}`);
      const from = usher.memory.at(-1)?.megabytes ?? 0;
      const since = usher.memory.length;
      const forSeconds = seconds + LEAD_MS / 1000;
      const attacking = attacker.ask<FilesDone>({ attack, seconds: forSeconds });
      await sleep(LEAD_MS);
      const sending = attack === 'pictures' ? sendPictures(sendPicture) : Promise.resolve([]);
      const under = await lookAtInbox(usher.url, seconds);
      const pictures = await sending;
      const { what } = await attacking;
      const highest = Math.max(...usher.memory.slice(since).map(({ megabytes }) => megabytes));
      measured[attack] = { calm, under, pictures, grownMb: highest - from, what };
      await sleep(REST_MS);
    }
  } finally {
    await attacker.stop();
    await usher.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  return measured as Record<FilesAttack, Measured>;
}

/** Of an agent, who looks so many times a second whatever happens. */
async function lookAtInbox(url: string, forSeconds: number): Promise<number[]> {
  const latencies: number[] = [];
  await openLoop({ rate, seconds: forSeconds }, async () => {
    const began = performance.now();
    const ok = await fetch(`${url}/api/v1/conversations?limit=50`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    }).then(
      async (answer) => (await answer.text()) !== '' && answer.ok,
      () => false,
    );
    latencies.push(ok ? performance.now() - began : Number.POSITIVE_INFINITY);
  });
  return latencies;
}

async function sendPictures(send: (index: number) => Promise<number>): Promise<number[]> {
  const latencies: number[] = [];
  await openLoop({ rate: 2, seconds }, async (index) => {
    latencies.push(await send(index));
  });
  return latencies;
}

const makePhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 1200, height: 900, channels: 3, background: '#468' } })
    .png()
    .toBuffer();

const busyBefore = loadavg()[0] ?? 0;
const here = join(import.meta.dirname, '..');
const { before } = values;
const runs = [
  ...(before === undefined ? [] : [{ name: 'before', measured: await measureServer(before) }]),
  { name: 'after', measured: await measureServer(here) },
];

const at = (latencies: readonly number[], share: number) => ms(percentile(latencies, share));
const rows = attacks.flatMap((attack) =>
  runs.map(({ name, measured }) => {
    const { calm, under, pictures, grownMb } = measured[attack];
    const ratio = percentile(under, 0.99) / percentile(calm, 0.99);
    const slowest = pictures.length === 0 ? '' : ms(Math.max(...pictures));
    return [
      ...[names[attack], name, at(calm, 0.99), at(under, 0.5), at(under, 0.99), times(ratio)],
      ...[`${grownMb.toFixed(0)} MB`, slowest, judge(attack, measured[attack])],
    ];
  }),
);

/** How full one address makes the disk is bounded by budgets, for which no figure of time is wanted. */
function judge(attack: FilesAttack, measured: Measured): string {
  if (attack === 'fill') return '';
  return isMet(attack, measured) ? 'met' : 'MISSED';
}

function isMet(attack: FilesAttack, { calm, under, pictures, grownMb }: Measured): boolean {
  if (attack === 'pictures') return pictures.every((one) => one < 2000);
  const isQuick = percentile(under, 0.99) <= 2 * percentile(calm, 0.99);
  return isQuick && (attack !== 'deaf' || grownMb <= 64);
}

const sections: Section[] = [
  {
    title: 'Files misused',
    how: `An agent asks for the inbox ${rate} times a second (open loop), ${calmSeconds} s before each attack and ${seconds} s during it. Everything hostile comes from one address. Memory is what the server process grew by, its painters not counted. Needed under downloads: p99 at most 2 × calm; memory at most 64 MB more under readers that never read; beside slow pictures an innocent one (1200 × 900, two a second, from other addresses) is taken in less than 2 s.${before === undefined ? '' : ' “before” is an older checkout, measured in the same run by the same attacks.'} The machine’s load average was ${busyBefore.toFixed(1)} before this began: above its cores, others’ work is in these figures.`,
    columns: [
      ...['', '', 'calm p99', 'p50', 'p99', 'p99 to calm', 'memory'],
      ...['slowest innocent picture', 'verdict'],
    ],
    rows,
  },
  {
    title: 'What was done with files',
    how: `In ${seconds + LEAD_MS / 1000} s each.`,
    columns: ['attack', '', 'what it was'],
    rows: attacks.flatMap((attack) =>
      runs.map(({ name, measured }) => [names[attack], name, measured[attack].what]),
    ),
  },
];
await report('hostile', sections, ['Talk under attack', 'The attacks']);
process.exit();
