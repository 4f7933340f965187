// Lets screens answer to the keys of key-map.ts; the innermost that offers an action gets it.
import { useLayoutEffect, useRef } from 'react';
import { type KeyAction, makeKeyReader } from './key-map.ts';

export type KeyAnswers = Partial<Record<KeyAction, () => void>>;

const offered: { current: KeyAnswers }[] = [];
let holders = 0;
const read = makeKeyReader();

/** Until it is released no key does anything: what answers to them is still being fetched. */
export function holdKeys(): () => void {
  let held = true;
  holders += 1;
  return () => {
    if (held) holders -= 1;
    held = false;
  };
}

/** What its key would do now; undefined: nothing. */
export function findAnswer(action: KeyAction): (() => void) | undefined {
  return offered.findLast(({ current }) => current[action] !== undefined)?.current[action];
}

const isCovered = () => document.querySelector('[aria-modal="true"], [role="menu"]') !== null;

/** Before the press did anything: Escape may have closed it by the time that we are asked. */
let wasCovered = false;
const look = () => {
  wasCovered = isCovered();
};

function onKeyDown(event: KeyboardEvent): void {
  if (holders > 0) return;
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target as HTMLElement | null;
  const writing = target?.closest('input, textarea, select, [contenteditable]') !== null;
  // While a dialog or a menu is open its own keys count.
  if (!writing && (wasCovered || isCovered())) return;
  const { key, metaKey: meta, ctrlKey: ctrl, altKey: alt, shiftKey: shift } = event;
  const action = read({ key, meta, ctrl, alt, shift, writing }, event.timeStamp);
  if (action === null) return;
  const answer = findAnswer(action);
  if (answer === undefined) return;
  event.preventDefault();
  answer();
}

export function useKeys(answers: KeyAnswers): void {
  const current = useRef(answers);
  current.current = answers;
  // Before it is seen: whoever sees the screen may press a key of it.
  useLayoutEffect(() => {
    if (offered.length === 0) {
      window.addEventListener('keydown', look, true);
      window.addEventListener('keydown', onKeyDown);
    }
    offered.push(current);
    return () => {
      offered.splice(offered.indexOf(current), 1);
      if (offered.length > 0) return;
      window.removeEventListener('keydown', look, true);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
