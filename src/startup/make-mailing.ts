// The mail server of the environment, as verbs know it and as deliveries reach it.
import type { Config } from '../config.ts';
import type { Carrier } from '../delivery/carrier.ts';
import { carryAlarm } from '../delivery/carry-alarm.ts';
import { carryMail } from '../delivery/carry-mail.ts';
import { readAlarmWays } from '../desk/alarm-rules.ts';
import type { Desk } from '../desk/context.ts';
import type { Mailing } from '../desk/send-mail.ts';
import { composeMail, wordAlarm } from '../mail/compose-mail.ts';
import { makeSmtp } from '../outbound/make-smtp.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';

/** `mailing`: null: there is none, and nothing is mailed. */
export function makeMailing(
  config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'MAIL_MOST_PER_HOUR' | 'MAIN_PAGE_TITLE'>,
  given: { desk: Desk; publicUrl: () => string; outbound: Pick<Outbound, 'send'> },
): { mailing: Mailing | null; carry: Carrier; carryAlarm: Carrier } {
  const { desk, publicUrl, outbound } = given;
  const { SMTP_URL: url, MAIL_FROM: from, MAIL_MOST_PER_HOUR: mostPerHour } = config;
  const { clock } = desk;
  const house = { desk, publicUrl, title: config.MAIN_PAGE_TITLE };
  const tellAlarm = carryAlarm({
    waysOf: (workspaceId) => readAlarmWays(desk, workspaceId),
    word: wordAlarm.bind(null, house),
    ...{ outbound, clock },
  });
  if (url === undefined || from === undefined) {
    const carry = carryMail({ smtp: null, compose: notSetUp, clock });
    return { mailing: null, carry, carryAlarm: tellAlarm };
  }
  const smtp = makeSmtp(url, from);
  const mailing = { from, host: smtp.host, mostPerHour };
  const compose = composeMail.bind(null, { ...house, mailing });
  return { mailing, carry: carryMail({ smtp, compose, clock }), carryAlarm: tellAlarm };
}

const notSetUp = async () => ({ nothing: 'SMTP_URL is not set' });
