// What a page may pass to boot.
import { expect, test } from 'vitest';
import { readOptions } from './read-options.ts';

const home = 'https://usher.example.com';

test('ours are kept, nothing else is passed on', () => {
  const options = { title: 'Shop', showPoweredBy: false, customer: { id: '1' }, other: 1 };
  const { other, ...kept } = options;
  expect(readOptions(options, home)).toEqual({ ...kept, origin: home });
});

test('a page of Chimp Assist may keep its options: the broker is told by the server', () => {
  const options = {
    title: 'Chat',
    backendEndpoint: 'https://chat.example.com/api/',
    mqttBaseTopic: 'chimpassist/demo',
    mqttBrokerHost: 'wss://mqtt.example.com/mqtt',
    mqttBrokerUsername: 'u',
  };
  expect(readOptions(options, home)).toEqual({ title: 'Chat', origin: 'https://chat.example.com' });
});

test('what is not given is left to the channel', () => {
  const nothing: Record<string, unknown> = { title: undefined, colour: null };
  expect(readOptions(nothing, home)).toEqual({ origin: home });
});
