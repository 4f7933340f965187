// What the check of a policy found, in the words of the reader. Pure.
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import { UUID } from '../../../src/contract/uuid.ts';
import { localeOf } from '../../i18n/locale-of.ts';
import { nameLanguage } from './name-language.ts';

export interface FaultWording {
  say(key: string, values?: Record<string, string>): string;
  /** As the reader's language has it. */
  language: string;
  /** Whether this language has the word of that key. */
  has(key: string): boolean;
}

/**
 * What was named by its id is called by no name where it is gone. The sentence with what to do stands in `detail`. What only a file can have wrong, or a newer
 * server says, stays as the server words it.
 */
export function wordFault(fault: PolicyFault, wording: FaultWording): PolicyFault {
  const { say, has } = wording;
  const written = Object.entries(fault.values ?? {});
  const isGone = UUID.test(String(fault.values?.name)) && has(`fault.${fault.code}.gone`);
  const key = isGone ? `fault.${fault.code}.gone` : `fault.${fault.code}`;
  if (!has(key)) return fault;
  const values: Record<string, string> = Object.fromEntries(
    written.map(([name, value]) => [name, wordValue(name, value, wording)]),
  );
  return { ...fault, detail: say(key, values), remedy: '' };
}

function wordValue(name: string, value: string | number, { say, language }: FaultWording): string {
  if (typeof value === 'number') return new Intl.NumberFormat(localeOf(language)).format(value);
  if (name === 'language') return nameLanguage(value, language);
  if (name === 'cause') return say(`plans.cause.${value}`);
  if (name === 'placeholder') return say(`plans.placeholder.${value}`);
  return value;
}

/** For one line. */
export const sayFault = ({ detail, remedy }: PolicyFault): string => `${detail} ${remedy}`.trim();
