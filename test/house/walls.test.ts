// The walls of docs/architecture.md: each breach is seeded and must be refused by the linter.
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);

interface Report {
  diagnostics: { category: string }[];
}

/** Writes the files into the tree, lints them, removes them; answers the rules that complained. */
async function breach(files: Record<string, string>): Promise<string[]> {
  const paths = Object.keys(files);
  onTestFinished(async () => {
    for (const path of paths) await rm(path, { force: true });
  });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const biome = 'node_modules/@biomejs/biome/bin/biome';
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=50', ...paths];
  const { stdout } = await run(process.execPath, args).catch(
    (failed: { stdout: string }) => failed,
  );
  return (JSON.parse(stdout) as Report).diagnostics.map(({ category }) => category);
}

const wall = 'lint/style/noRestrictedImports';

test.each([
  ['routing', `import { listAgents } from '../store/agents.ts';`],
  ['contract', `import { decide } from '../routing/decide.ts';`],
  ['access', `import { query } from '../store/sql.ts';`],
  ['store', `import { decide } from '../routing/decide.ts';`],
  ['desk', `import { sendDeliveries } from '../delivery/send-deliveries.ts';`],
  ['delivery', `import { openConversation } from '../desk/open-conversation.ts';`],
  ['desk', `import { makeOutbound } from '../outbound/make-outbound.ts';`],
  ['connectors/qiscus', `import { makeOutbound } from '../../outbound/make-outbound.ts';`],
  ['outbound', `import { listAgents } from '../store/agents.ts';`],
  ['outbound', `import { readConfig } from '../config.ts';`],
  ['http', `import { sendDeliveries } from '../delivery/send-deliveries.ts';`],
  ['connectors/qiscus', `import { query } from '../../store/sql.ts';`],
])('a file of %s may not reach over the wall', async (room, line) => {
  const path = `src/${room}/seeded-breach-${room.replace('/', '-')}.ts`;
  expect(await breach({ [path]: `${line}\nexport const seeded = 1;\n` })).toContain(wall);
});

test.each([
  ['browser', `import { query } from '../src/store/sql.ts';`],
  ['browser', `import { render } from '../widget/chat/main.tsx';`],
  ['browser', `import { readFile } from 'node:fs/promises';`],
  ['browser', `import { h } from 'preact';`],
  ['widget/chat', `import { query } from '../../src/store/sql.ts';`],
  ['widget/chat', `import { startRapidPro } from '../../test/makers/start-rapidpro.ts';`],
  ['widget/chat', `import { readFile } from 'node:fs/promises';`],
  ['widget/chat', `import { pages } from '../../web/pages.ts';`],
  ['web', `import { pages } from '../widget/chat/main.tsx';`],
  ['web', `import { listAgents } from '../src/store/agents.ts';`],
])('browser code: a file of %s may not reach over the wall: %s', async (room, line) => {
  const path = `${room}/seeded-breach.ts`;
  expect(await breach({ [path]: `${line}\nexport const seeded = 1;\n` })).toContain(wall);
});

test.each([
  ['browser', `import type { Message } from '../src/contract/conversation.ts';`],
  ['widget', `import { connectMqtt } from '../browser/connect-mqtt.ts';`],
  ['widget/chat', `import { connectMqtt } from '../../browser/connect-mqtt.ts';`],
  ['web/pages', `import { connectMqtt } from '../../browser/connect-mqtt.ts';`],
  ['web', `import type { Message } from '../src/contract/conversation.ts';`],
])('browser code: %s may: %s', async (room, line) => {
  const path = `${room}/seeded-door.ts`;
  expect(await breach({ [path]: `${line}\nexport const seeded = 1;\n` })).not.toContain(wall);
});

test.each([
  ['desk', 'check-url'],
  ['desk', 'allowed-networks'],
  ['delivery', 'make-outbound'],
  ['http', 'make-outbound'],
])('%s may import %s of outbound', async (room, file) => {
  const line = `import * as seeded from '../outbound/${file}.ts';\nexport const again = seeded;\n`;
  expect(await breach({ [`src/${room}/seeded-door-${file}.ts`]: line })).not.toContain(wall);
});

test.each(['http', 'delivery'])('only desk opens transactions: %s may not', async (room) => {
  const line = `import { withTx } from '../store/tx.ts';\nexport const seeded = withTx;\n`;
  expect(await breach({ [`src/${room}/seeded-tx-${room}.ts`]: line })).toContain(wall);
});

test.each(['contract', 'access', 'routing'])('%s is pure: no node: module', async (room) => {
  const line = `import { readFile } from 'node:fs/promises';\nexport const seeded = readFile;\n`;
  expect(await breach({ [`src/${room}/seeded-node-${room}.ts`]: line })).toContain(wall);
});

test('a connector reads purely: no node: module in a read file', async () => {
  const line = `import { readFile } from 'node:fs/promises';\nexport const seeded = readFile;\n`;
  const path = 'src/connectors/qiscus/read-seeded.ts';
  expect(await breach({ [path]: line })).toContain(wall);
});

test('src never imports the sandbox', async () => {
  const line = `import { startQiscusEmulator } from '../../sandbox/qiscus/emulator.ts';\nexport const seeded = startQiscusEmulator;\n`;
  expect(await breach({ 'src/cli/seeded-sandbox.ts': line })).toContain(wall);
});

test('a circle of imports is refused', async () => {
  const rules = await breach({
    'src/desk/seeded-circle-a.ts': `import { b } from './seeded-circle-b.ts';\nexport const a = () => b;\n`,
    'src/desk/seeded-circle-b.ts': `import { a } from './seeded-circle-a.ts';\nexport const b = () => a;\n`,
  });
  expect(rules).toContain('lint/suspicious/noImportCycles');
});

test('a barrel is refused', async () => {
  const path = 'src/desk/seeded-barrel.ts';
  expect(await breach({ [path]: `export * from '../store/gather.ts';\n` })).toContain(
    'lint/performance/noBarrelFile',
  );
});

test('a floating promise is refused', async () => {
  const text = `export function seeded(): void {\n  Promise.resolve(1).then(() => 2);\n}\n`;
  expect(await breach({ 'src/desk/seeded-floating.ts': text })).toContain(
    'lint/nursery/noFloatingPromises',
  );
});
