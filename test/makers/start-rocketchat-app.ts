// An emulated Rocket.Chat with our Tickets app in its own engine, called as RapidPro calls.
import { onTestFinished } from 'vitest';
import { type Engine, startEngine } from '../../sandbox/rocketchat/engine/start-engine.ts';
import type { RocketChatOptions } from '../../sandbox/rocketchat/start-rocketchat.ts';
import type { Message, Room, Visitor } from '../../sandbox/rocketchat/state.ts';
import {
  startTestRocketChat,
  type TestRocketChat,
} from '../../sandbox/rocketchat/test-rocketchat.ts';
import { type Packed, packRocketChatApp } from '../../scripts/pack-rocketchat-app.ts';
import { type CallOptions, type RawAnswer, sendRaw } from './start-rapidpro.ts';

export const APP_SECRET = '123456789';

export interface AppServer {
  rocketchat: TestRocketChat;
  engine: Engine;
  appId: string;
  /** Below /api/apps/public/<id>. */
  baseUrl: string;
  call(method: string, path: string, options?: CallOptions): Promise<RawAnswer>;
  set(settings: Record<string, unknown>): Promise<void>;
  /** What stands in a room, lines of the system left out. */
  messages(roomId: string): Message[];
  room(roomId: string): Room;
  visitor(roomId: string): Visitor;
  rooms(): Room[];
}

let packed: Promise<Packed> | null = null;

/** Once for a file of tests. */
export function packOnce(): Promise<Packed> {
  packed ??= packRocketChatApp();
  return packed;
}

/** Installed from its package, with the secret set, unless told otherwise. */
export async function startRocketChatApp({
  settings = { app_secret: APP_SECRET },
  ...options
}: RocketChatOptions & {
  agents?: string[];
  /** Of the app. */
  settings?: Record<string, unknown>;
  /** Of the server. */
  server?: RocketChatOptions['settings'];
} = {}): Promise<AppServer> {
  const { server, ...rest } = options;
  const rocketchat = await startTestRocketChat({
    ...rest,
    ...(server === undefined ? {} : { settings: server }),
  });
  const engine = await startEngine(rocketchat);
  onTestFinished(() => engine.stop());
  const appId = await engine.install((await packOnce()).zip);
  const { state } = rocketchat.world;
  const baseUrl = `${rocketchat.url}/api/apps/public/${appId}`;
  const room = (id: string): Room => {
    const found = state.rooms.get(id);
    if (found === undefined) throw new Error(`There is no room ${id}.`);
    return found;
  };
  const app: AppServer = {
    ...{ rocketchat, engine, appId, baseUrl, room },
    call: (method, path, { authorization = `Token ${APP_SECRET}`, ...given } = {}) =>
      sendRaw(`${baseUrl}${path}`, { method, authorization, ...given }),
    async set(values) {
      for (const [id, value] of Object.entries(values)) await engine.setSetting(appId, id, value);
    },
    messages: (id) => (state.messagesByRoom.get(id) ?? []).filter(({ t }) => t === undefined),
    visitor(id) {
      const visitor = state.visitors.get(room(id).v._id);
      if (visitor === undefined) throw new Error(`The room ${id} has no visitor.`);
      return visitor;
    },
    rooms: () => [...state.rooms.values()],
  };
  await app.set(settings);
  return app;
}
