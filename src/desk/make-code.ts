// Makes codes that people read and type: for the first run, and the recovery codes of a second factor.
import { randomInt } from 'node:crypto';

// Without 0 and O, 1, I and L.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const GROUPS = 4;

/** Sixteen letters, 79 bits. */
export function makeCode(): string {
  const letter = () => LETTERS[randomInt(LETTERS.length)];
  const group = () => Array.from({ length: 4 }, letter).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** Normalised, however it was typed. */
export function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
