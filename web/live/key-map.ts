// Which key does what: one table for the listener, the help and the tests. Pure.

export const keyActions = {
  commands: { keys: ['mod+k'], scope: 'everywhere' },
  help: { keys: ['?'], scope: 'everywhere' },
  goMine: { keys: ['g m'], scope: 'everywhere' },
  goParked: { keys: ['g p'], scope: 'everywhere' },
  goWaiting: { keys: ['g w'], scope: 'everywhere' },
  goAll: { keys: ['g a'], scope: 'everywhere' },
  goLive: { keys: ['g l'], scope: 'everywhere' },
  goReports: { keys: ['g r'], scope: 'everywhere' },
  goSettings: { keys: ['g s'], scope: 'everywhere' },
  toggleOnline: { keys: ['o'], scope: 'everywhere' },
  acceptOffer: { keys: ['y'], scope: 'everywhere' },
  declineOffer: { keys: ['d'], scope: 'everywhere' },
  next: { keys: ['j'], scope: 'list' },
  previous: { keys: ['k'], scope: 'list' },
  search: { keys: ['/'], scope: 'list' },
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
  close: { keys: ['e'], scope: 'conversation' },
  why: { keys: ['w'], scope: 'conversation' },
  customer: { keys: ['p'], scope: 'conversation' },
  external: { keys: ['x'], scope: 'conversation' },
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
  /** The focus is where letters are written. */
  writing: boolean;
}

const SECOND_KEY_MS = 1000;

/** Reads one press after another; `g` waits for its second key. Null: not ours. */
export function makeKeyReader(): (press: KeyPress, now: number) => KeyAction | null {
  let pending: { key: string; at: number } | null = null;
  return ({ key, meta, ctrl, alt, writing }, now) => {
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
  return keys.replace('mod+', mac ? '⌘ ' : 'Ctrl ').replace('Escape', 'Esc');
}
