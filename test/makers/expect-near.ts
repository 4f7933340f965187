import { expect } from 'vitest';

/** Within 1 % or three standard errors, whichever is wider; `ci` is 1.96 of them and more. */
export function expectNear(
  is: number,
  { exact, ci }: { exact: number; ci: number },
  what: string,
): void {
  const allowed = Math.max(exact * 0.01, (3 * ci) / 1.96);
  expect(Math.abs(is - exact), `${what}: ${is}, exactly ${exact}`).toBeLessThanOrEqual(allowed);
}
