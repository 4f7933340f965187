// Which workspace this browser signs in to: the one its address names, remembered for the next time.
const KEPT = 'usher.workspace';
const DEFAULT = 'default';

/** undefined: the default one. */
export function chosenWorkspace(): string | undefined {
  const named = namedWorkspace() ?? read();
  return named === null || named === DEFAULT ? undefined : named;
}

/** As the address has it. */
export function namedWorkspace(): string | null {
  return new URLSearchParams(window.location.search).get('workspace');
}

/** null: the default one. A browser that keeps nothing is asked by its address each time. */
export function keepWorkspace(slug: string | null): void {
  try {
    if (slug === null) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, slug);
  } catch {}
}

function read(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
