// The company's own check of a password, asked as Chimp Assist does (chimp-assist.md §7). Pure.
import type { KnownPerson } from '../contract/people.ts';

export type Login =
  | { known: KnownPerson }
  /** 404: unknown; 401: wrong. The answer never tells which. */
  | { known: null }
  | { trouble: string };

export function loginUrl(endpoint: string): string {
  return `${endpoint.replace(/\/+$/, '')}/chimpassist/auth`;
}

/** `typed` replaces what the answer leaves out. */
export function readLogin(status: number, body: string, typed: { email: string }): Login {
  if (status === 404 || status === 401) return { known: null };
  if (status !== 200) return { trouble: `It answered ${status}.` };
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return { trouble: 'Its answer is not JSON.' };
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    return { trouble: 'Its answer is no object.' };
  }
  const { email, name, avatarURL, type } = answer as Record<string, unknown>;
  const address = readText(email, 255) ?? typed.email;
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) return { trouble: 'Its answer has no e-mail address.' };
  const skill = readText(type, 255);
  const avatarUrl = readText(avatarURL, 2048);
  return {
    known: {
      email: address,
      name: readText(name, 255) ?? address,
      role: skill === 'support/supervisor' ? 'supervisor' : 'agent',
      avatarUrl: avatarUrl !== null && /^https?:\/\//.test(avatarUrl) ? avatarUrl : null,
      skill,
    },
  };
}

function readText(value: unknown, longest: number): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replaceAll('\0', '').toWellFormed().trim();
  return text === '' || text.length > longest ? null : text;
}
