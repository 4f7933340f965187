// The traits in which kinds of channels differ. Code asks for a trait, never for a kind, so a new kind is a new row.

export interface ChannelTraits {
  /** As people read it. */
  name: string;
  /** Where agents answer: in the outside system, which must know the agent, or here. */
  desk: 'remote' | 'ours';
  /**
   * Who confirms an assignment: the outside system, or the agent, where the plan offers it or the channel's
   * `acceptance` is manual. Otherwise an assignment of these stands at once.
   */
  confirmedBy: 'remote' | 'agent';
  /** The type of the delivery by which the outside system is told; null: it is not told. A closing that was told cannot be taken back. */
  tells: { assigned: string | null; said: string | null; closed: string | null };
  /**
   * How the words of a plan reach the contact: our own page shows them, the outside system is told as of an agent's
   * message, or whoever made the channel reads them in events; null: not at all.
   */
  words: 'shown' | 'sent' | 'events' | null;
  /**
   * It is a mirror: it brings agents and no conversations. They answer over there what the channels whose desk is ours
   * bring, each conversation as a room.
   */
  mirrors: boolean;
  /**
   * How an agent may write first. session: to a visitor whose session stands. known-name: under the outside name of the
   * latest conversation with the contact, which its program knows. null: not at all, the outside system has no call.
   */
  begins: 'session' | 'known-name' | null;
  /** A token can be bound to one: a company's own program speaks there, by a door of its own. */
  takesTokens: boolean;
  /** Where visitors are met: here, with sessions, names to prove and presence, or in the outside system. */
  visitors: 'here' | 'elsewhere';
  /** Attributes by which the outside system finds a contact: it alone sets them. */
  ownAttributes: readonly string[];
  /**
   * Whether a change of the settings replaces all of them, or keeps those that it does not name.
   */
  configChange: 'keeps-others' | 'replaces-all';
  /**
   * The setting and the secret by which a request from outside names its channel: unique to one
   * channel.
   */
  namedBy: { setting: string; secret: string } | null;
  /** A secret that is made here where none is given. */
  makesSecret: string | null;
  /** The secrets that are sent to the server at this address, and what becomes of them when it moves. */
  sends: { to: string; secrets: readonly string[]; whenMoved: 'refuse' | { drop: string } } | null;
  /** Each workspace begins with one of this name; null: with none. */
  firstName: string | null;
}

const rows = {
  qiscus: {
    name: 'Qiscus',
    desk: 'remote',
    confirmedBy: 'remote',
    tells: { assigned: 'assign', said: null, closed: 'resolve' },
    words: null,
    mirrors: false,
    begins: null,
    takesTokens: false,
    visitors: 'elsewhere',
    ownAttributes: [],
    configChange: 'replaces-all',
    namedBy: { setting: 'appId', secret: 'webhookSecret' },
    makesSecret: 'webhookSecret',
    sends: { to: 'baseUrl', secrets: ['secretKey', 'password'], whenMoved: 'refuse' },
    firstName: null,
  },
  rapidpro: {
    name: 'RapidPro',
    desk: 'ours',
    confirmedBy: 'agent',
    tells: { assigned: null, said: 'agent-message', closed: 'close-room' },
    words: 'sent',
    mirrors: false,
    begins: null,
    takesTokens: false,
    visitors: 'elsewhere',
    ownAttributes: ['contactUuid'],
    configChange: 'keeps-others',
    namedBy: null,
    makesSecret: 'authToken',
    sends: {
      to: 'webhookUrl',
      secrets: ['apiToken'],
      // It connects itself with its secret, which more people know than the token of its API.
      whenMoved: {
        drop: 'RapidPro has connected from another address, which is not told the API token of the one before. Set the token again to show what was said before a ticket.',
      },
    },
    firstName: null,
  },
  webchat: {
    name: 'Web chat',
    desk: 'ours',
    confirmedBy: 'agent',
    tells: { assigned: null, said: null, closed: null },
    words: 'shown',
    mirrors: false,
    begins: 'session',
    takesTokens: false,
    visitors: 'here',
    ownAttributes: [],
    configChange: 'keeps-others',
    namedBy: null,
    makesSecret: null,
    sends: null,
    firstName: 'Web chat',
  },
  api: {
    name: 'API',
    desk: 'ours',
    confirmedBy: 'agent',
    tells: { assigned: null, said: null, closed: null },
    words: 'events',
    mirrors: false,
    begins: 'known-name',
    takesTokens: true,
    visitors: 'elsewhere',
    ownAttributes: [],
    configChange: 'keeps-others',
    namedBy: null,
    makesSecret: null,
    sends: null,
    firstName: null,
  },
  rocketchat: {
    name: 'Rocket.Chat',
    desk: 'remote',
    confirmedBy: 'remote',
    tells: { assigned: null, said: null, closed: null },
    words: null,
    mirrors: true,
    begins: null,
    takesTokens: false,
    visitors: 'elsewhere',
    ownAttributes: [],
    configChange: 'keeps-others',
    namedBy: null,
    makesSecret: 'webhookSecret',
    sends: { to: 'baseUrl', secrets: ['authToken'], whenMoved: 'refuse' },
    firstName: null,
  },
} as const satisfies Record<string, ChannelTraits>;

export type ChannelKind = keyof typeof rows;

export const channelKinds: Readonly<Record<ChannelKind, ChannelTraits>> = rows;

export const kindNames = Object.keys(rows) as ChannelKind[];

/** false: a newer server made a channel of this kind. */
export function isKnownKind(kind: string): kind is ChannelKind {
  return Object.hasOwn(rows, kind);
}

/** For a statement's parameter: a statement names no kind. */
export function kindsWith<T extends keyof ChannelTraits>(
  trait: T,
  value: ChannelTraits[T],
): ChannelKind[] {
  return kindNames.filter((kind) => channelKinds[kind][trait] === value);
}

/** The type of delivery by kind, for a statement's parameter; kinds that are not told are left out. */
export function deliveryTypes(of: keyof ChannelTraits['tells']): Record<string, string> {
  const told = kindNames.map((kind) => [kind, channelKinds[kind].tells[of]] as const);
  return Object.fromEntries(told.flatMap(([kind, type]) => (type === null ? [] : [[kind, type]])));
}

/** What a mirror is told, as the types of the deliveries to it; statements write them by these names. */
export const mirrorDeliveries = {
  assigned: 'desk-assign',
  /** It waits for a department over there, or does so no longer. */
  handover: 'desk-handover',
  said: 'desk-messages',
  closed: 'desk-close',
  /** What it told us, kept until it has been read. */
  news: 'desk-news',
} as const;

type KindOf<T extends keyof ChannelTraits, V> = {
  [K in ChannelKind]: (typeof rows)[K][T] extends V ? K : never;
}[ChannelKind];

/** Its visitors come to us. */
export function meetsVisitors<C extends { kind: ChannelKind }>(
  channel: C,
): channel is Extract<C, { kind: KindOf<'visitors', 'here'> }> {
  return channelKinds[channel.kind].visitors === 'here';
}

/** Its contacts are told whether somebody is there: by our own page, or by the program of the channel. */
export function tellsPresence(kind: ChannelKind): boolean {
  const { visitors, takesTokens } = channelKinds[kind];
  return visitors === 'here' || takesTokens;
}

/** A closing can be taken back: no outside system was told. */
export function canReopen(kind: ChannelKind): boolean {
  return channelKinds[kind].tells.closed === null;
}
