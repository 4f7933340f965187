// What the emulated Rocket.Chat knows, in the shapes of its own collections, dates as Date.

export type Presence = 'online' | 'away' | 'busy' | 'offline';
export type LivechatStatus = 'available' | 'not-available';

export interface User {
  _id: string;
  username: string;
  name: string;
  emails: { address: string; verified: boolean }[];
  roles: string[];
  type: 'user' | 'bot' | 'app';
  active: boolean;
  status: Presence;
  statusLivechat: LivechatStatus;
  /** Rooms that were ever given to the user by `Auto_Selection` without a department. */
  livechatCount: number;
  customFields?: Record<string, unknown>;
  createdAt: Date;
  _updatedAt: Date;
}

export interface DepartmentAgent {
  agentId: string;
  username: string;
  /** Rooms ever given to the agent in this department. */
  count: number;
  order: number;
}

export interface Department {
  _id: string;
  name: string;
  enabled: boolean;
  email: string;
  description: string;
  showOnRegistration: boolean;
  showOnOfflineForm: boolean;
  requestTagBeforeClosingChat: boolean;
  chatClosingTags: string[];
  allowReceiveForwardOffline: boolean;
  /** Listed by calls of their own, never with the department. */
  agents: DepartmentAgent[];
  _updatedAt: Date;
}

export interface Visitor {
  _id: string;
  token: string;
  username: string;
  name?: string;
  status: Presence;
  visitorEmails?: { address: string }[];
  phone?: { phoneNumber: string }[];
  department?: string;
  livechatData?: Record<string, unknown>;
  userAgent?: string;
  ip?: string;
  ts: Date;
  _updatedAt: Date;
}

export interface Source {
  type: 'widget' | 'email' | 'sms' | 'app' | 'api' | 'other';
  id?: string;
  alias?: string;
  label?: string;
  sidebarIcon?: string;
  defaultIcon?: string;
}

export interface ServedBy {
  _id: string;
  username: string;
  ts: Date;
}

export interface Room {
  _id: string;
  t: 'l';
  fname: string;
  v: Pick<Visitor, '_id' | 'token' | 'username' | 'status'>;
  departmentId?: string;
  servedBy?: ServedBy;
  /** Missing once closed. */
  open?: true;
  ts: Date;
  /** Of the last message. */
  lm: Date;
  msgs: number;
  usersCount: number;
  cl: false;
  waitingResponse?: true;
  source: Source;
  queuedAt?: Date;
  closedAt?: Date;
  closedBy?: { _id: string; username: string };
  closer?: 'user' | 'visitor';
  chatDuration?: number;
  serviceTimeDuration?: number;
  tags?: string[];
  topic?: string;
  /** Of the fields that exist with scope `room`. */
  livechatData?: Record<string, unknown>;
  /** Set by apps. */
  customFields?: Record<string, unknown>;
  /** What the webhook's receiver last answered. */
  crmData?: string;
  transferHistory?: TransferData[];
  priorityId?: string;
  priorityWeight: number;
  lastMessage?: Message;
  _updatedAt: Date;
}

export interface TransferData {
  scope?: 'agent' | 'department' | 'queue' | 'index';
  transferredBy: {
    _id: string;
    username: string;
    name?: string;
    type: 'agent' | 'user' | 'visitor';
  };
  transferredTo?: { _id: string; username: string; name: string };
  previousDepartment?: string;
  nextDepartment?: { _id: string; name: string };
  comment?: string;
  ts: Date;
}

export type InquiryStatus = 'ready' | 'queued' | 'taken';

export interface Inquiry {
  _id: string;
  rid: string;
  t: 'l';
  name: string;
  message: string;
  status: InquiryStatus;
  department?: string;
  v: Room['v'];
  source: Source;
  defaultAgent?: ChosenAgent;
  ts: Date;
  queuedAt?: Date;
  takenAt?: Date;
  _updatedAt: Date;
}

export interface ChosenAgent {
  agentId: string;
  username: string;
}

/** Types of system messages that the emulated calls write. */
export type SystemType =
  | 'livechat-started'
  | 'livechat-close'
  | 'livechat_transfer_history'
  | 'command'
  | 'uj'
  | 'ul';

export interface Message {
  _id: string;
  rid: string;
  msg: string;
  ts: Date;
  u: { _id: string; username: string; name?: string };
  /** The visitor's; agents' messages have none. */
  token?: string;
  alias?: string;
  t?: SystemType;
  groupable?: false;
  editedAt?: Date;
  editedBy?: { _id: string; username: string };
  file?: { _id: string; name: string; type: string; size: number };
  files?: { _id: string; name: string; type: string; size: number }[];
  attachments?: Record<string, unknown>[];
  blocks?: unknown[];
  customFields?: Record<string, unknown>;
  transferData?: TransferData;
  _updatedAt: Date;
}

export interface StoredFile {
  _id: string;
  name: string;
  type: string;
  size: number;
  rid: string;
  userId?: string;
  visitorToken?: string;
  description?: string;
  uploadedAt: Date;
  bytes: Buffer;
}

export interface CustomField {
  _id: string;
  label: string;
  scope: 'visitor' | 'room';
  visibility: 'visible' | 'hidden';
  regexp: string;
}

export interface State {
  users: Map<string, User>;
  passwords: Map<string, string>;
  /** Auth token → user id. */
  authTokens: Map<string, string>;
  departments: Map<string, Department>;
  visitors: Map<string, Visitor>;
  /** Id of a visitor, by token. */
  visitorByToken: Map<string, string>;
  rooms: Map<string, Room>;
  /** Who is in a room, by its id. */
  subscribers: Map<string, Set<string>>;
  /** By the room's id; removed when the room closes. */
  inquiries: Map<string, Inquiry>;
  messages: Map<string, Message>;
  /** In the order in which they were written. */
  messagesByRoom: Map<string, Message[]>;
  files: Map<string, StoredFile>;
  customFields: Map<string, CustomField>;
  nextGuest: number;
}

export function makeState(): State {
  return {
    users: new Map(),
    passwords: new Map(),
    authTokens: new Map(),
    departments: new Map(),
    visitors: new Map(),
    visitorByToken: new Map(),
    rooms: new Map(),
    subscribers: new Map(),
    inquiries: new Map(),
    messages: new Map(),
    messagesByRoom: new Map(),
    files: new Map(),
    customFields: new Map(),
    nextGuest: 1,
  };
}
