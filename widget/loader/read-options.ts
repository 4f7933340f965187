// Sorts out what a page passes to boot: our options, and those of a Chimp Assist installation.
import type { BootOptions } from '../frame-messages.ts';

const known = [
  'title',
  'colour',
  'position',
  'theme',
  'locale',
  'showPoweredBy',
  'launcherText',
  'sound',
  'unreadInTitle',
  'customer',
] as const;

export interface Boot {
  /** Of the Usher that the frame comes from. */
  origin: string;
  channelId: string | undefined;
  options: BootOptions;
}

/**
 * `mqttBaseTopic` and all that begins with `mqttBroker` are accepted and unused: the server gives
 * them itself. A page, or one of its libraries, may add properties to every object, and those are
 * no options: hence objects that inherit nothing.
 */
export function readOptions(given: Record<string, unknown>, home: string): Boot {
  const { backendEndpoint, channelId, ...rest } = inheritNothing(given);
  const origin = typeof backendEndpoint === 'string' ? new URL(backendEndpoint, home).origin : home;
  const isGiven = ([name, value]: [string, unknown]) =>
    (known as readonly string[]).includes(name) && value !== undefined && value !== null;
  const options = Object.fromEntries(Object.entries(rest).filter(isGiven));
  return {
    origin,
    channelId: typeof channelId === 'string' ? channelId : undefined,
    options: inheritNothing(options),
  };
}

export function inheritNothing<T extends object>(value: T): T {
  return Object.assign(Object.create(null), value);
}
