// Starts an emulated Qiscus Omnichannel, with what a test or a demo needs to steer and watch it.
import { makeHooks, type RecordedHook } from './hooks.ts';
import { makeRandom } from './random.ts';
import { resolveRoom } from './resolve-room.ts';
import {
  type AgentChange,
  addAgent,
  findAgent,
  type NewAgent,
  removeAgent,
  updateAgent,
} from './roster.ts';
import { runWhileOn } from './run-while-on.ts';
import { createServer, type RecordedCall } from './server.ts';
import { type Assignment, makeState, type Room, type State } from './state.ts';
import { makeSwitches, type Switches } from './switches.ts';
import { type CustomerMessage, takeMessage } from './take-message.ts';
import { emptyByHand, flapOneAgent, meddleInDashboard, takeByHand } from './unrest.ts';
import { type EmulatedAgent, type EmulatedRoom, viewAgent, viewRoom } from './views.ts';
import type { World } from './world.ts';

export interface EmulatorOptions {
  /** Default: any free one. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The same seed draws the same disturbances, provided that calls come in the same order. */
  seed?: number;
  switches?: Partial<Switches>;
}

export interface QiscusEmulator {
  readonly url: string;
  readonly app: { appId: string; secretKey: string; adminEmail: string; adminPassword: string };
  /** May be changed at any time. */
  readonly switches: Switches;
  /** A URL turns its webhook on, null turns it off, a missing one leaves it. */
  setWebhooks(urls: { allocateAgentUrl?: string | null; markAsResolvedUrl?: string | null }): void;
  /** The app's `is_sessional`; false at first. */
  setSessional(isSessional: boolean): void;
  addChannel(channel: { id: number; name: string; source: string }): void;
  addDivision(division: { id: number; name: string }): void;
  addAgent(agent: NewAgent): EmulatedAgent;
  updateAgent(agentId: number, change: AgentChange): void;
  removeAgent(agentId: number): void;
  /** Recorded when it returns; its hook goes out afterwards. */
  customerMessage(message: CustomerMessage): { roomId: string };
  /** An admin in the dashboard. `replace` takes the room from its latest agent; else one more joins. */
  assignByHand(args: { roomId: string; agentId: number; replace?: boolean }): void;
  /** Takes everybody out of the room; nothing tells of it but the customer's next message. */
  emptyByHand(args: { roomId: string }): void;
  /** `by` is an agent's id; otherwise an admin clicks, who is not the holder. */
  resolveByHand(args: { roomId: string; by?: number }): void;
  /** Refuses all tokens given so far. */
  expireTokensNow(): void;
  /** In order of creation. */
  rooms(): EmulatedRoom[];
  room(roomId: string): EmulatedRoom | undefined;
  agents(): EmulatedAgent[];
  /** Every call received, in order. */
  calls(): RecordedCall[];
  /** Every attempt to send a webhook, in order. */
  hooks(): RecordedHook[];
  /** Assignments that took effect, in order. */
  assignments(): Assignment[];
  /** Called for each assignment as it takes effect. */
  onAssigned(listener: (assignment: Assignment) => void): void;
  /** Resolves when no webhook is under way, held back or queued. */
  idle(): Promise<void>;
  /** Cuts what is under way. */
  close(): Promise<void>;
}

export async function startQiscusEmulator(options: EmulatorOptions = {}): Promise<QiscusEmulator> {
  const world = createWorld(options);
  const server = await createServer(world);
  const url = await server.app.listen({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
  });
  const stops = [
    runWhileOn(
      () => world.switches.agentFlapping,
      () => flapOneAgent(world),
    ),
    runWhileOn(
      () => world.switches.manualDashboard,
      () => meddleInDashboard(world),
    ),
  ];
  return {
    url,
    app: world.state.app,
    switches: world.switches,
    ...steering(world),
    ...watching(world, server.calls),
    async close() {
      for (const stop of stops) stop();
      await Promise.all([world.hooks.close(), server.close()]);
    },
  };
}

function createWorld(options: EmulatorOptions): World {
  const now = () => Date.now();
  const state = makeState(now());
  const switches = makeSwitches(options.switches);
  const random = makeRandom(options.seed ?? 1);
  const hooks = makeHooks({ app: state.app, switches, random });
  return { state, switches, random, hooks, now };
}

type Steering = Pick<
  QiscusEmulator,
  | 'setWebhooks'
  | 'setSessional'
  | 'addChannel'
  | 'addDivision'
  | 'addAgent'
  | 'updateAgent'
  | 'removeAgent'
  | 'customerMessage'
  | 'assignByHand'
  | 'emptyByHand'
  | 'resolveByHand'
  | 'expireTokensNow'
>;

function steering(world: World): Steering {
  const { state } = world;
  return {
    setWebhooks: (urls) => setWebhooks(state, urls),
    setSessional(isSessional) {
      state.app.isSessional = isSessional;
    },
    addChannel: (channel) => void state.channels.set(channel.id, { ...channel }),
    addDivision: (division) => void state.divisions.set(division.id, { ...division }),
    addAgent: (agent) => viewAgent(addAgent(state, agent, world.now())),
    updateAgent: (agentId, change) => updateAgent(state, agentId, change),
    removeAgent: (agentId) => removeAgent(state, agentId, world.now()),
    customerMessage: (message) => ({ roomId: takeMessage(world, message).roomId }),
    assignByHand({ roomId, agentId, replace = false }) {
      const room = findRoom(state, roomId);
      takeByHand(world, { room, agent: findAgent(state, agentId), replace });
    },
    emptyByHand: ({ roomId }) => emptyByHand(world, findRoom(state, roomId)),
    resolveByHand({ roomId, by }) {
      const room = findRoom(state, roomId);
      resolveRoom(world, { room, by: by === undefined ? state.admin : findAgent(state, by) });
    },
    expireTokensNow: () => state.tokens.clear(),
  };
}

type Watching = Pick<
  QiscusEmulator,
  'rooms' | 'room' | 'agents' | 'calls' | 'hooks' | 'assignments' | 'onAssigned' | 'idle'
>;

function watching({ state, hooks }: World, calls: RecordedCall[]): Watching {
  return {
    rooms: () => state.roomsInOrder.map(viewRoom),
    room(roomId) {
      const room = state.rooms.get(roomId);
      return room === undefined ? undefined : viewRoom(room);
    },
    agents: () => [...state.agents.values()].map(viewAgent),
    calls: () => calls.slice(),
    hooks: () => hooks.recorded.slice(),
    assignments: () => state.assignments.slice(),
    onAssigned: (listener) => void state.assignmentListeners.push(listener),
    idle: hooks.idle,
  };
}

function setWebhooks(
  { app }: State,
  urls: { allocateAgentUrl?: string | null; markAsResolvedUrl?: string | null },
): void {
  const { allocateAgentUrl, markAsResolvedUrl } = urls;
  if (allocateAgentUrl !== undefined) {
    app.allocateAgent = { url: allocateAgentUrl, isEnabled: allocateAgentUrl !== null };
  }
  if (markAsResolvedUrl !== undefined) {
    app.markAsResolved = { url: markAsResolvedUrl, isEnabled: markAsResolvedUrl !== null };
  }
}

function findRoom(state: State, roomId: string): Room {
  const room = state.rooms.get(roomId);
  if (room === undefined) throw new Error(`The emulated app has no room ${roomId}.`);
  return room;
}
