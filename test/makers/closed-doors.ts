// The server's doors with nobody behind them, where only the routes matter.

import type { Pool } from 'pg';
import { pino } from 'pino';
import { openPrograms } from '../../src/channels/api/open-programs.ts';
import type { Connector, ConnectorMeans } from '../../src/channels/connector.ts';
import { openConnectors } from '../../src/channels/open-connectors.ts';
import type { WebChatDoor } from '../../src/channels/webchat/webchat-means.ts';
import { makeClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import type { buildServer } from '../../src/http/server.ts';
import { openLab } from '../../src/lab/open-lab.ts';
import { readSettingDefaults } from '../../src/startup/read-setting-defaults.ts';

const unasked = () => Promise.reject(new Error('not called'));

export const closedDoors: Omit<
  Parameters<typeof buildServer>[0],
  'desk' | 'directory' | 'publicUrl' | 'fileMeans' | 'channels'
> = {
  noteRead: async () => {},
  mailing: null,
  trustsProxy: () => false,
  operatorToken: 'the-operator-token-of-the-tests-0123',
  testEndpoint: unasked,
  oidc: null,
  askCompany: null,
  askStatistics: unasked,
  assistance: null,
  pushKey: 'the-key-of-the-tests',
  fetchPicture: async () => null,
  lab: openLab({ clock: makeClock() }),
  settingDefaults: readSettingDefaults(readConfig({})),
  log: pino({ level: 'silent' }),
  health: {
    unready: async () => null,
    metrics: async () => ({ contentType: 'text/plain', text: '' }),
  },
  mqttUrl: () => 'ws://localhost/mqtt',
  agentAvatarUrl: null,
  isSeen: () => true,
  brokerState: () => 'embedded',
  version: '0.0.0',
  showTyping: async () => 'told',
  mqttLoginOf: async ({ agentId }) => ({
    url: 'ws://localhost/mqtt',
    clientId: 'nobody',
    username: agentId,
    password: '',
    baseTopic: '',
    expiresAt: new Date().toISOString(),
    presenceEveryMs: 15_000,
  }),
  brokerDoor: {
    secret: 'a-secret-of-the-test',
    mayConnect: async () => false,
    mayUse: async () => false,
    isUsher: () => false,
  },
};

/** Files as they are taken and sent, with no bounds that a test would meet. */
export function openFiles(db: Pool): Parameters<typeof buildServer>[0]['fileMeans'] {
  const most = Number.MAX_SAFE_INTEGER;
  const budgets = { session: most, address: most, workspace: most, person: most, staff: most };
  const boundsOf = () => ({});
  return { db, clock: makeClock(), budgets, boundsOf, isDiskLow: () => false };
}

const webChat: WebChatDoor = {
  findCaller: async () => null,
  noteClient: async () => {},
  baseTopicOf: () => '',
  presenceOf: async () => null,
  placeOf: async () => ({
    ...{ position: null, estimatedWaitSeconds: null },
    ...{ waitRange: null, opensAt: null },
  }),
  mqttUrl: () => 'ws://localhost/mqtt',
  shown: { keepAliveTTL: 600_000, agentAvatarUrl: null },
  agentKeepAliveMs: 30_000,
};

/** The rooms of all kinds of channels; no outside system is behind them. */
export function closedChannels(inside: Pick<ConnectorMeans, 'desk' | 'directory'>): Connector[] {
  const closed = { send: unasked };
  return openConnectors({
    ...{
      ...inside,
      outbound: { typed: closed, own: closed },
      config: readConfig({}),
      log: pino({ level: 'silent' }),
    },
    publicUrl: () => 'http://localhost',
    webChat: () => webChat,
    apiDoor: () => ({
      ...{ tellTyping: () => {}, agentAvatarUrl: null },
      ...{ presenceOf: webChat.presenceOf, placeOf: webChat.placeOf },
    }),
    programs: openPrograms({ ...inside, onError: () => {} }).programs,
  });
}
