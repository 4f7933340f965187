// A binary heap with its best element first: the router takes the best agent again and again.

export interface Heap<T> {
  peek(): T | undefined;
  pop(): T | undefined;
  push(item: T): void;
  /** Restores the order after the first element grew worse. */
  sinkFirst(): void;
}

/** Takes over `items`; ordering them costs O(n). */
export function makeHeap<T>(items: T[], before: (a: T, b: T) => boolean): Heap<T> {
  const swap = (a: number, b: number): void => {
    [items[a], items[b]] = [items[b] as T, items[a] as T];
  };
  const sink = (start: number): void => {
    let index = start;
    for (;;) {
      let best = index;
      for (let child = 2 * index + 1; child <= 2 * index + 2 && child < items.length; child += 1) {
        if (before(items[child] as T, items[best] as T)) best = child;
      }
      if (best === index) return;
      swap(index, best);
      index = best;
    }
  };
  for (let index = (items.length >> 1) - 1; index >= 0; index -= 1) sink(index);
  return {
    peek: () => items[0],
    sinkFirst: () => sink(0),
    pop: () => {
      if (items.length > 1) swap(0, items.length - 1);
      const first = items.pop();
      sink(0);
      return first;
    },
    push: (item) => {
      let index = items.push(item) - 1;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        if (!before(items[index] as T, items[parent] as T)) return;
        swap(index, parent);
        index = parent;
      }
    },
  };
}
