// The broker, and how long somebody counts as being there.
import { Type } from 'typebox';
import { Text } from './shapes.ts';

export const messaging = {
  MQTT_PORT: Type.Optional(
    Type.Integer({
      description: 'A port for MQTT over TCP. MQTT over WebSocket at /mqtt is always on.',
      minimum: 0,
      maximum: 65_535,
    }),
  ),
  MQTT_URL: Type.Optional(
    Type.String({
      description:
        'A broker (MQTT 3.1.1) to use instead of the embedded one: mqtt://user:password@host:1883, mqtts, ws or wss. It must ask Usher who may do what.',
      pattern: '^(mqtts?|wss?)://[^/]',
    }),
  ),
  MQTT_PUBLIC_URL: Type.Optional(
    Type.String({
      description: 'Where browsers reach the broker of MQTT_URL, as wss://mqtt.example.com/mqtt.',
      pattern: '^wss?://[^/]',
    }),
  ),
  MQTT_HOOK_SECRET: Type.Optional(
    Type.String({
      description: 'The secret that the broker of MQTT_URL must send when it asks who may do what.',
      minLength: 16,
      pattern: '^[\\w.~-]+$',
    }),
  ),
  MQTT_BASE_TOPIC: Type.String({
    description:
      'The prefix of every topic of the default workspace; chimpassist/demo for old clients.',
    default: '',
    pattern: '^$|^[^/+#$][^+#]*[^/+#]$',
  }),
  ATTENDANT_KEEP_ALIVE_TIME: Type.Integer({
    description: 'Milliseconds for which an agent counts as present after a sign of life.',
    default: 30_000,
    minimum: 500,
    maximum: 3_600_000,
  }),
  ATTENDANT_PRESENCE_MQTT_BROKER_HOST: Type.Optional(
    Type.String({
      description:
        'A broker on which a system of yours names who is at work, as {"user": "<e-mail>"}: mqtt://host:1883, mqtts, ws, wss, http or https. Agents it does not name get no conversations, and their screen is covered.',
      pattern: '^(mqtts?|wss?|https?)://[^/]',
    }),
  ),
  ATTENDANT_PRESENCE_MQTT_USERNAME: Text('The user name at that broker.'),
  ATTENDANT_PRESENCE_MQTT_PASSWORD: Text('The password at that broker.'),
  ATTENDANT_PRESENCE_TOPIC: Text('The topic at that broker; it may be a filter, as presence/#.'),
  ATTENDANT_PRESENCE_KEEP_ALIVE_TIME: Type.Integer({
    description:
      'Milliseconds after which an agent whom that broker does not name counts as absent.',
    default: 120_000,
    minimum: 500,
    maximum: 86_400_000,
  }),
  SESSION_KEEP_ALIVE_TIME: Type.Integer({
    description: 'Milliseconds of a visitor’s silence after which a web chat ends.',
    default: 600_000,
    minimum: 500,
    maximum: 86_400_000,
  }),
};
