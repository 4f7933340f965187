// Which key does what: one table for the listener, the help and the tests. Pure.

export const keyActions = {
  commands: { keys: ['mod+k'], scope: 'everywhere' },
  help: { keys: ['?'], scope: 'everywhere' },
  goMine: { keys: ['g m'], scope: 'everywhere' },
  goParked: { keys: ['g p'], scope: 'everywhere' },
  goMentions: { keys: ['g n'], scope: 'everywhere' },
  goWaiting: { keys: ['g w'], scope: 'everywhere' },
  goAll: { keys: ['g a'], scope: 'everywhere' },
  goLive: { keys: ['g l'], scope: 'everywhere' },
  goContacts: { keys: ['g c'], scope: 'everywhere' },
  goReports: { keys: ['g r'], scope: 'everywhere' },
  goSettings: { keys: ['g s'], scope: 'everywhere' },
  undo: { keys: ['z'], scope: 'everywhere' },
  toggleOnline: { keys: ['o'], scope: 'everywhere' },
  start: { keys: ['N'], scope: 'everywhere' },
  acceptOffer: { keys: ['y'], scope: 'everywhere' },
  declineOffer: { keys: ['d'], scope: 'everywhere' },
  next: { keys: ['j'], scope: 'list' },
  previous: { keys: ['k'], scope: 'list' },
  search: { keys: ['/'], scope: 'list' },
  select: { keys: ['x'], scope: 'list' },
  selectNext: { keys: ['shift+ArrowDown'], scope: 'list' },
  selectPrevious: { keys: ['shift+ArrowUp'], scope: 'list' },
  unselect: { keys: ['Escape'], scope: 'list' },
  reply: { keys: ['r'], scope: 'conversation' },
  note: { keys: ['n'], scope: 'conversation' },
  take: { keys: ['t'], scope: 'conversation' },
  assign: { keys: ['a'], scope: 'conversation' },
  requeue: { keys: ['u'], scope: 'conversation' },
  park: { keys: ['s'], scope: 'conversation' },
  giveBack: { keys: ['b'], scope: 'conversation' },
  consult: { keys: ['c'], scope: 'conversation' },
  whisper: { keys: ['h'], scope: 'conversation' },
  assist: { keys: ['i'], scope: 'conversation' },
  tag: { keys: ['l'], scope: 'conversation' },
  unread: { keys: ['U'], scope: 'conversation' },
  find: { keys: ['f'], scope: 'conversation' },
  close: { keys: ['e'], scope: 'conversation' },
  reopen: { keys: ['E'], scope: 'conversation' },
  why: { keys: ['w'], scope: 'conversation' },
  customer: { keys: ['p'], scope: 'conversation' },
  external: { keys: ['m'], scope: 'conversation' },
  send: { keys: ['Enter'], scope: 'writing' },
  canned: { keys: ['/'], scope: 'writing' },
  leave: { keys: ['Escape'], scope: 'writing' },
} as const satisfies Record<string, { keys: readonly string[]; scope: KeyScope }>;

export type KeyScope = 'everywhere' | 'list' | 'conversation' | 'writing';
export type KeyAction = keyof typeof keyActions;

export interface KeyPress {
  key: string;
  meta: boolean;
  ctrl: boolean;
  alt: boolean;
  /** Counts with keys that have a name; letters are others with it. */
  shift?: boolean;
  /** The focus is where letters are written. */
  writing: boolean;
}

const SECOND_KEY_MS = 1000;

/** Reads one press after another; `g` waits for its second key. Null: not ours. */
export function makeKeyReader(): (press: KeyPress, now: number) => KeyAction | null {
  let pending: { key: string; at: number } | null = null;
  return (press, now) => {
    const { meta, ctrl, alt, writing } = press;
    const key = nameOf(press);
    const first = pending !== null && now - pending.at <= SECOND_KEY_MS ? `${pending.key} ` : '';
    pending = null;
    if (meta || ctrl || alt) return isCommand(key, alt) ? 'commands' : null;
    if (writing) return null;
    const action = findAction(`${first}${key}`);
    if (action !== null) return action;
    if (key === 'g') pending = { key, at: now };
    return null;
  };
}

/** Shift makes another key of what has a name; of a letter it makes another letter by itself. */
function nameOf({ key, shift }: KeyPress): string {
  return shift && key.length > 1 ? `shift+${key}` : key;
}

function isCommand(key: string, alt: boolean): boolean {
  return !alt && key.toLowerCase() === 'k';
}

function findAction(pressed: string): KeyAction | null {
  const entries = Object.entries(keyActions) as [KeyAction, (typeof keyActions)[KeyAction]][];
  const found = entries.find(
    ([, { keys, scope }]) => scope !== 'writing' && (keys as readonly string[]).includes(pressed),
  );
  return found?.[0] ?? null;
}

/** As it is printed in the help. */
export function printKeys(keys: string, mac: boolean): string {
  return keys
    .replace('mod+', mac ? '⌘ ' : 'Ctrl ')
    .replace('shift+', 'Shift ')
    .replace('ArrowDown', '↓')
    .replace('ArrowUp', '↑')
    .replace(/^[A-Z]$/, 'Shift $&')
    .replace('Escape', 'Esc');
}
