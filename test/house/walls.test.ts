// The walls of docs/architecture.md: each breach is seeded and must be refused by the linter, each door is open.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
const SOURCES = [
  'biome.json',
  '.gitignore',
  'src',
  'browser',
  'widget',
  'reference',
  'web',
  'apps',
  'packages/client/src',
  'sandbox',
  'test',
];

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
    ['src/routing/policy', `{ listAgents } from '../../store/agents.ts'`],
    ['src/routing/policy', `{ decide } from '../decide.ts'`],
    ['src/routing/calendars', `{ listAgents } from '../../store/agents.ts'`],
    ['src/routing/calendars', `{ decide } from '../decide.ts'`],
    ['src/routing/calendars', `{ readTargets } from '../targets/read-targets.ts'`],
    ['src/routing/targets', `{ decide } from '../decide.ts'`],
    ['src/routing/silence', `{ decide } from '../decide.ts'`],
    ['src/routing/balance', `{ decide } from '../decide.ts'`],
    ['src/routing/waits', `{ decide } from '../decide.ts'`],
    ['src/routing/replay', `{ matchRules } from '../rules/match-rules.ts'`],
    ['src/routing/replay', `{ listAgents } from '../../store/agents.ts'`],
    ['src/routing/plans', `{ decide } from '../decide.ts'`],
    ['src/routing/plans', `{ Temporal } from 'temporal-polyfill'`],
    ['src/routing/targets', `{ Temporal } from 'temporal-polyfill'`],
    ['src/routing/rules', `{ listAgents } from '../../store/agents.ts'`],
    ['src/routing/rules', `{ decide } from '../decide.ts'`],
    ['src/simulation', `{ listAgents } from '../store/agents.ts'`],
    ['src/simulation/peers', `{ listAgents } from '../../store/agents.ts'`],
    ['src/simulation/peers', `{ runScenario } from '../run-scenario.ts'`],
    ['src/staffing', `{ listAgents } from '../store/agents.ts'`],
    ['src/staffing', `{ Temporal } from 'temporal-polyfill'`],
    ['src/simulation', `{ forecast } from '../staffing/forecast.ts'`],
    ['src/config', `{ decide } from '../routing/decide.ts'`],
    ['src/store', `{ qiscus } from '../config/qiscus.ts'`],
    ['src/contract', `{ decide } from '../routing/decide.ts'`],
    ['src/access', `{ query } from '../store/sql.ts'`],
    ['src/store', `{ decide } from '../routing/decide.ts'`],
    ['src/desk', `{ sendDeliveries } from '../delivery/send-deliveries.ts'`],
    ['src/delivery', `{ openConversation } from '../desk/open-conversation.ts'`],
    ['src/desk', `{ openGuardedOutbound } from '../outbound/open-guarded-outbound.ts'`],
    [
      'src/delivery/gitple',
      `{ openGuardedOutbound } from '../../outbound/open-guarded-outbound.ts'`,
    ],
    ['src/channels/qiscus', `{ writeCloseRoom } from '../rapidpro/write.ts'`],
    ['src/channels/qiscus', `{ readPayload } from '../../mqtt/topics.ts'`],
    ['src/lab', `{ query } from '../store/sql.ts'`],
    ['src/lab', `{ decide } from '../routing/decide.ts'`],
    ['src/torture', `{ query } from '../store/sql.ts'`],
    ['src/torture', `{ startUsher } from '../main.ts'`],
    ['src/torture/strikes', `{ decide } from '../../routing/decide.ts'`],
    ['src/torture/checks', `{ readKept } from '../read-kept.ts'`],
    ['src/torture/checks', `{ readFile } from 'node:fs/promises'`],
    ['src/lab', `{ openNode } from '../torture/open-node.ts'`],
    ['src/simulation', `{ openLab } from '../lab/open-lab.ts'`],
    ['src/http', `{ openConnectors } from '../channels/open-connectors.ts'`],
    ['src/delivery', `{ carryToQiscus } from '../channels/qiscus/carry-to-qiscus.ts'`],
    ['src/desk', `{ openConnectors } from '../channels/open-connectors.ts'`],
    ['src/mqtt', `{ webChatRoutes } from '../channels/webchat/webchat.ts'`],
    ['src/outbound', `{ listAgents } from '../store/agents.ts'`],
    ['src/outbound', `{ readConfig } from '../config.ts'`],
    ['src/store', `{ startUsher } from '../main.ts'`],
    ['src/addresses', `{ openGuardedOutbound } from '../outbound/open-guarded-outbound.ts'`],
    ['src/loops', `{ query } from '../store/sql.ts'`],
    ['src/program', `{ readConfig } from '../config.ts'`],
    ['src/embedded-postgres', `{ openPool } from '../store/pool.ts'`],
    ['src/housekeeping', `{ sendDeliveries } from '../delivery/send-deliveries.ts'`],
    ['src/housekeeping', `{ readConfig } from '../config.ts'`],
    ['src/sign-in', `{ buildServer } from '../http/server.ts'`],
    [
      'src/backup',
      `{ startEmbeddedPostgres } from '../embedded-postgres/start-embedded-postgres.ts'`,
    ],
    ['src/other-desks', `{ query } from '../store/sql.ts'`],
    ['src/other-desks/chatwoot', `{ makeLibredesk } from '../libredesk/make-libredesk.ts'`],
    ['src/other-desks/libredesk', `{ commit } from '../../desk/commit.ts'`],
    ['src/statistics', `{ buildServer } from '../http/server.ts'`],
    ['src/push', `{ buildServer } from '../http/server.ts'`],
    ['src/housekeeping', `{ startPushing } from '../push/start-pushing.ts'`],
    ['src/assistance', `{ listAgents } from '../store/agents.ts'`],
    ['src/telemetry', `{ startMessaging } from '../startup/start-messaging.ts'`],
    ['src/telemetry', `{ buildServer } from '../http/server.ts'`],
    ['src/routing', `{ currentTrace } from '../trace.ts'`],
    ['src/contract', `{ currentTrace } from '../trace.ts'`],
    ['src/desk', `{ pollChannels } from '../housekeeping/poll-channels.ts'`],
    ['src/http', `{ sendDeliveries } from '../delivery/send-deliveries.ts'`],
    ['src/delivery/gitple', `{ query } from '../../store/sql.ts'`],
    ['apps/rocketchat-tickets/src', `{ query } from '../../../src/store/sql.ts'`],
    ['apps/rocketchat-tickets/src', `{ readFile } from 'node:fs/promises'`],
    ['packages/client/src', `{ query } from '../../../src/store/sql.ts'`],
    ['packages/client/src', `{ readFile } from 'node:fs/promises'`],
    ['browser', `{ query } from '../src/store/sql.ts'`],
    ['browser', `{ render } from '../widget/chat/main.tsx'`],
    ['browser', `{ readFile } from 'node:fs/promises'`],
    ['browser', `{ h } from 'preact'`],
    ['widget/chat', `{ query } from '../../src/store/sql.ts'`],
    ['widget/chat', `{ startRapidPro } from '../../test/makers/start-rapidpro.ts'`],
    ['widget/chat', `{ readFile } from 'node:fs/promises'`],
    ['widget/chat', `{ pages } from '../../web/pages.ts'`],
    ['web', `{ pages } from '../widget/chat/main.tsx'`],
    ['reference', `{ pages } from '../web/pages.ts'`],
    ['reference', `{ query } from '../src/store/sql.ts'`],
    ['web', `{ listAgents } from '../src/store/agents.ts'`],
    ['web/ui', `{ UnsavedGuard } from '../forms/unsaved-guard.tsx'`],
    ['web/ui', `{ conversationQuery } from '../api/queries.ts'`],
    ['web/api', `{ useLive } from '../live/live-provider.tsx'`],
    ['web/live', `{ ErrorNote } from '../components/answers/error-note.tsx'`],
    ['web/components/answers', `{ useSession } from '../session/use-session.ts'`],
    ['web/components/session', `{ callContact } from '../naming/call-contact.ts'`],
    ['web/components/outbox', `{ useVerbs } from '../verbs/use-verbs.ts'`],
    ['web/forms', `{ useVerbs } from '../components/verbs/use-verbs.ts'`],
    ['web/components/verbs', `{ Thread } from '../thread/thread.tsx'`],
    ['web/components/inbox', `{ Thread } from '../thread/thread.tsx'`],
    ['web/components/panel', `* as seen from '../../pages/conversation.tsx'`],
    ['web/components/panel', `{ query } from '../../../src/store/sql.ts'`],
    [
      'web/components/plans',
      `{ compileCalendar } from '../../../src/routing/calendars/compile-calendar.ts'`,
    ],
    ['web/components/calendars', `{ decide } from '../../../src/routing/decide.ts'`],
    ['web/components/calendars', `{ Thread } from '../thread/thread.tsx'`],
    ['web/components/panel', `{ readFile } from 'node:fs/promises'`],
    ['web/pages', `* as seen from './conversation.tsx'`],
    ['web/pages/settings', `* as seen from '../welcome.tsx'`],
    ['web/pages/settings', `{ query } from '../../../src/store/sql.ts'`],
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
    ['web/pages/settings', `{ CardForm } from '../../forms/card-form.tsx'`],
    ['web/components/inbox', `{ useVerbs } from '../verbs/use-verbs.ts'`],
    ['web/components/inbox', `{ CardForm } from '../../forms/card-form.tsx'`],
    [
      'web/components/calendars',
      `{ compileCalendar } from '../../../src/routing/calendars/compile-calendar.ts'`,
    ],
    ['web/components/inbox', `type { Message } from '../../../src/contract/conversation.ts'`],
    ['web/components/verbs', `{ CardForm } from '../../forms/card-form.tsx'`],
    ['web/forms', `{ useSave } from '../components/answers/use-save.ts'`],
    ['web/components/outbox', `{ partOf } from '../on-demand/on-demand.tsx'`],
    ['web/live', `{ conversationQuery } from '../api/queries.ts'`],
    ['web/ui', `{ serverNow } from '../../browser/server-clock.ts'`],
    ['src/desk', `* as seen from '../addresses/check-url.ts'`],
    ['src/routing/policy', `{ checkRules } from '../rules/check-rules.ts'`],
    ['src/routing/policy', `{ Value } from 'typebox/value'`],
    ['src/routing/calendars', `type { Instant } from '../types.ts'`],
    ['src/routing/calendars', `{ Temporal } from 'temporal-polyfill'`],
    ['src/routing/silence', `{ hearTalk } from '../targets/hear-talk.ts'`],
    ['src/routing/targets', `type { Hours } from '../calendars/compile-calendar.ts'`],
    ['src/routing/plans', `{ compileCalendar } from '../calendars/compile-calendar.ts'`],
    ['src/routing/plans', `{ matchRules } from '../rules/match-rules.ts'`],
    ['src/routing/balance', `{ screen } from '../screen.ts'`],
    ['src/routing/replay', `{ decide } from '../decide.ts'`],
    ['src/desk', `* as seen from '../routing/rules/match-rules.ts'`],
    ['src/staffing', `{ runScenario } from '../simulation/run-scenario.ts'`],
    ['src/torture', `{ locateCluster } from '../embedded-postgres/locate-cluster.ts'`],
    ['src/torture/checks', `type { Acts } from '../record.ts'`],
    ['src/staffing', `{ compileCalendar } from '../routing/calendars/compile-calendar.ts'`],
    ['src/routing/rules', `type { Rule } from '../../contract/policy/rule.ts'`],
    ['src/housekeeping', `* as seen from '../desk/end-leases.ts'`],
    ['src/sign-in', `* as seen from '../outbound/make-fetch.ts'`],
    ['src/delivery', `* as seen from '../outbound/open-guarded-outbound.ts'`],
    ['src/channels/qiscus', `type { Connector } from '../connector.ts'`],
    ['src/channels/qiscus', `* as seen from '../../delivery/carrier.ts'`],
    ['src/channels/qiscus', `* as seen from '../../http/channel-face.ts'`],
    ['src/mqtt', `* as seen from '../channels/webchat/write.ts'`],
    ['src/http', `* as seen from '../outbound/open-guarded-outbound.ts'`],
  ] as const) {
    const path = seed({ folder: room, text: imports(what) });
    test(`a file of ${room}: ${what}`, () => expect(complaints.get(path)).not.toContain(WALL));
  }
});

for (const room of ['http', 'delivery', 'channels', 'housekeeping', 'push', 'sign-in']) {
  const text = imports(`{ withTx } from '../store/tx.ts'`);
  refuses(`only desk opens transactions: ${room} may not`, { folder: `src/${room}`, text });
}

const node = imports(`{ readFile } from 'node:fs/promises'`);
for (const room of [
  'contract',
  'access',
  'routing',
  'routing/calendars',
  'routing/policy',
  'routing/targets',
  'routing/silence',
  'routing/balance',
  'routing/waits',
  'routing/replay',
  'staffing',
]) {
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

test('every room of web/components has a rule of its own in the ladder', async () => {
  const rules = await readFile('biome.json', 'utf8');
  const ruled = [...rules.matchAll(/"web\/components\/\{?([a-z,-]+)\}?\/\*\*"/g)].flatMap(
    ([, rooms = '']) => rooms.split(','),
  );
  expect(ruled.sort()).toEqual((await readdir('web/components')).sort());
});
