// Whether the mail server of SMTP_URL takes mails: connects, encrypts and signs in, and sends nothing.
import type { Config } from '../config.ts';
import { makeSmtp } from '../outbound/make-smtp.ts';
import type { Check } from './check.ts';

const NAME = 'mail';

export async function checkMail(config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>): Promise<Check[]> {
  const { SMTP_URL: url, MAIL_FROM: from } = config;
  if (url === undefined || from === undefined) {
    const says =
      'nothing is mailed: invitations are links to copy, and nobody can ask for a new password; set SMTP_URL and MAIL_FROM';
    return [{ name: NAME, state: 'warning', says }];
  }
  const smtp = makeSmtp(url, from);
  const checked = await smtp.check();
  if (checked.ok) return [{ name: NAME, state: 'ok', says: `${smtp.host} takes mails` }];
  const says = `${smtp.host}: ${checked.text}. ${remedies[checked.reason]}`;
  return [{ name: NAME, state: 'failed', says }];
}

const remedies = {
  login: 'Check the user and the password in SMTP_URL; percent-encode special characters.',
  refused: 'Ask whoever runs the mail server whether this machine may send by it.',
  later: 'The server asks to come back later; if it stays so, ask whoever runs it.',
  unreachable:
    'Check the host and the port in SMTP_URL, and whether a firewall is between. smtps:// is for port 465, smtp:// for 587.',
} as const;
