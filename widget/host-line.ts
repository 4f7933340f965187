// The frame's side of the talk with the page: only the window around us, from the origin that booted us.
import { type FromFrame, isTagged, type ToFrame } from './frame-messages.ts';

type Hear = { [K in ToFrame['usher']]: (message: Extract<ToFrame, { usher: K }>) => unknown };

/** Answers how to tell the page something. */
export function openHostLine(hear: Hear): (message: FromFrame) => void {
  let origin: string | null = null;
  addEventListener('message', ({ data, source, origin: from }) => {
    if (source !== window.parent || source === window || !isTagged(data)) return;
    // Whoever boots us is the host; afterwards nobody else is.
    if (origin === null && data.usher === 'boot') origin = from;
    if (from !== origin || !Object.hasOwn(hear, data.usher)) return;
    hear[data.usher as ToFrame['usher']](data as never);
  });
  // It says nothing but that we are here, so anybody may read it.
  window.parent.postMessage({ usher: 'hello' } satisfies FromFrame, '*');
  return (message) => {
    if (origin !== null) window.parent.postMessage(message, origin);
  };
}
