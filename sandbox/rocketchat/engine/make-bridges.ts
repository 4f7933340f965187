// All the bridges that the engine asks for, over one world. Once the engine is stopped they answer
// nothing more: what is left of the process cannot change the world.
import { generateKeyPairSync } from 'node:crypto';
import { ApiBridge } from '@rocket.chat/apps-engine/server/bridges/ApiBridge.js';
import { AppActivationBridge } from '@rocket.chat/apps-engine/server/bridges/AppActivationBridge.js';
import { AppBridges } from '@rocket.chat/apps-engine/server/bridges/AppBridges.js';
import { AppDetailChangesBridge } from '@rocket.chat/apps-engine/server/bridges/AppDetailChangesBridge.js';
import type { AppApi } from '@rocket.chat/apps-engine/server/managers/AppApi.js';
import type { World } from '../world.ts';
import {
  AppMessages,
  AppRooms,
  AppServerSettings,
  AppUploads,
  AppUsers,
  type DeskFault,
} from './desk-bridges.ts';
import { AppHttp } from './http-bridge.ts';
import type { Kept } from './kept.ts';
import { AppLivechat } from './livechat-bridge.ts';
import { AppPersistence, type StorageFault } from './persistence-bridge.ts';
import { AppScheduler } from './scheduler-bridge.ts';

export interface BridgeMeans {
  world: World;
  kept: Kept;
  storage: StorageFault;
  desk: DeskFault;
  stopped: AbortSignal;
  track: (run: Promise<void>) => void;
}

export interface Bridges {
  bridges: AppBridges;
  scheduler: AppScheduler;
  /** Paths of an app's endpoints, by its id. */
  paths: Map<string, Set<string>>;
}

export function makeBridges(means: BridgeMeans): Bridges {
  const { world, kept, storage, desk, stopped, track } = means;
  const paths = new Map<string, Set<string>>();
  const scheduler = new AppScheduler(world, kept, track);
  const made: Record<string, object> = {
    getApiBridge: new Apis(paths),
    getAppActivationBridge: new Activation(),
    getAppDetailChangesBridge: new DetailChanges(),
    getHttpBridge: new AppHttp(stopped),
    getLivechatBridge: new AppLivechat(world, desk),
    getMessageBridge: new AppMessages(world),
    getPersistenceBridge: new AppPersistence(kept, storage),
    getRoomBridge: new AppRooms(world, desk),
    getServerSettingBridge: new AppServerSettings(world),
    getUploadBridge: new AppUploads(world),
    getUserBridge: new AppUsers(world),
    getSchedulerBridge: scheduler,
    getInternalFederationBridge: keys,
  };
  const bridges = Object.create(AppBridges.prototype) as Record<string, () => object>;
  for (const name of BRIDGES) {
    const bridge = guard(made[name] ?? {}, stopped);
    bridges[name] = () => bridge;
  }
  return { bridges: bridges as unknown as AppBridges, scheduler, paths };
}

// Those without an emulation are empty: an app that uses one fails there.
const BRIDGES = [
  ...['getCommandBridge', 'getApiBridge', 'getAppDetailChangesBridge', 'getHttpBridge'],
  ...['getEnvironmentalVariableBridge', 'getListenerBridge', 'getLivechatBridge'],
  ...['getMessageBridge', 'getPersistenceBridge', 'getAppActivationBridge', 'getRoomBridge'],
  ...['getInternalBridge', 'getInternalFederationBridge', 'getServerSettingBridge'],
  ...['getUploadBridge', 'getUserBridge', 'getUiInteractionBridge', 'getSchedulerBridge'],
  ...['getCloudWorkspaceBridge', 'getVideoConferenceBridge', 'getOAuthAppsBridge'],
];

function guard(bridge: object, stopped: AbortSignal): object {
  return new Proxy(bridge, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== 'function') return found;
      return (...args: unknown[]) => {
        if (stopped.aborted) throw new Error('The engine has been stopped.');
        const result: unknown = found.apply(target, args);
        return result instanceof Promise ? result.then((value) => whileRunning(value)) : result;
      };
    },
  });
  // What was done is done, but a process that ended meanwhile does not hear of it.
  function whileRunning<T>(value: T): T {
    if (stopped.aborted) throw new Error('The engine has been stopped.');
    return value;
  }
}

class Apis extends ApiBridge {
  private readonly paths: Map<string, Set<string>>;

  constructor(paths: Map<string, Set<string>>) {
    super();
    this.paths = paths;
  }

  async registerApi({ endpoint }: AppApi, appId: string): Promise<void> {
    const known = this.paths.get(appId) ?? new Set();
    this.paths.set(appId, known.add(endpoint.path));
  }

  async unregisterApis(appId: string): Promise<void> {
    this.paths.delete(appId);
  }
}

class Activation extends AppActivationBridge {
  protected async appAdded(): Promise<void> {}
  protected async appUpdated(): Promise<void> {}
  protected async appRemoved(): Promise<void> {}
  protected async appStatusChanged(): Promise<void> {}
  protected async actionsChanged(): Promise<void> {}
}

class DetailChanges extends AppDetailChangesBridge {
  protected onAppSettingsChange(): void {}
}

const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const keys = {
  getPrivateKey: async () => pair.privateKey,
  getPublicKey: async () => pair.publicKey,
};
