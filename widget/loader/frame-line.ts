// The loader's side of the talk with the frame: only Usher's own window, from Usher's own origin.
import { type FromFrame, isTagged, type ToFrame } from '../frame-messages.ts';

type Of<K extends FromFrame['usher']> = Extract<FromFrame, { usher: K }>;

export interface FrameLine {
  /** Messages before the frame's greeting wait for it. */
  say(message: ToFrame): void;
  /** The frame begins again: it will greet again, and is told again what still holds. */
  restart(): void;
}

/** A page may call `identify` at every step it takes. */
const MOST_REPEATED = 20;

export function openFrameLine(options: {
  frame: () => Window | null;
  origin: string;
  /** What the frame is told first. */
  greet(): ToFrame[];
  hear: { [K in Exclude<FromFrame['usher'], 'hello'>]: (message: Of<K>) => void };
}): FrameLine {
  const { frame, origin, greet, hear } = options;
  let unsaid: ToFrame[] | null = [];
  let lasting: ToFrame[] = [];

  function say(message: ToFrame): void {
    if (unsaid !== null) return void unsaid.push(message);
    post(message);
    lasting = keepLasting(lasting, message);
  }

  function post(message: ToFrame): void {
    frame()?.postMessage(message, origin);
  }

  function hello(): void {
    const early = unsaid ?? [];
    unsaid = null;
    for (const message of [...greet(), ...lasting]) post(message);
    for (const message of early) say(message);
  }

  addEventListener('message', ({ data, source, origin: from }) => {
    if (source === null || source !== frame() || from !== origin || !isTagged(data)) return;
    if (data.usher === 'hello') hello();
    else if (Object.hasOwn(hear, data.usher)) {
      hear[data.usher as keyof typeof hear](data as never);
    }
  });
  return {
    say,
    restart: () => {
      unsaid ??= [];
    },
  };
}

function keepLasting(lasting: ToFrame[], message: ToFrame): ToFrame[] {
  const { usher } = message;
  if (usher === 'reset') return lasting.filter((each) => each.usher === 'locale');
  const isLasting = usher === 'identify' || usher === 'locale';
  return isLasting ? [...lasting, message].slice(-MOST_REPEATED) : lasting;
}
