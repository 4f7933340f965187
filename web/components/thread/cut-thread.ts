// Cuts a thread into stretches, and with older messages in front only what is new of it. Pure.
import { groupMessages, type ThreadItem, type ThreadParts } from './group-messages.ts';

/** A stretch of the thread that the browser need not look into while it is far from what is seen. */
export interface Stretch {
  key: number;
  items: ThreadItem[];
  messages: number;
}

// With 5,000 messages every frame took 50 ms when the browser had each group to look at.
const STRETCH = 40;

/** By the numbers of the messages, so that older ones in front move nothing into another stretch. */
function cutIntoStretches(items: readonly ThreadItem[]): Stretch[] {
  const stretches: Stretch[] = [];
  // What stands before a group goes with it.
  let before: ThreadItem[] = [];
  for (const item of items) {
    before.push(item);
    if (item.kind !== 'group') continue;
    const key = Math.floor((item.messages[0]?.seq ?? 0) / STRETCH);
    let last = stretches.at(-1);
    if (last?.key !== key) {
      last = { key, items: [], messages: 0 };
      stretches.push(last);
    }
    last.items.push(...before);
    last.messages += item.messages.length;
    before = [];
  }
  const last = stretches.at(-1);
  if (last !== undefined) last.items.push(...before);
  else if (before.length > 0) stretches.push({ key: 0, items: before, messages: 0 });
  return stretches;
}

export type Cut = ThreadParts & { stretches: Stretch[] };

/** `before`: how it was cut last. What stays is the very same then: a history is read ten messages a frame. */
export function cutThread(parts: ThreadParts, before: Cut | null): Cut {
  const grown = before === null ? null : growInFront(before, parts);
  return { ...parts, stretches: grown ?? cutIntoStretches(groupMessages(parts)) };
}

/** Null: something else has changed, or there is nothing to keep. */
function growInFront(before: Cut, parts: ThreadParts): Stretch[] | null {
  const { messages, events, readSeq } = parts;
  const [first, ...kept] = before.stretches;
  const added = messages.length - before.messages.length;
  if (first === undefined || kept.length === 0 || added <= 0) return null;
  if (events !== before.events || readSeq !== before.readSeq) return null;
  // An older message might be the first that is new.
  if (readSeq !== null && (before.messages[0]?.seq ?? 0) > readSeq + 1) return null;
  if (before.messages.some((message, at) => message !== messages[added + at])) return null;
  // What comes in front may belong to the group that was the first.
  const again = messages.slice(0, added + first.messages);
  const until = again.at(-1)?.createdAt ?? '';
  const told = events.filter(({ at }) => at <= until);
  const grown = groupMessages({ messages: again, events: told, readSeq });
  return [...cutIntoStretches(grown), ...kept];
}
