// How Qiscus misbehaves in `usher demo --chaos`: all of it seen at the real one.
import type { Switches } from '../../qiscus/switches.ts';

export function makeChaos(): Partial<Switches> {
  return {
    countLagMs: 2000,
    duplicateHooks: { probability: 0.5, copies: 2, spreadMs: 300 },
    reorderHooks: { probability: 0.5, delayMs: 50 },
    freshRoom400: 0.1,
    rate429: { probability: 0.01, retryAfterSeconds: 1 },
    error5xx: 0.03,
    applyThenReset: 0.03,
    latencyMs: { min: 20, max: 150 },
    expireTokens: 5000,
    faultPaths: ['/service/'],
  };
}
