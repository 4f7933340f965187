// Parts a model's answer into drafts. Pure.
import { SEPARATOR } from './write-prompt.ts';

const BETWEEN = new RegExp(`^[ \\t]*${SEPARATOR}-*[ \\t]*$`, 'm');

/** At most as many as were asked for; a model that forgot to part them gives one. */
export function readDrafts(text: string, most: number): string[] {
  const parts = text.split(BETWEEN).map((part) => part.trim());
  return parts.filter((part) => part !== '').slice(0, most);
}
