// Reads the recorded reason of an assignment; an older record may lack what a newer one has. Pure.

export interface Candidate {
  agentId: string;
  loadShare: number;
  idleSeconds: number;
}
export interface ReadBecause {
  winner: Candidate;
  runnerUp: Candidate | null;
  considered: number;
  eligible: number;
  removed: Record<string, number>;
}

export function readBecause(because: Record<string, unknown> | null): ReadBecause | null {
  const winner = readCandidate(because?.winner);
  if (because === null || winner === null) return null;
  const number = (name: string) => (typeof because[name] === 'number' ? because[name] : 0);
  return {
    winner,
    runnerUp: readCandidate(because.runnerUp),
    considered: number('considered'),
    eligible: number('eligible'),
    removed: (because.removed ?? {}) as Record<string, number>,
  };
}

function readCandidate(value: unknown): Candidate | null {
  const { agentId, loadShare, idleSeconds } = (value ?? {}) as Partial<Candidate>;
  if (typeof agentId !== 'string') return null;
  return { agentId, loadShare: loadShare ?? 0, idleSeconds: idleSeconds ?? 0 };
}
