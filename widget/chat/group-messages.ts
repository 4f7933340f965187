// Groups consecutive messages of one person, day by day.
import { type ChatMessage, type ChatState, isMine, type Person } from './state.ts';

export interface Group {
  key: string;
  mine: boolean;
  from: Person;
  /** When its last message was said. */
  at: number;
  /** The first of a day. */
  startsDay: boolean;
  messages: ChatMessage[];
}

const TOGETHER_MS = 3 * 60_000;

export function groupMessages(state: ChatState): Group[] {
  const groups: Group[] = [];
  for (const message of state.messages) {
    const last = groups.at(-1);
    const startsDay = last === undefined || !isSameDay(last.at, message.at);
    const continues =
      !startsDay && last.from.id === message.from.id && message.at - last.at < TOGETHER_MS;
    if (continues) {
      last.messages.push(message);
      last.at = message.at;
    } else {
      const { id: key, from, at } = message;
      groups.push({ key, from, at, startsDay, mine: isMine(state, message), messages: [message] });
    }
  }
  return groups;
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
