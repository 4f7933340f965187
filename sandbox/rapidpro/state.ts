// What the emulated RapidPro knows: its organisations, their tickets, and what reached their contacts.

export interface Contact {
  /** RapidPro's database id, told as `visitor.token`. */
  token: string;
  uuid: string;
  name?: string;
  email?: string;
  phone?: string;
}

export interface Ticketer {
  uuid: string;
  baseUrl: string;
  secret: string;
  adminUserId: string;
  adminAuthToken: string;
}

export interface StoredFile {
  url: string;
  /** What the event said. */
  type: string;
  /** What the server said, without parameters; '' if nothing. */
  contentType: string;
  /** With its dot, from the last dot of the url on; '' without one. */
  extension: string;
  bytes: Buffer;
}

/** An agent's message, as the customer got it. */
export interface Reply {
  at: number;
  text: string;
  files: StoredFile[];
  afterClose: boolean;
  /** It came by the ticketer of another organisation; mailroom does not mind. */
  strayed: boolean;
}

export interface Ticket {
  uuid: string;
  contact: Contact;
  /** The `id` that `/room` answered. */
  externalId: string;
  status: 'open' | 'closed';
  /** After the answer of `/room`, never before. */
  storedAt: number;
  /** In the order in which customers got them. */
  messages: Reply[];
  /** When each close-room was handled, the ones without effect included. */
  closes: number[];
}

export interface HistoryMessage {
  contactUuid: string;
  direction: 'in' | 'out';
  /** `errored` among them: those never reached anybody. */
  status: string;
  text: string;
  attachments: { content_type: string; url: string }[];
  /** Milliseconds since 1970. */
  createdAt: number;
  sentAt: number | null;
}

export interface OrganisationState {
  name: string;
  /** Of RapidPro's API. */
  apiToken: string;
  /** The one that the connect page shows. */
  pageSecret: string;
  ticketer: Ticketer | null;
  tickets: Map<string, Ticket>;
  history: HistoryMessage[];
}
