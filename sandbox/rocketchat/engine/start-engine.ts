// Rocket.Chat's own engine of apps (`AppManager` of @rocket.chat/apps-engine) inside the emulated
// server. It may be restarted at any moment, as by the end of the process: records, jobs, packages
// and settings stay, everything under way is lost.
import type { IApiRequest } from '@rocket.chat/apps-engine/definition/api/index.js';
import { AppManager } from '@rocket.chat/apps-engine/server/AppManager.js';
import { AppsEngineVM2Runtime } from '@rocket.chat/apps-engine/server/runtime/AppsEngineVM2Runtime.js';
import type { AppAnswer, AppRequest } from '../serve-apps.ts';
import type { RocketChat } from '../start-rocketchat.ts';
import type { World } from '../world.ts';
import type { DeskFault } from './desk-bridges.ts';
import { feedHooks } from './feed-hooks.ts';
import { type Kept, makeKept } from './kept.ts';
import { makeBridges } from './make-bridges.ts';
import type { StorageFault } from './persistence-bridge.ts';
import { readApiRequest } from './read-api-request.ts';
import { type LogLine, LogStorage, MetadataStorage, SourceStorage } from './storages.ts';

export interface Engine {
  /** Installs or updates an app from its package and answers its id; throws what the admin would read. */
  install(zip: Buffer): Promise<string>;
  uninstall(appId: string): Promise<void>;
  setSetting(appId: string, settingId: string, value: unknown): Promise<void>;
  /** As stored, with what the app declared. */
  settings(appId: string): Record<string, { value?: unknown; packageValue: unknown }>;
  status(appId: string): string | null;
  /** The process ends: nothing under way goes on. */
  stop(): void;
  /** It begins again, with what it had kept. */
  start(): Promise<void>;
  /** Both. */
  restart(): Promise<void>;
  /** Records cannot be read or written, or a test looks on. */
  storage: StorageFault;
  desk: DeskFault;
  /** What apps logged since the last start. */
  log(): readonly LogLine[];
  /** No hook and no job is under way. */
  idle(): Promise<void>;
  /** For tests that look at what is left. */
  readonly kept: Kept;
}

interface Running {
  manager: AppManager;
  log: LogStorage;
  paths: Map<string, Set<string>>;
  end(): void;
}

export async function startEngine(rocketchat: RocketChat): Promise<Engine> {
  const { world } = rocketchat;
  const kept = makeKept();
  const storage: StorageFault = { isDown: false, onChange: () => undefined };
  const desk: DeskFault = { brokenRooms: new Set(), refuses: () => false };
  const runs = new Set<Promise<void>>();
  const track = (run: Promise<void>): void => {
    const watched: Promise<void> = run.catch(() => undefined).finally(() => runs.delete(watched));
    runs.add(watched);
  };
  let running: Running | null = await run({ world, kept, storage, desk, track });
  rocketchat.apps.answer = (request) => answer(running, request);
  const needed = (): Running => {
    if (running === null) throw new Error('The engine is stopped.');
    return running;
  };
  rocketchat.apps.manage = {
    async install(zip) {
      const id = await install(needed().manager, zip);
      return { ...needed().manager.getOneById(id)?.getInfo() };
    },
    async changeSettings(appId, settings) {
      const { manager } = needed();
      if (manager.getOneById(appId) === undefined) return null;
      const known = settings.filter(({ id }) => Object.hasOwn(settingsOf(manager, appId), id));
      for (const { id, value } of known) await changeSetting(manager, { appId, id, value });
      return known;
    },
    status: (appId) => needed().manager.getOneById(appId)?.getStatus() ?? null,
  };
  const stop = (): void => {
    running?.end();
    running = null;
  };
  const start = async (): Promise<void> => {
    running ??= await run({ world, kept, storage, desk, track });
  };
  return {
    ...{ kept, storage, desk, stop, start },
    install: (zip) => install(needed().manager, zip),
    async uninstall(appId) {
      await needed().manager.remove(appId, { user: {} as never });
    },
    setSetting: (appId, id, value) => changeSetting(needed().manager, { appId, id, value }),
    settings: (appId) => settingsOf(needed().manager, appId),
    status: (appId) => needed().manager.getOneById(appId)?.getStatus() ?? null,
    async restart() {
      stop();
      await start();
    },
    log: () => running?.log.lines ?? [],
    async idle() {
      while (runs.size > 0) await Promise.all(runs);
    },
  };
}

