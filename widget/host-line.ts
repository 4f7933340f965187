// The frame's side of the messages with the page: only the window around us, from the origin that may boot us.
import { type FromFrame, isTagged, type ToFrame } from './frame-messages.ts';

type Hear = { [K in ToFrame['usher']]: (message: Extract<ToFrame, { usher: K }>) => unknown };

/**
 * Answers how to tell the page something. `mayBoot` is asked once, about the first page that boots
 * us.
 */
export function openHostLine(
  hear: Hear,
  mayBoot: (origin: string) => Promise<boolean>,
): (message: FromFrame) => void {
  let origin: string | null = null;
  let asked: Promise<boolean> | null = null;
  addEventListener('message', ({ data, source, origin: from }) => {
    if (source !== window.parent || source === window || !isTagged(data)) return;
    // The page that boots us is the host; afterwards no other page can be.
    if (origin === null && data.usher === 'boot') {
      origin = from;
      asked = mayBoot(from);
    }
    if (from !== origin || !Object.hasOwn(hear, data.usher)) return;
    // In order of arrival: all wait for the one answer.
    void asked?.then((may) => may && hear[data.usher as ToFrame['usher']](data as never));
  });
  // It says only that we are here, so anybody may read it.
  window.parent.postMessage({ usher: 'hello' } satisfies FromFrame, '*');
  return (message) => {
    if (origin !== null) window.parent.postMessage(message, origin);
  };
}
