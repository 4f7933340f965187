// A duration as a number and the largest unit in which it is whole.

export const unitSeconds = { s: 1, min: 60, h: 3600, d: 86_400 } as const;
export type TimeUnit = keyof typeof unitSeconds;

export function splitSeconds(
  seconds: number,
  units: readonly TimeUnit[],
): { count: number; unit: TimeUnit } {
  const whole = units.filter((unit) => seconds % unitSeconds[unit] === 0 && seconds > 0);
  const unit = whole.at(-1) ?? units[0] ?? 's';
  return { count: seconds / unitSeconds[unit], unit };
}
