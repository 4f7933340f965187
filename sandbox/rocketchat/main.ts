// The emulated Rocket.Chat as a process of its own: commands come in, and a line goes out for each thing done.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { makeCommands } from './make-commands.ts';
import { isSettingId, type SettingValues } from './settings.ts';
import { startRocketChat } from './start-rocketchat.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    host: { type: 'string', default: '127.0.0.1' },
    agents: { type: 'string', default: 'ana,budi' },
    departments: { type: 'string', default: 'Support' },
    settings: { type: 'string', default: '{}' },
  },
});

const say = (value: unknown) => void process.stdout.write(`${JSON.stringify(value)}\n`);
const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const settings = JSON.parse(values.settings) as Partial<SettingValues>;
for (const id of Object.keys(settings)) {
  if (!isSettingId(id)) throw new Error(`There is no setting ${id}.`);
}
const rocketchat = await startRocketChat({
  ...{ port: Number(values.port), host: values.host, settings },
});
const agents = list(values.agents);
for (const username of agents) rocketchat.addAgent({ username });
const departments = list(values.departments).map((name) =>
  rocketchat.addDepartment({ name, agents }),
);
say({
  listening: rocketchat.url,
  bot: rocketchat.bot,
  admin: rocketchat.admin,
  departments: departments.map(({ _id, name }) => ({ _id, name })),
});
const { listeners } = rocketchat.world;
listeners.on('onMessage', ({ message }) => say({ message }));
listeners.on('onTaken', ({ room, user }) => say({ taken: room._id, by: user.username }));
listeners.on('onQueued', ({ room }) => say({ queued: room._id }));
listeners.on('onClosed', ({ room }) => say({ closed: room._id }));

const run = makeCommands(rocketchat);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  if (line.trim() !== '') void run(line).then((said) => process.stdout.write(`${said}\n`));
});
process.once('SIGINT', finish);
process.once('SIGTERM', finish);

async function finish(): Promise<void> {
  lines.close();
  await rocketchat.stop();
  say({ calls: rocketchat.requests.length, webhooks: rocketchat.webhooks.length });
}
