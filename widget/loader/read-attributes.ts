// Reads the options from the tag that includes the script, so that one line is a whole chat.

/** All options but `customer`, which is no text. */
const texts = [
  'channelId',
  'title',
  'colour',
  'position',
  'theme',
  'locale',
  'launcherText',
  'backendEndpoint',
] as const;
const switches = ['showPoweredBy', 'sound', 'unreadInTitle'] as const;

/** null: the page boots by a call. `data-boot` stands in for the channel where the first one is meant. */
export function readAttributes(tag: Pick<Element, 'getAttribute'>): Record<string, unknown> | null {
  const read = (name: string) => tag.getAttribute(nameAttribute(name));
  if (read('boot') === null && read('channelId') === null) return null;
  return Object.fromEntries([
    ...texts.map((name) => [name, read(name)]),
    ...switches.map((name) => [name, read(name) === null ? null : read(name) !== 'false']),
  ]);
}

/** As every HTML attribute: `launcherText` is `data-launcher-text`. */
function nameAttribute(option: string): string {
  return `data-${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
