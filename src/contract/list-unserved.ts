// The kinds of a run of whom nobody was served: by people or by a bot. Pure.

interface Figures {
  arrived: number;
  botShare?: number;
  servedBy: Readonly<Record<string, number>>;
}

/** By name. Most often they need what no agent has, or more room than any agent has. */
export function listUnserved(kinds: Readonly<Record<string, Figures>>): string[] {
  return Object.entries(kinds)
    .filter(
      ([, { arrived, botShare = 0, servedBy }]) =>
        arrived > 0 && botShare === 0 && Object.values(servedBy).every((share) => share === 0),
    )
    .map(([name]) => name);
}
