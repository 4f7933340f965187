// The round button on the host's page and the frame it opens.
import type { BootOptions, Customer, Page, ToFrame } from '../frame-messages.ts';
import { type Drawing, drawLauncher } from './draw-launcher.ts';
import { type FrameLine, openFrameLine } from './frame-line.ts';

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

const SMALL = '(max-width: 480px), (max-height: 420px)';

export function makeLauncher(): Launcher {
  const small = matchMedia(SMALL);
  const { on, tell } = makeListeners();
  const early: ToFrame[] = [];
  let shown: { drawing: Drawing; line: FrameLine } | null = null;
  let booted = false;
  let open = false;
  let hidden = false;

  function say(message: ToFrame): void {
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
      frame: drawing.frame.contentWindow,
      origin,
      greet: () => [
        { usher: 'boot', options, page: readPage(), formerGuest: readFormerGuest() },
        look(),
        ...early.splice(0),
      ],
      hear: {
        look: (message) => drawing.paint(message.look),
        close: () => show(false),
        event: ({ name, detail }) => tell(name, detail),
      },
    });
    shown = { drawing, line };
    drawing.hide(hidden);
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

/** Not before the page itself is there. */
function whenReady(start: () => void): void {
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { once: true });
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
