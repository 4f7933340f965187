// What a page may pass to boot.
import { expect, test } from 'vitest';
import { readOptions } from './read-options.ts';

const home = 'https://usher.example.com';

test('ours are kept, nothing else is passed on', () => {
  const options = { title: 'Shop', showPoweredBy: false, customer: { id: '1' }, other: 1 };
  const { other, ...kept } = options;
  expect(readOptions(options, home)).toEqual({ origin: home, options: kept });
});

test('a page of Chimp Assist may keep its options: the broker is told by the server', () => {
  const options = {
    title: 'Chat',
    backendEndpoint: 'https://chat.example.com/api/',
    mqttBaseTopic: 'chimpassist/demo',
    mqttBrokerHost: 'wss://mqtt.example.com/mqtt',
    mqttBrokerUsername: 'u',
  };
  const origin = 'https://chat.example.com';
  expect(readOptions(options, home)).toEqual({ origin, options: { title: 'Chat' } });
});

test('what is not given is left to the channel', () => {
  const nothing: Record<string, unknown> = { title: undefined, colour: null };
  expect(readOptions(nothing, home)).toEqual({ origin: home, options: {} });
});

test('what a page has added to every object is no option', () => {
  const added = { backendEndpoint: 'https://elsewhere.example.com', channelId: 'x', title: 'x' };
  Object.assign(Object.prototype, added);
  try {
    const { origin, channelId, options } = readOptions({ colour: '#123456' }, home);
    expect([origin, channelId]).toEqual([home, undefined]);
    expect([options.colour, options.title]).toEqual(['#123456', undefined]);
  } finally {
    for (const name of Object.keys(added)) delete (Object.prototype as never)[name];
  }
});
