// Says in the reader's words how a delivery ended: the server tells a code, a status or a fixed sentence. Pure.
import type { TFunction } from 'i18next';

type Word = (t: TFunction, detail: string) => string;

const codes: Record<string, Word> = {
  delivered: (t) => t('delivery.done'),
  dns: (t) => t('outcome.dns'),
  refused: (t) => t('outcome.refused'),
  unreachable: (t) => t('outcome.unreachable'),
  timeout: (t) => t('outcome.timeout'),
  tls: (t) => t('outcome.tls'),
  blocked: (t) => t('outcome.blocked'),
  reset: (t) => t('outcome.reset'),
  protocol: (t) => t('outcome.protocol'),
  aborted: (t) => t('outcome.aborted'),
  unknown: (t) => t('outcome.unknown'),
};

const sentences: [RegExp, Word][] = [
  [/^(?:RapidPro )?answered (\d{3})$/, (t, status) => t('outcome.answered', { status })],
  [/^RapidPro did not answer$/, (t) => t('outcome.silent')],
  [/^RapidPro does not know the ticket/, (t) => t('outcome.ticketUnknown')],
  [/^RapidPro has disconnected the channel$/, (t) => t('outcome.disconnected')],
  [/^RapidPro’s address may not be called$/, (t) => t('outcome.blocked')],
  [/^RapidPro refused it: (.*)$/s, (t, reason) => t('outcome.refusedWith', { reason })],
  [/^the secret is refused$/, (t) => t('outcome.secret')],
  [/^the channel is gone$/, (t) => t('outcome.channelGone')],
  [/^(?:cancelled: )?the endpoint was removed$/, (t) => t('outcome.removed')],
  [/^cancelled: no longer bound$/, (t) => t('outcome.unbound')],
  [/^dropped while switched off$/, (t) => t('outcome.dropped')],
  // Of a channel's own connection.
  [/^the connection failed$/, (t) => t('outcome.failedToConnect')],
  [/^no answer in time$/, (t) => t('outcome.timeout')],
  [/^there is no safe connection to the address/, (t) => t('outcome.tls')],
  [/^the address may not be called/, (t) => t('outcome.blocked')],
  [/^The channel has no credentials\.$/, (t) => t('outcome.noCredentials')],
  [/^Department (.*) does not exist$/s, (t, name) => t('outcome.departmentGone', { name })],
  [/^Department (.*) is switched off$/s, (t, name) => t('outcome.departmentOff', { name })],
  [/^Department (.*) has no agents$/s, (t, name) => t('outcome.departmentEmpty', { name })],
  [
    /^Conversations wait for a department: (.*)$/s,
    (t, reason) => t('outcome.departmentRefuses', { reason }),
  ],
  [/^RapidPro refuses the secret: /, (t) => t('outcome.newSecret')],
  [/^RapidPro does not know this channel any more: /, (t) => t('outcome.connectAgain')],
];

/** What we have no words for, as what a program of ours threw, stays as it is. */
export function wordOutcome(outcome: string, t: TFunction): string {
  const word = Object.hasOwn(codes, outcome) ? codes[outcome] : undefined;
  if (word !== undefined) return word(t, '');
  for (const [pattern, say] of sentences) {
    const found = pattern.exec(outcome);
    if (found !== null) return say(t, found[1] ?? '');
  }
  return outcome;
}
