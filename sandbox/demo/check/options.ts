// The options of the demonstration.

export interface DemoOptions {
  durationSeconds: number;
  agents: number;
  /** Conversations a second. */
  rate: number;
  chaos: boolean;
  json: boolean;
  seed: number;
}

/** From the command line's options as JSON. Throws a sentence for what makes no sense. */
export function readOptions(text = '{}'): DemoOptions {
  const given = JSON.parse(text) as Record<string, unknown>;
  return {
    durationSeconds: readNumber(given.duration ?? 20, { name: '--duration', min: 1, max: 3600 }),
    agents: readNumber(given.agents ?? 8, { name: '--agents', min: 1, max: 500 }),
    rate: readNumber(given.rate ?? 6, { name: '--rate', min: 0.1, max: 500 }),
    seed: readNumber(given.seed ?? 1, { name: '--seed', min: 0, max: 2 ** 31 }),
    chaos: given.chaos === true,
    json: given.json === true,
  };
}

function readNumber(
  value: unknown,
  { name, min, max }: { name: string; min: number; max: number },
): number {
  const number = Number(value);
  if (Number.isFinite(number) && number >= min && number <= max) return number;
  throw new Error(`${name} must be a number from ${min} to ${max}, not ${String(value)}.`);
}
