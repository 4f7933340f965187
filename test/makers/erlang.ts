// Erlang's formulas by their recursion, for judging what is simulated.

/** The share that finds all `servers` busy, where nobody waits; `load` in erlangs. */
export function erlangB(servers: number, load: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n += 1) blocked = (load * blocked) / (n + load * blocked);
  return blocked;
}

/** The share that waits, where everybody does. */
export function erlangC(servers: number, load: number): number {
  const blocked = erlangB(servers, load);
  return blocked / (1 - (load / servers) * (1 - blocked));
}
