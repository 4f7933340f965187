// What a model of another desk is told, what it sees, and what it answers.

/**
 * Customers with equal needs and the agents who fit them: an inbox, a department or a team, whatever
 * the other desk calls it. It knows no skills, so whoever fits is a member.
 */
export interface Department {
  /** Places in the list of agents, in its order. */
  members: readonly number[];
  /** In order of arrival. */
  waiting: ReadonlySet<Waiting>;
}

export interface Waiting {
  /** In order of arrival. */
  nth: number;
  department: Department;
}

/** Other desks count conversations, whatever these weigh. */
export interface PeerAgent {
  capacity: number;
  speed: number;
  held: number;
  /** From the beginning. */
  given: number;
}

export interface Floor {
  agents: readonly PeerAgent[];
  listDepartments(): Iterable<Department>;
  /** By the agent's place. */
  departmentsOf(agent: number): readonly Department[];
  /** Of all departments, in order of arrival. */
  waiting: ReadonlySet<Waiting>;
}

/** `end`: an agent has ended one of this department. */
export type News =
  | { what: 'arrival'; waiting: Waiting }
  | { what: 'end'; agent: number; department: Department }
  | { what: 'tick' };

export interface Choice {
  give: Waiting;
  /** The agent's place in the list. */
  to: number;
}

/** A model: it knows no clock and draws no number of its own; what it remembers is its own. */
export interface Peer {
  /** How often it looks by itself; null: only when something happens. */
  everyMs: number | null;
  /** Each choice takes effect before the next is asked for. */
  decide(news: News, floor: Floor): Iterable<Choice>;
}
