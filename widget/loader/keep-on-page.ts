// Keeps the launcher on the page, whatever the page does to its body or to all of itself.

/**
 * A page that removes it again within this time does so on purpose: then it returns at growing
 * intervals.
 */
const CALM_MS = 10_000;
const FIRST_MS = 500;
const LONGEST_MS = 60_000;

/**
 * Beside the body, which pages hide, fade, move and replace. `onReturn`: it was off the page, so its
 * frame begins anew.
 */
export function keepOnPage(element: Element, onReturn: () => void): void {
  let putAt = 0;
  let returns = 0;
  let isDue = false;
  const observer = new MutationObserver(() => {
    if (element.isConnected || isDue) return;
    isDue = true;
    if (performance.now() - putAt > CALM_MS) returns = 0;
    setTimeout(comeBack, returns === 0 ? 0 : Math.min(FIRST_MS * 2 ** (returns - 1), LONGEST_MS));
    returns += 1;
  });

  function comeBack(): void {
    isDue = false;
    if (element.isConnected) return;
    onReturn();
    put();
  }

  function put(): void {
    putAt = performance.now();
    // The page is about to get another root, and we are told of that too.
    if (document.documentElement === null) return;
    document.documentElement.append(element);
    observer.observe(document.documentElement, { childList: true });
  }

  observer.observe(document, { childList: true });
  put();
}
