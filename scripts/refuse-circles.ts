// Refuses a build whose files import each other in a circle: one of them would run before what it needs is there.
import type { Plugin } from 'vite';

interface File {
  type: string;
  imports?: readonly string[];
}

/** A circle of files by what each imports at once, or null. */
export function findCircle(files: Readonly<Record<string, File>>): string[] | null {
  const done = new Set<string>();
  const way: string[] = [];
  const walk = (name: string): string[] | null => {
    const at = way.indexOf(name);
    if (at >= 0) return [...way.slice(at), name];
    if (done.has(name)) return null;
    way.push(name);
    for (const next of files[name]?.imports ?? []) {
      const circle = walk(next);
      if (circle) return circle;
    }
    way.pop();
    done.add(name);
    return null;
  };
  for (const name of Object.keys(files)) {
    const circle = walk(name);
    if (circle) return circle;
  }
  return null;
}

export const refuseCircles: Plugin = {
  name: 'refuse-circles',
  generateBundle(_options, bundle) {
    const circle = findCircle(bundle);
    if (circle) this.error(`These files import each other: ${circle.join(' → ')}`);
  },
};
