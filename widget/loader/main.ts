// What a page includes as /widget.js: answers the calls that were queued, and those to come.
import type { Customer } from '../frame-messages.ts';
import { offerChatwootNames } from './chatwoot-names.ts';
import { makeLauncher } from './launcher.ts';
import { readAttributes } from './read-attributes.ts';
import { readOptions } from './read-options.ts';

type Call = [name: string, ...rest: unknown[]];
interface Entry {
  (...call: Call): void;
  q?: ArrayLike<unknown>[];
}

declare global {
  interface Window {
    Usher?: Entry;
  }
}

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const home = script === null ? location.origin : new URL(script.src).origin;
const launcher = makeLauncher();

const verbs: Record<string, (...rest: never[]) => void> = {
  boot: (given: Record<string, unknown> = {}) => {
    const { origin, channelId, options } = readOptions(given, home);
    launcher.boot(frameAddress(origin, channelId), options);
  },
  open: () => launcher.show(true),
  close: () => launcher.show(false),
  toggle: () => launcher.show('other'),
  identify: (customer: Customer) => launcher.say({ usher: 'identify', customer }),
  reset: () => launcher.say({ usher: 'reset' }),
  locale: (locale: string) => launcher.say({ usher: 'locale', locale }),
  on: (name: string, listener: (detail: unknown) => void) => launcher.on(name, listener),
};

/** The channel stands in the address so that the server can name who may frame it. */
function frameAddress(origin: string, channelId: string | undefined): URL {
  const address = new URL('/widget/index.html', origin);
  if (channelId !== undefined) address.searchParams.set('channelId', channelId);
  return address;
}

function call([name, ...rest]: Call): void {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (verb === undefined) throw new Error(`Usher('${name}') is not known.`);
  verb(...(rest as never[]));
}

// Its own: an element with that id is found under the same name.
const earlier = Object.hasOwn(window, 'Usher') ? window.Usher : undefined;
// A second inclusion of the script would be a second chat.
if (earlier === undefined || earlier.q !== undefined) {
  const entry: Entry = (...now) => call(now);
  window.Usher = entry;
  offerChatwootNames(entry, launcher);
  for (const queued of Array.from(earlier?.q ?? [])) call([...Array.from(queued)] as Call);
  // After what the page has called: its own boot goes before the tag's.
  const options = script && readAttributes(script);
  if (options) entry('boot', options);
}
