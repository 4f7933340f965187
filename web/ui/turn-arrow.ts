// Arrow keys go where they point: where lines begin at the right, the left arrow goes on.

const turned: Record<string, string> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' };

export function isFromRight(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}

/** The key that does the same where lines begin at the left. */
export function turnArrow({ key, currentTarget }: { key: string; currentTarget: Element }): string {
  const other = turned[key];
  return other !== undefined && isFromRight(currentTarget) ? other : key;
}
