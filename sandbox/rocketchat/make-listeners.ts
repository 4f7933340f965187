// Who is told what happens in the world: the webhooks, and the engine of the apps.
import type { Message, Room, ServedBy, User, Visitor } from './state.ts';

export interface Happenings {
  /** A visitor was registered, or registered again with other data. */
  onVisitorSaved: { visitor: Visitor };
  onRoomStarted: { room: Room };
  /** System messages too: those have a `t`. */
  onMessage: { room: Room; message: Message };
  onEdited: { room: Room; message: Message };
  /** An agent has the room: taken, given by the routing, or forwarded to. */
  onTaken: { room: Room; user: User };
  /** An agent has it no longer, while it stays open. */
  onReleased: { room: Room; user: User };
  onForwarded: Forwarded;
  /** Waits in a queue: at its start, by a forward to a department, or put back. */
  onQueued: { room: Room };
  onClosed: { room: Room };
  /** Its data was edited by hand. */
  onRoomSaved: { room: Room };
}

export interface Forwarded {
  room: Room;
  type: 'agent' | 'department';
  oldServedBy?: ServedBy;
  oldDepartmentId?: string;
}

export type Happening = keyof Happenings;

export interface Listeners {
  /** Answers how to hear no more. Listeners are called in order, at once, and must not throw. */
  on<Name extends Happening>(name: Name, hear: (told: Happenings[Name]) => void): () => void;
  tell<Name extends Happening>(name: Name, told: Happenings[Name]): void;
}

export function makeListeners(): Listeners {
  const ears = new Map<Happening, Set<(told: never) => void>>();
  return {
    on(name, hear) {
      const set = ears.get(name) ?? new Set();
      ears.set(name, set.add(hear));
      return () => void set.delete(hear);
    },
    tell(name, told) {
      for (const hear of ears.get(name) ?? []) (hear as (told: unknown) => void)(told);
    },
  };
}
