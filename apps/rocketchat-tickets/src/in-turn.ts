// Does things of one name one after another: the engine's storage has no locks of its own.

export type InTurn = <T>(name: string, act: () => Promise<T>) => Promise<T>;

export function makeInTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (name, act) => {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(act, act);
    const settled = mine.catch(() => undefined);
    last.set(name, settled);
    try {
      return await mine;
    } finally {
      if (last.get(name) === settled) last.delete(name);
    }
  };
}
