// The loader's side of the talk with the frame: only Usher's own window, from Usher's own origin.
import { type FromFrame, isTagged, type ToFrame } from '../frame-messages.ts';

type Of<K extends FromFrame['usher']> = Extract<FromFrame, { usher: K }>;

export interface FrameLine {
  /** What is said before the frame has greeted waits for that. */
  say(message: ToFrame): void;
}

export function openFrameLine(options: {
  frame: Window | null;
  origin: string;
  /** What the frame is told first. */
  greet(): ToFrame[];
  hear: { [K in Exclude<FromFrame['usher'], 'hello'>]: (message: Of<K>) => void };
}): FrameLine {
  const { frame, origin, greet, hear } = options;
  let unsaid: ToFrame[] | null = [];

  function say(message: ToFrame): void {
    if (unsaid === null) frame?.postMessage(message, origin);
    else unsaid.push(message);
  }

  function hello(): void {
    const early = unsaid ?? [];
    unsaid = null;
    for (const message of [...greet(), ...early]) say(message);
  }

  addEventListener('message', ({ data, source, origin: from }) => {
    if (source !== frame || from !== origin || !isTagged(data)) return;
    if (data.usher === 'hello') hello();
    else if (Object.hasOwn(hear, data.usher)) {
      hear[data.usher as keyof typeof hear](data as never);
    }
  });
  return { say };
}
