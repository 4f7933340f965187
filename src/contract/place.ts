// The place of a waiting conversation in the queue, as its contact is told it.

export interface Place {
  /** From 1, among all that wait in the workspace; null: it does not wait. */
  position: number | null;
  /** null: nobody has been served yet. */
  estimatedWaitSeconds: number | null;
  /** How long it waits on, in seconds from now: four of five end within it, half of them before p50. */
  waitRange: { from: number; p50: number; to: number } | null;
  /** While the plan's hours are closed, in milliseconds since 1970. */
  opensAt: number | null;
}
