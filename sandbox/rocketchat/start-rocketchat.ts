// Starts an emulated Rocket.Chat and hands out what a test or a demo steers and watches it by.
import type { FastifyInstance } from 'fastify';
import { type Faults, makeFaults } from './faults.ts';
import { type Clock, makeClock } from './make-clock.ts';
import { makeListeners } from './make-listeners.ts';
import { makePeople, type People } from './make-people.ts';
import { makeRateLimits } from './rate-limits.ts';
import type { AppsDoor } from './serve-apps.ts';
import { createServer, type RecordedRequest } from './server.ts';
import { makeSettings, type SettingValues } from './settings.ts';
import { type RecordedWebhook, startWebhooks } from './start-webhooks.ts';
import { type CustomField, type Department, makeState, type User } from './state.ts';
import { addDepartment, type NewDepartment } from './verbs/add-department.ts';
import { type Account, addUser, type NewUser } from './verbs/add-user.ts';
import type { World } from './world.ts';

export interface RocketChatOptions {
  /** Default: any free one. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Over Rocket.Chat's own defaults: the limiter is on, the webhook off. */
  settings?: Partial<SettingValues>;
  /** Draws chances; answers from 0 up to 1. */
  random?: () => number;
}

export interface Credentials {
  userId: string;
  authToken: string;
}

export interface RocketChat {
  readonly url: string;
  readonly world: World;
  readonly people: People;
  readonly faults: Faults;
  readonly clock: Clock;
  /** Calls received, in order. */
  readonly requests: RecordedRequest[];
  /** Attempts to send a webhook, in order. */
  readonly webhooks: RecordedWebhook[];
  /** May everything, and is bound by no limiter. */
  readonly admin: Credentials;
  /** A bridge's own user: roles livechat-agent and livechat-manager, not available, bound by the limiter. */
  readonly bot: Credentials & { username: string };
  addAgent(agent: NewUser): Account;
  addDepartment(department: NewDepartment): Department;
  addCustomField(field: Pick<CustomField, '_id'> & Partial<CustomField>): CustomField;
  /** All who serve are switched to not-available; answers how to undo it. */
  nobodyOnline(): () => void;
  /** No webhook is under way; those that wait for a retry are not counted. */
  idle(): Promise<void>;
  /** Webhooks that wait for their next attempt. */
  waitingWebhooks(): number;
  /** Cuts all connections and listens no more. */
  goDown(): Promise<void>;
  /** On the same port. */
  comeBack(): Promise<void>;
  /** Goes down and comes back; webhooks that waited for a retry are lost. */
  restart(): Promise<void>;
  /** Where an engine of apps hangs its door. */
  readonly apps: AppsDoor;
  stop(): Promise<void>;
}

export async function startRocketChat(options: RocketChatOptions = {}): Promise<RocketChat> {
  const { host = '127.0.0.1' } = options;
  const world = makeWorld(options);
  const faults = makeFaults(options.random ?? Math.random);
  const webhooks = startWebhooks(world, faults);
  const requests: RecordedRequest[] = [];
  const apps: AppsDoor = { answer: null, manage: null };
  const deps = { world, faults, limits: makeRateLimits(world), requests, apps };
  const door = makeDoor(() => createServer(deps), host);
  const port = await door.begin(options.port ?? 0);
  const url = `http://${host}:${port}`;
  if (world.settings.Site_Url === '') world.settings.Site_Url = url;
  const admin = addUser(world, { username: 'rocket.admin', roles: ['admin'] });
  const bot = addBot(world);
  return {
    ...{ url, world, faults, requests, apps },
    people: makePeople(world),
    clock: world.clock,
    webhooks: webhooks.recorded,
    admin: { userId: admin.user._id, authToken: admin.authToken },
    bot: { userId: bot.user._id, authToken: bot.authToken, username: bot.user.username },
    ...making(world),
    idle: webhooks.idle,
    waitingWebhooks: webhooks.waiting,
    goDown: door.end,
    comeBack: async () => void (await door.begin(port)),
    async restart() {
      await door.end();
      webhooks.forget();
      await door.begin(port);
    },
    async stop() {
      world.clock.forget();
      await Promise.all([webhooks.stop(), door.end()]);
    },
  };
}

function makeWorld({ settings }: RocketChatOptions): World {
  return {
    state: makeState(),
    settings: makeSettings(settings),
    clock: makeClock(),
    listeners: makeListeners(),
  };
}

function addBot(world: World): Account {
  return addUser(world, {
    username: 'usher.bot',
    name: 'Usher',
    roles: ['livechat-agent', 'livechat-manager'],
    statusLivechat: 'not-available',
  });
}

function making(world: World) {
  return {
    addAgent: (agent: NewUser) => addUser(world, agent),
    addDepartment: (department: NewDepartment) => addDepartment(world, department),
    addCustomField(field: Pick<CustomField, '_id'> & Partial<CustomField>): CustomField {
      const made: CustomField = {
        label: field._id,
        scope: 'visitor',
        visibility: 'visible',
        regexp: '',
        ...field,
      };
      world.state.customFields.set(made._id, made);
      return made;
    },
    nobodyOnline(): () => void {
      const gone: User[] = [...world.state.users.values()].filter(
        ({ statusLivechat }) => statusLivechat === 'available',
      );
      for (const user of gone) user.statusLivechat = 'not-available';
      return () => {
        for (const user of gone) user.statusLivechat = 'available';
      };
    },
  };
}

/** Listens and stops listening on one port, with a new server each time. */
function makeDoor(create: () => Promise<FastifyInstance>, host: string) {
  let server: FastifyInstance | null = null;
  return {
    async begin(port: number): Promise<number> {
      if (server !== null) return port;
      server = await create();
      const address = await server.listen({ port, host });
      return Number(new URL(address).port);
    },
    async end(): Promise<void> {
      const closing = server;
      server = null;
      await closing?.close();
    },
  };
}
