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

/** The share that is lost where `places` may wait and nobody leaves (M/M/s with a limit). */
export function erlangLimited(servers: number, load: number, places: number): number {
  let [weight, total] = [1, 1];
  for (let n = 1; n <= servers + places; n += 1) {
    weight *= load / Math.min(n, servers);
    total += weight;
  }
  return weight / total;
}
