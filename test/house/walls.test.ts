// The walls of docs/architecture.md: each breach is seeded and must be refused by the linter, each door is open.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';

interface Report {
  diagnostics: { category: string; location: { path: string } }[];
}
interface Seed {
  folder: string;
  text: string;
  /** How the file is called, where that matters; else it gets a name of its own. */
  name?: string;
}

const WALL = 'lint/style/noRestrictedImports';
const seeds = new Map<string, string>();
let complaints: ReadonlyMap<string, string[]>;

/** In a copy: whoever builds, lints or tests the sources meanwhile finds them as they are. */
const SOURCES = ['biome.json', '.gitignore', 'src', 'browser', 'widget', 'web', 'sandbox', 'test'];

/** All at once: the linter takes as long for one file as for all. */
beforeAll(async () => {
  const copy = await mkdtemp(join(tmpdir(), 'usher-walls-'));
  try {
    for (const path of SOURCES) await cp(path, join(copy, path), { recursive: true });
    for (const [path, text] of seeds) await writeFile(join(copy, path), text);
    complaints = await lint(copy, [...seeds.keys()]);
  } finally {
    await rm(copy, { recursive: true });
  }
});

async function lint(cwd: string, paths: string[]): Promise<Map<string, string[]>> {
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', ...paths];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd }).catch(
    (failed: { stdout: string }) => failed,
  );
  const rules = new Map<string, string[]>(paths.map((path) => [path, []]));
  for (const { category, location } of (JSON.parse(stdout) as Report).diagnostics) {
    rules.get(location.path)?.push(category);
  }
  return rules;
}

/** Its path. */
function seed({ folder, text, name = `seeded-${seeds.size}` }: Seed): string {
  const path = `${folder}/${name}.ts`;
  seeds.set(path, text);
  return path;
}

function refuses(title: string, it: Seed, rule = WALL): void {
  const path = seed(it);
  test(title, () => expect(complaints.get(path)).toContain(rule));
}

const imports = (what: string) => `import ${what};\nexport const seeded = 1;\n`;

describe('may not reach over the wall', () => {
  for (const [room, what] of [
    ['src/routing', `{ listAgents } from '../store/agents.ts'`],
    ['src/contract', `{ decide } from '../routing/decide.ts'`],
    ['src/access', `{ query } from '../store/sql.ts'`],
    ['src/store', `{ decide } from '../routing/decide.ts'`],
    ['src/desk', `{ sendDeliveries } from '../delivery/send-deliveries.ts'`],
    ['src/delivery', `{ openConversation } from '../desk/open-conversation.ts'`],
    ['src/desk', `{ makeOutbound } from '../outbound/make-outbound.ts'`],
    ['src/connectors/gitple', `{ makeOutbound } from '../../outbound/make-outbound.ts'`],
    ['src/channels/qiscus', `{ writeCloseRoom } from '../rapidpro/write.ts'`],
    ['src/channels/qiscus', `{ readPayload } from '../../mqtt/topics.ts'`],
    ['src/http', `{ openConnectors } from '../channels/open-connectors.ts'`],
    ['src/delivery', `{ carryToQiscus } from '../channels/qiscus/carry-to-qiscus.ts'`],
    ['src/desk', `{ openConnectors } from '../channels/open-connectors.ts'`],
    ['src/mqtt', `{ webChatRoutes } from '../channels/webchat/webchat.ts'`],
    ['src/outbound', `{ listAgents } from '../store/agents.ts'`],
    ['src/outbound', `{ readConfig } from '../config.ts'`],
    ['src/http', `{ sendDeliveries } from '../delivery/send-deliveries.ts'`],
    ['src/connectors/gitple', `{ query } from '../../store/sql.ts'`],
    ['browser', `{ query } from '../src/store/sql.ts'`],
    ['browser', `{ render } from '../widget/chat/main.tsx'`],
    ['browser', `{ readFile } from 'node:fs/promises'`],
    ['browser', `{ h } from 'preact'`],
    ['widget/chat', `{ query } from '../../src/store/sql.ts'`],
    ['widget/chat', `{ startRapidPro } from '../../test/makers/start-rapidpro.ts'`],
    ['widget/chat', `{ readFile } from 'node:fs/promises'`],
    ['widget/chat', `{ pages } from '../../web/pages.ts'`],
    ['web', `{ pages } from '../widget/chat/main.tsx'`],
    ['web', `{ listAgents } from '../src/store/agents.ts'`],
  ] as const) {
    refuses(`a file of ${room}: ${what}`, { folder: room, text: imports(what) });
  }
});

describe('may go through the door', () => {
  for (const [room, what] of [
    ['browser', `type { Message } from '../src/contract/conversation.ts'`],
    ['widget', `{ connectMqtt } from '../browser/connect-mqtt.ts'`],
    ['widget/chat', `{ connectMqtt } from '../../browser/connect-mqtt.ts'`],
    ['web/pages', `{ connectMqtt } from '../../browser/connect-mqtt.ts'`],
    ['web', `type { Message } from '../src/contract/conversation.ts'`],
    ['src/desk', `* as seen from '../outbound/check-url.ts'`],
    ['src/desk', `* as seen from '../outbound/allowed-networks.ts'`],
    ['src/delivery', `* as seen from '../outbound/make-outbound.ts'`],
    ['src/channels/qiscus', `type { Connector } from '../connector.ts'`],
    ['src/channels/qiscus', `* as seen from '../../delivery/carrier.ts'`],
    ['src/channels/qiscus', `* as seen from '../../http/channel-face.ts'`],
    ['src/mqtt', `* as seen from '../channels/webchat/write.ts'`],
    ['src/http', `* as seen from '../outbound/make-outbound.ts'`],
  ] as const) {
    const path = seed({ folder: room, text: imports(what) });
    test(`a file of ${room}: ${what}`, () => expect(complaints.get(path)).not.toContain(WALL));
  }
});

for (const room of ['http', 'delivery', 'channels']) {
  const text = imports(`{ withTx } from '../store/tx.ts'`);
  refuses(`only desk opens transactions: ${room} may not`, { folder: `src/${room}`, text });
}

const node = imports(`{ readFile } from 'node:fs/promises'`);
for (const room of ['contract', 'access', 'routing']) {
  refuses(`${room} is pure: no node: module`, { folder: `src/${room}`, text: node });
}
refuses('a channel reads purely: no node: module in a read file', {
  ...{ folder: 'src/channels/qiscus', name: 'read-seeded', text: node },
});

refuses('src never imports the sandbox', {
  folder: 'src/cli',
  text: imports(`{ startQiscusEmulator } from '../../sandbox/qiscus/emulator.ts'`),
});

seed({
  ...{ folder: 'src/desk', name: 'seeded-circle-b' },
  text: `import { a } from './seeded-circle-a.ts';\nexport const b = () => a;\n`,
});
refuses(
  'a circle of imports is refused',
  {
    ...{ folder: 'src/desk', name: 'seeded-circle-a' },
    text: `import { b } from './seeded-circle-b.ts';\nexport const a = () => b;\n`,
  },
  'lint/suspicious/noImportCycles',
);

refuses(
  'a barrel is refused',
  { folder: 'src/desk', text: `export * from '../store/gather.ts';\n` },
  'lint/performance/noBarrelFile',
);

refuses(
  'a floating promise is refused',
  {
    folder: 'src/desk',
    text: `export function seeded(): void {\n  Promise.resolve(1).then(() => 2);\n}\n`,
  },
  'lint/nursery/noFloatingPromises',
);
