// The keyboard inside the frame: Escape minimises, and in full screen Tab stays inside.
import type { Chat } from '../chat/context.ts';

const FOCUSABLE = 'button:not([disabled]), a[href], input:not([hidden]), textarea, [tabindex="0"]';

/** Answers how to stop. */
export function keepFocus(chat: Chat): () => void {
  const listen = (event: KeyboardEvent) => {
    // A dialog has its own Escape and keeps its own focus; Escape may also end what is being composed.
    if (event.isComposing || document.querySelector('dialog[open]') !== null) return;
    if (event.key === 'Escape') chat.tell({ usher: 'close' });
    if (event.key === 'Tab' && chat.get().fullScreen) goRound(event);
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}

function goRound(event: KeyboardEvent): void {
  const all = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.checkVisibility() && element.tabIndex >= 0,
  );
  const [first, last] = [all[0], all.at(-1)];
  const [edge, other] = event.shiftKey ? [first, last] : [last, first];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  other?.focus();
}
