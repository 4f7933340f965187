// The card that a start on a terminal prints: the address, the credentials, and the next step.
import { styleText } from 'node:util';
import { spellCommand } from '../program/usher-command.ts';

export interface Card {
  version: string;
  /** Where people open it. */
  address: string;
  /** The code that sets up the first admin; null: somebody can sign in. */
  firstRunCode: string | null;
  /** Shown only this once; null: there was one. */
  newAdminToken: string | null;
  dataDir: string;
}

export function writeCard(card: Card): string {
  const { version, address, firstRunCode, newAdminToken, dataDir } = card;
  const row = (name: string, value: string, note = '') =>
    `  ${name.padEnd(12)} ${styleText('bold', value)}${note && `  ${styleText('dim', note)}`}`;
  return [
    '',
    `  ${styleText('bold', `Usher ${version}`)} serves.`,
    '',
    row('address', address),
    ...(firstRunCode === null ? [] : [row('code', firstRunCode, 'sets the first admin up there')]),
    ...(newAdminToken === null
      ? []
      : [row('API token', newAdminToken, `shown this once; kept in ${dataDir}/admin-token`)]),
    '',
    firstRunCode === null
      ? '  Next: sign in at the address.'
      : '  Next: open the address, set the first admin up with the code, then connect a channel.',
    `  ${spellCommand('doctor')}   says what is missing; Ctrl-C stops.`,
    '',
    '',
  ].join('\n');
}
