// Writes a moment in the ways that Qiscus' generations have.
import type { Switches } from './switches.ts';

/** RFC 3339 since 2024; before it, a date and a time without a zone. */
export function writeTime(
  at: number | null,
  generation: Switches['hookGeneration'],
): string | null {
  if (at === null) return null;
  return generation >= 2024 ? new Date(at).toISOString() : writeZoneless(at);
}

/** `YYYY-MM-DD HH:MM:SS`, in UTC. */
export function writeZoneless(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
