// Which entries of a list were moved: as few as explain the new order.

/** Of the names that stand in both lists, in the later order. */
export function findMoved(before: readonly string[], after: readonly string[]): string[] {
  const place = new Map(before.map((name, nth) => [name, nth]));
  const common = after.filter((name) => place.has(name));
  const stayed = findLongestRise(common.map((name) => place.get(name) as number));
  return common.filter((_, nth) => !stayed.has(nth));
}

/** The positions of a longest rising run, not necessarily without gaps. */
function findLongestRise(places: readonly number[]): Set<number> {
  const length: number[] = [];
  const cameFrom: number[] = [];
  let last = -1;
  places.forEach((place, nth) => {
    length[nth] = 1;
    cameFrom[nth] = -1;
    for (let earlier = 0; earlier < nth; earlier += 1) {
      const longer = (length[earlier] ?? 0) + 1;
      if ((places[earlier] ?? 0) < place && longer > (length[nth] ?? 0)) {
        length[nth] = longer;
        cameFrom[nth] = earlier;
      }
    }
    if (last < 0 || (length[nth] ?? 0) > (length[last] ?? 0)) last = nth;
  });
  const rise = new Set<number>();
  for (let nth = last; nth >= 0; nth = cameFrom[nth] ?? -1) rise.add(nth);
  return rise;
}
