// What a page includes as /widget.js: answers the calls that were queued, and those to come.
import type { Customer } from '../frame-messages.ts';
import { offerChatwootNames } from './chatwoot-names.ts';
import { makeLauncher } from './launcher.ts';
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

const script = document.currentScript;
const home = script instanceof HTMLScriptElement ? new URL(script.src).origin : location.origin;
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

const queued = window.Usher?.q ?? [];
// A second inclusion of the script would be a second chat.
if (window.Usher === undefined || window.Usher.q !== undefined) {
  const entry: Entry = (...now) => call(now);
  window.Usher = entry;
  offerChatwootNames(entry, launcher);
  for (const earlier of queued) call([...Array.from(earlier)] as Call);
}
