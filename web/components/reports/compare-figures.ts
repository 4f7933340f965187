// How a figure differs from what it was, as far as that can be said honestly. Pure.

/** Of fewer than this, a share says more than there is to say. */
export const FEW = 20;

export interface Change {
  /** `none`: there was nothing before. `few`: too few, then or now, for a share. */
  change: 'up' | 'down' | 'same' | 'few' | 'none';
  share: number;
}

export function compareFigures(args: {
  now: number | null;
  before: number | null;
  of?: { now: number; before: number } | undefined;
}): Change {
  const { now, before } = args;
  const of = args.of ?? { now: now ?? 0, before: before ?? 0 };
  if (before === null || of.before === 0) return { change: 'none', share: 0 };
  if (now === null || of.now < FEW || of.before < FEW) return { change: 'few', share: 0 };
  const share = before === 0 ? 0 : Math.abs(now - before) / before;
  if (before === 0 || share < 0.005) return { change: 'same', share: 0 };
  return { change: now > before ? 'up' : 'down', share };
}
