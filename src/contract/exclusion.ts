// Which agents a waiting conversation is not given to for a while.

export interface Exclusion {
  agentId: string;
  /** The outcome of assigning it to them: `agent-unfit`, `agent-refused`, `declined`, … */
  cause: string;
  /** ISO 8601. From then on the agent may be asked again. */
  until: string;
  /** How often this agent was excluded from it. */
  times: number;
}
