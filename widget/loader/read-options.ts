// Sorts out what a page passes to boot: our options, and those of a Chimp Assist installation.
import type { BootOptions } from '../frame-messages.ts';

const known = [
  'channelId',
  'title',
  'colour',
  'position',
  'theme',
  'locale',
  'showPoweredBy',
  'launcherText',
  'sound',
  'customer',
] as const;

/** `mqttBaseTopic` and all that begins with `mqttBroker` are accepted: the server tells them itself. */
export function readOptions(
  options: BootOptions & Record<string, unknown>,
  home: string,
): BootOptions & { origin: string; channelId?: string } {
  const kept = known.filter((name) => options[name] !== undefined && options[name] !== null);
  const { backendEndpoint } = options;
  const origin = typeof backendEndpoint === 'string' ? new URL(backendEndpoint, home).origin : home;
  return { ...Object.fromEntries(kept.map((name) => [name, options[name]])), origin };
}
