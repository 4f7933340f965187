// The package of the Tickets app: what is in it, and that engines take it, the present one's way of
// loading apps included.
import { createRequire } from 'node:module';
import { AppPackageParser } from '@rocket.chat/apps-engine/server/compiler/AppPackageParser.js';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { startEngine } from '../sandbox/rocketchat/engine/start-engine.ts';
import { startTestRocketChat } from '../sandbox/rocketchat/test-rocketchat.ts';
import { packRocketChatApp } from './pack-rocketchat-app.ts';

const require = createRequire(import.meta.url);

test('the package has the declaration, the icon, the words and one file of code, and nothing else', async () => {
  const { zip, contents } = await packRocketChatApp();
  const files = unzipSync(zip);
  expect(Object.keys(files)).toEqual(contents);
  expect(contents).toEqual([
    'TicketsApp.js',
    'app.json',
    'i18n/en.json',
    'i18n/id.json',
    'i18n/ko.json',
    'i18n/pt-BR.json',
    'icon.png',
  ]);
  expect(zip.length).toBeLessThan(100_000);
  expect([...(files['icon.png'] ?? [])].slice(1, 4)).toEqual([...Buffer.from('PNG')]);
});

test('the same sources give the same bytes', async () => {
  const [one, other] = await Promise.all([packRocketChatApp(), packRocketChatApp()]);
  expect(one.zip.equals(other.zip)).toBe(true);
});

test('its code asks for nothing but the engine’s definitions and crypto, which every engine gives', async () => {
  const { zip } = await packRocketChatApp();
  const code = Buffer.from(unzipSync(zip)['TicketsApp.js'] ?? []).toString();
  const asked = [...code.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name ?? '');
  const foreign = asked.filter((name) => !name.startsWith('@rocket.chat/apps-engine/definition/'));
  expect([...new Set(foreign)]).toEqual(['crypto']);
  expect(code).not.toMatch(/\b(process|globalThis|setTimeout|new URL|TextEncoder)\b/);
});

test('it loads where an app gets `require`, `exports`, `module` and `Buffer` and nothing more, as in servers from 6.11 on', async () => {
  const { zip, app } = await packRocketChatApp();
  const code = Buffer.from(unzipSync(zip)['TicketsApp.js'] ?? []).toString();
  const module = { exports: {} as Record<string, unknown> };
  const names = ['exports', 'module', 'require', 'Buffer', 'globalThis', 'process'];
  const load = new Function(...names, code) as (...given: unknown[]) => void;
  load(module.exports, module, require, Buffer, undefined, undefined);
  const [appClass] = Object.values(module.exports) as (new (...given: unknown[]) => object)[];
  const log = { debug: () => {} };
  const made = new (appClass ?? Object)(app, log, {}) as { getID(): string; getName(): string };
  expect([made.getID(), made.getName()]).toEqual([app.id, 'Tickets']);
});

test('every word of its settings is there in every language', async () => {
  const { zip } = await packRocketChatApp();
  const { languageContent, implemented, info } = await new AppPackageParser().unpackageApp(zip);
  const { en, ...others } = languageContent as Record<string, object>;
  for (const [language, words] of Object.entries(others)) {
    expect([language, Object.keys(words)]).toEqual([language, Object.keys(en ?? {})]);
  }
  const wanted = Object.entries(implemented.getValues()).filter(([, isThere]) => isThere);
  expect(wanted.map(([name]) => name).toSorted()).toEqual([...info.implements].toSorted());
});

test('the engine installs it from the zip, an update keeps its settings, and uninstalled it leaves no job', async () => {
  const rocketchat = await startTestRocketChat();
  const engine = await startEngine(rocketchat);
  try {
    const { zip, app } = await packRocketChatApp();
    expect(await engine.install(zip)).toBe(app.id);
    expect(engine.status(app.id)).toBe('auto_enabled');
    await engine.setSetting(app.id, 'app_secret', 'kept');
    expect(await engine.install(zip)).toBe(app.id);
    expect(engine.settings(app.id).app_secret?.value).toBe('kept');
    await engine.uninstall(app.id);
    expect(engine.status(app.id)).toBeNull();
    expect([...engine.kept.jobs.values()]).toEqual([]);
  } finally {
    engine.stop();
  }
});
