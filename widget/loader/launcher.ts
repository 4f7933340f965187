// The round button on the host's page and the frame it opens.
import type { BootOptions, Customer, Page, ToFrame } from '../frame-messages.ts';
import { type Drawing, drawLauncher } from './draw-launcher.ts';
import { type FrameLine, openFrameLine } from './frame-line.ts';
import { keepOnPage } from './keep-on-page.ts';

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

/** Such a page can be told nothing, and its visitor could not be known again. */
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
  // Whom the page named at first is not named again to a frame that begins anew.
  let signedOut = false;

  function say(message: ToFrame): void {
    signedOut ||= message.usher === 'reset';
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

  function boot({ href, origin }: URL, options: BootOptions): void {
    const drawing = drawLauncher(href, options, () => show('other'));
    const line = openFrameLine({
      frame: () => drawing.frame.contentWindow,
      origin,
      greet: () => [
        {
          usher: 'boot',
          options: signedOut ? { ...options, customer: undefined } : options,
          page: readPage(),
          formerGuest: readFormerGuest(),
        },
        look(),
      ],
      hear: {
        look: (message) => drawing.paint(message.look),
        close: () => show(false),
        event: ({ name, detail }) => tell(name, detail),
      },
    });
    shown = { drawing, line };
    for (const message of early.splice(0)) line.say(message);
    drawing.hide(hidden);
    keepOnPage(drawing.host, line.restart);
    small.addEventListener('change', () => line.say(look()));
  }

  return {
    boot: (address, options) => {
      if (booted) return;
      booted = true;
      if (self.origin === 'null') console.warn(NO_ADDRESS);
      else whenReady(() => boot(address, options));
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

/** Not before the page has been read, but without its pictures and without its own scripts. */
function whenReady(start: () => void): void {
  if (document.readyState !== 'loading') start();
  else document.addEventListener('readystatechange', start, { once: true });
}

function readPage(): Page {
  return { url: location.href, title: document.title, referrer: document.referrer };
}

/** The guest of an old Chimp Assist installation, which kept it with the page. */
function readFormerGuest(): Customer | null {
  try {
    return JSON.parse(localStorage.getItem('userData') ?? 'null');
  } catch {
    return null;
  }
}