async function run(means: {
  world: World;
  kept: Kept;
  storage: StorageFault;
  desk: DeskFault;
  track: (run: Promise<void>) => void;
}): Promise<Running> {
  const { world, kept, track } = means;
  const ending = new AbortController();
  const { bridges, scheduler, paths } = makeBridges({ ...means, stopped: ending.signal });
  const log = new LogStorage();
  // The engine insists on being alone in its process; a test may have several servers in one.
  AppManager.Instance = undefined as never;
  const manager = new AppManager({
    metadataStorage: new MetadataStorage(kept),
    logStorage: log,
    bridges,
    sourceStorage: new SourceStorage(kept),
  });
  setTime(world);
  await manager.load();
  await manager.enableAll();
  const endHooks = feedHooks(world, manager, track);
  return {
    ...{ manager, log, paths },
    end() {
      ending.abort();
      endHooks();
      scheduler.stop();
    },
  };
}

/** Apps compiled from here on see the world's time. */
function setTime(world: World): void {
  const now = () => world.clock.now();
  class WorldDate extends Date {
    constructor(...given: [] | [number | string | Date]) {
      super(given.length === 0 ? now() : (given[0] as number));
    }
    static override now(): number {
      return now();
    }
  }
  const runtime = AppsEngineVM2Runtime as unknown as {
    defaultNodeVMOptions: { sandbox: Record<string, unknown> };
  };
  runtime.defaultNodeVMOptions.sandbox.Date = WorldDate;
}

function settingsOf(manager: AppManager, appId: string): ReturnType<Engine['settings']> {
  return manager.getSettingsManager().getAppSettings(appId);
}

async function changeSetting(
  manager: AppManager,
  { appId, id, value }: { appId: string; id: string; value: unknown },
): Promise<void> {
  const settings = manager.getSettingsManager();
  await settings.updateAppSetting(appId, { ...settings.getAppSetting(appId, id), value });
}

async function install(manager: AppManager, zip: Buffer): Promise<string> {
  const { info } = await manager.getParser().unpackageApp(zip);
  const permissionsGranted = info.permissions;
  const isKnown = manager.getOneById(info.id) !== undefined;
  const done = isKnown
    ? await manager.update(zip, permissionsGranted)
    : await manager.add(zip, { enable: true, permissionsGranted, user: {} as never });
  const trouble = done.hasStorageError() || done.hasAppUserError();
  if (trouble) throw new Error('The app could not be stored.');
  const status = manager.getOneById(info.id)?.getStatus();
  if (!status?.endsWith('enabled')) throw new Error(`The app is ${status ?? 'missing'}.`);
  return info.id;
}

async function answer(running: Running | null, request: AppRequest): Promise<AppAnswer> {
  const known = running?.paths.get(request.appId);
  const asked = request.path.replace(/^\/|\/$/g, '').toLowerCase();
  const path = [...(known ?? [])].find((one) => one.toLowerCase() === asked);
  if (running === null) return { status: 503, body: 'Starting' };
  if (path === undefined || request.visibility !== 'public') {
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' };
  }
  const read = readApiRequest(request);
  if (!read.ok) return read.answer;
  try {
    const api = running.manager.getApiManager();
    const answered = await api.executeApi(request.appId, path, {
      method: request.method.toLowerCase(),
      headers: request.headers,
      query: request.query,
      params: {},
      content: read.content,
    } as unknown as IApiRequest);
    const { status, headers = {}, content } = answered;
    return { status, headers: { ...headers }, body: content };
  } catch (error) {
    return {
      status: 500,
      headers: { 'content-type': 'text/html' },
      body: (error as Error).message,
    };
  }
}
