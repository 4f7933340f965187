// Says in the title of the page how much is unread, so that the tab shows it.

let mark = '';

/** To be told each number; 0: the title is the page's own again. */
export function markTitle(unread: number): void {
  const own = readTitle();
  mark = unread === 0 ? '' : `(${unread > 9 ? '9+' : unread}) `;
  document.title = mark + own;
  watch ??= new MutationObserver(remark);
  watch.disconnect();
  // A page of many views changes its title as it goes.
  if (mark !== '')
    watch.observe(document.head, { childList: true, characterData: true, subtree: true });
}

let watch: MutationObserver | undefined;

function remark(): void {
  if (!document.title.startsWith(mark)) document.title = mark + document.title;
}

/** The page's own. */
export function readTitle(): string {
  const { title } = document;
  return title.startsWith(mark) ? title.slice(mark.length) : title;
}
