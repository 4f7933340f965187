// Web chat's door with nobody behind it, where only the routes matter.
import type { BrokerHooks } from '../../src/http/broker-hooks.ts';
import type { MqttLogin } from '../../src/http/mqtt-login.ts';
import type { WebChatDoor } from '../../src/http/webchat.ts';

export const closedWebChat: { webChat: WebChatDoor } & MqttLogin & BrokerHooks = {
  webChat: {
    findCaller: async () => null,
    cut: () => {},
    baseTopicOf: () => '',
    mqttUrl: () => 'ws://localhost/mqtt',
    sessionKeepAliveMs: 600_000,
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
