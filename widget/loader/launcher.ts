// The round button on the host's page and the frame it opens.
import type { BootOptions, Customer, ToFrame } from '../frame-messages.ts';
import { type Drawing, drawLauncher } from './draw-launcher.ts';
import { type FrameLine, openFrameLine } from './frame-line.ts';
import { keepForFrame } from './keep-for-frame.ts';
import { keepOnPage } from './keep-on-page.ts';
import { markTitle, readTitle } from './mark-title.ts';

type Listener = (detail: unknown) => void;

export interface Launcher {
  /** `address`: of the frame. */
  boot(address: URL, options: BootOptions): void;
  show(open: boolean | 'other'): void;
  hide(hidden: boolean): void;
  /** To the frame, now or as soon as it is there. */
  say(message: ToFrame): void;
  on(name: string, listener: Listener): void;
}

/** Such a page cannot be told anything, and its visitor could not be recognised. */
const NO_ADDRESS =
  'Usher: the chat is not shown, because this page has no web address: it was opened as a file, or it is sandboxed without allow-same-origin. Open it over http or https.';

const SMALL = '(max-width: 480px), (max-height: 420px)';

export function makeLauncher(): Launcher {
  const small = matchMedia(SMALL);
  const { on, tell } = makeListeners();
  const early: ToFrame[] = [];
  let shown: { drawing: Drawing; line: FrameLine } | null = null;
  let booted = false;
  let open = false;
  let hidden = false;
  let asked: BootOptions = {};

  function say(message: ToFrame): void {
    // A frame that starts again is not told the visitor whom the page named at first.
    if (message.usher === 'reset') asked = withoutCustomer(asked);
    if (shown === null) early.push(message);
    else shown.line.say(message);
  }

  function look(): ToFrame {
    shown?.drawing.show(open, small.matches);
    return { usher: 'shown', open, fullScreen: small.matches };
  }

  function show(wanted: boolean | 'other'): void {
    const next = wanted === 'other' ? !open : wanted;
    if (next === open) return;
    open = next;
    if (shown !== null) shown.line.say(look());
    tell(open ? 'open' : 'close', null);
  }

  function boot(address: URL, options: BootOptions): void {
    asked = options;
    const drawing = drawLauncher(address.href, options, () => show('other'));
    const marksTitle = options.unreadInTitle !== false;
    const greet = () => ({ asked, shown: look() });
    const line = talk(address, { drawing, tell, show, greet, marksTitle });
    shown = { drawing, line };
    for (const message of early.splice(0)) line.say(message);
    drawing.hide(hidden);
    keepOnPage(drawing.host, line.restart);
    small.addEventListener('change', () => line.say(look()));
  }

  return {
    boot: (address, options) => {
      if (!booted) whenReady(() => boot(address, options));
      booted = true;
    },
    show,
    hide: (wanted) => {
      hidden = wanted;
      shown?.drawing.hide(hidden);
    },
    say,
    on,
  };
}

function talk(
  { href, origin }: URL,
  given: {
    drawing: Drawing;
    tell(name: string, detail: unknown): void;
    show(open: boolean): void;
    greet(): { asked: BootOptions; shown: ToFrame };
    marksTitle: boolean;
  },
): FrameLine {
  const { drawing, tell, show, greet } = given;
  const keeping = keepForFrame(href);
  const line = openFrameLine({
    frame: () => drawing.frame.contentWindow,
    origin,
    greet: () => {
      const { asked, shown } = greet();
      return [tellPage(asked, keeping.read()), shown];
    },
    hear: {
      look: ({ look }) => {
        drawing.paint(look);
        if (given.marksTitle) markTitle(look.unread);
      },
      close: () => show(false),
      keep: ({ kept }) => keeping.write(kept),
      event: ({ name, detail }) => tell(name, detail),
    },
  });
  keeping.follow((kept) => line.say({ usher: 'kept', kept }));
  return line;
}

function withoutCustomer({ customer: _, ...rest }: BootOptions): BootOptions {
  return rest;
}

function makeListeners() {
  const listeners = new Map<string, Listener[]>();
  return {
    on: (name: string, listener: Listener) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    tell: (name: string, detail: unknown) => {
      for (const listener of listeners.get(name) ?? []) listener(detail);
    },
  };
}

/** Never on a page without an address. Else once the page has been read, but without its pictures and without its own scripts. */
function whenReady(start: () => void): void {
  // biome-ignore lint/suspicious/noConsole: whoever made the page has nowhere else to look
  if (self.origin === 'null') console.warn(NO_ADDRESS);
  else if (document.readyState !== 'loading') start();
  else document.addEventListener('readystatechange', start, { once: true });
}

function tellPage(options: BootOptions, kept: string | null): ToFrame {
  const page = { url: location.href, title: readTitle(), referrer: document.referrer };
  return { usher: 'boot', options, page, formerGuest: readFormerGuest(), kept };
}

/** The guest of an old Chimp Assist installation, which kept it with the page. */
function readFormerGuest(): Customer | null {
  try {
    return JSON.parse(localStorage.getItem('userData') ?? 'null');
  } catch {
    return null;
  }
}
