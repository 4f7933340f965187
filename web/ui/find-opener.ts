// Remembers what had the focus before a dialog, and gives it back afterwards.
const openers = new WeakMap<Element, HTMLElement>();

/** Of an item of a menu: the menu's button, for the item goes with the menu. */
export function findOpener(): HTMLElement | null {
  const focused = document.activeElement as HTMLElement | null;
  const behind = focused && openers.get(focused);
  if (behind) return behind;
  const menu = focused?.closest('[role="menu"]');
  const button = menu?.getAttribute('aria-labelledby');
  return button ? document.getElementById(button) : focused;
}

/** `field` has the focus for a moment only: it goes back to `opener`. */
export function standInFor(opener: HTMLElement | null, field: HTMLElement): void {
  if (opener !== null) openers.set(field, opener);
}
