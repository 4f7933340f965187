// The server's doors with nobody behind them, where only the routes matter.
import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import type { buildServer } from '../../src/http/server.ts';
import { readSettingDefaults } from '../../src/parts/open-sign-in.ts';

const unasked = () => Promise.reject(new Error('not called'));

export const closedDoors: Omit<
  Parameters<typeof buildServer>[0],
  'desk' | 'directory' | 'publicUrl'
> = {
  clients: () => null,
  trustsProxy: () => false,
  testEndpoint: unasked,
  oidc: null,
  askCompany: null,
  askStatistics: unasked,
  settingDefaults: readSettingDefaults(readConfig({})),
  log: pino({ level: 'silent' }),
  health: {
    unready: async () => null,
    metrics: async () => ({ contentType: 'text/plain', text: '' }),
  },
  webChat: {
    findCaller: async () => null,
    cut: () => {},
    baseTopicOf: () => '',
    placeOf: async () => ({ position: null, estimatedWaitSeconds: null }),
    mqttUrl: () => 'ws://localhost/mqtt',
    shown: { keepAliveTTL: 600_000, agentAvatarUrl: null },
    agentKeepAliveMs: 30_000,
  },
  mqttLoginOf: async ({ agentId }) => ({
    url: 'ws://localhost/mqtt',
    clientId: 'nobody',
    username: agentId,
    password: '',
    baseTopic: '',
    expiresAt: new Date().toISOString(),
  }),
  brokerDoor: {
    secret: 'a-secret-of-the-test',
    mayConnect: async () => false,
    mayUse: async () => false,
    isUsher: () => false,
  },
};
