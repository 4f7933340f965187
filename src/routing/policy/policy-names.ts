// What a policy may name in a workspace, and how each is found: by id or, whatever the case, by name.

export interface Named {
  id: string;
  name: string;
}

export interface NamedAgent extends Named {
  email: string | null;
  /** Absent: a person. */
  kind?: 'human' | 'bot';
  teamIds: readonly string[];
  /** Levels by the skill’s id. */
  skills: Readonly<Record<string, number>>;
}

export interface NamedChannel extends Named {
  kind?: string;
}

/** What there is in a workspace. */
export interface PolicyNames {
  teams: readonly Named[];
  skills: readonly Named[];
  agents: readonly NamedAgent[];
  channels: readonly NamedChannel[];
}

export type NameKind = 'team' | 'skill' | 'agent' | 'channel';

export interface NameIndex {
  /** Several: the name alone does not say which one. */
  find(kind: NameKind, written: string): readonly string[];
  /** How people write it; the id itself where no name says it. */
  nameOf(kind: NameKind, id: string): string;
  names(kind: NameKind): readonly string[];
}

const fold = (text: string) => text.trim().toLowerCase();

export function indexNames({ teams, skills, agents, channels }: PolicyNames): NameIndex {
  const kinds = {
    team: indexKind(teams),
    skill: indexKind(skills),
    agent: indexKind(agents),
    channel: indexKind(channels),
  };
  return {
    find: (kind, written) => kinds[kind].find(written),
    nameOf: (kind, id) => kinds[kind].nameOf(id),
    names: (kind) => kinds[kind].names,
  };
}

function indexKind(all: readonly (Named & { email?: string | null })[]) {
  const byId = new Map(all.map((one) => [one.id, one]));
  const byWord = new Map<string, string[]>();
  for (const { id, name, email } of all) {
    for (const word of new Set([name, ...(email ? [email] : [])].map(fold))) {
      byWord.set(word, [...(byWord.get(word) ?? []), id]);
    }
  }
  const find = (written: string): readonly string[] => {
    const word = fold(written);
    return byId.has(word) ? [word] : (byWord.get(word) ?? []);
  };
  const nameOf = (id: string): string => {
    const one = byId.get(id);
    const words = one === undefined ? [] : [one.name, ...(one.email ? [one.email] : [])];
    // A name that two share, or that is another's id, would be found as something else.
    return words.find((word) => find(word).length === 1 && find(word)[0] === id) ?? id;
  };
  return { find, nameOf, names: all.map(({ name }) => name) };
}
