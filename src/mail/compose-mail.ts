// Writes the mail of a delivery at the moment at which it is sent, or says why there is none to send.
import {
  type AlarmNews,
  isMail,
  type Language,
  languageOf,
  type MailFacts,
  type MailKind,
} from '../contract/mails.ts';
import { beginReset } from '../desk/ask-for-reset.ts';
import type { Desk } from '../desk/context.ts';
import { hashSecret } from '../desk/hash-secret.ts';
import { codePlace, type Mailing } from '../desk/send-mail.ts';
import { splitWorkspace } from '../desk/workspace-secret.ts';
import type { Mail } from '../outbound/make-smtp.ts';
import { findInvite } from '../store/invites.ts';
import type { Sealed } from '../store/secret-box.ts';
import { readSettingRows } from '../store/settings.ts';
import { readWorkspaceName } from '../store/workspaces.ts';
import { type Fill, isWord, type MailParts, makeFill, writeMail } from './write-mail.ts';
import { writeTranscript } from './write-transcript.ts';

export interface ToCompose {
  workspaceId: string;
  /** The stream of the delivery. */
  deliveryKey: string;
  type: string;
  payload: Record<string, unknown>;
}
/** `nothing`: there is no mail to send, and why; for the log. */
export type Composed = { mail: Omit<Mail, 'messageId'> } | { nothing: string };

export interface Composing {
  desk: Desk;
  mailing: Mailing;
  publicUrl: () => string;
  /** The title where the workspace has set none. */
  title: string;
}

/** What all mails of a workspace say alike. */
interface House {
  product: string;
  workspace: string;
  zone: string;
  language: Language;
  fill: Fill;
}

export async function composeMail(means: Composing, given: ToCompose): Promise<Composed> {
  const { workspaceId, type } = given;
  if (!isMail(type)) throw new Error(`${type} is no mail.`);
  const facts = given.payload as unknown as MailFacts;
  if (type === 'mail:reset-asked') {
    const { desk, mailing } = means;
    return { nothing: await beginReset(desk, mailing, { workspaceId, email: facts.to }) };
  }
  const house = await readHouse(means, workspaceId, facts.language);
  const kind = type.slice(type.indexOf(':') + 1) as MailKind;
  const parts = await writeParts(means, given, { kind, facts, house });
  return typeof parts === 'string'
    ? { nothing: parts }
    : { mail: { to: facts.to, ...writeMail(parts) } };
}

async function readHouse(
  { desk, title }: Pick<Composing, 'desk' | 'title'>,
  workspaceId: string,
  asked: string | null,
): Promise<House> {
  const set = (await readSettingRows(desk.db, workspaceId)) as {
    branding?: { pageTitle?: string; language?: string | null };
    statisticsTimeZone?: string;
  };
  const product = set.branding?.pageTitle ?? title;
  const language = languageOf(set.branding?.language ?? asked);
  const name = await readWorkspaceName(desk.db, workspaceId);
  return {
    ...{ product, language, fill: makeFill(language) },
    // The first workspace of an installation is rarely given a name of its own.
    workspace: name === 'Default' ? product : name,
    zone: set.statisticsTimeZone ?? 'UTC',
  };
}

type About = { kind: MailKind; facts: MailFacts; house: House };

async function writeParts(
  means: Composing,
  given: ToCompose,
  { kind, facts, house }: About,
): Promise<MailParts | string> {
  const { fill, product, language } = house;
  const greeting = facts.name ? fill('hello', { name: facts.name }) : fill('helloAll');
  const frame = { language, greeting, why: fill('why', { product }) };
  if (kind === 'invitation' || kind === 'reset' || kind === 'own-reset') {
    const url = await unsealLink(means, given, facts);
    if (url === null) return 'the link is used, replaced or over';
    return { ...frame, ...writeLink(kind, { ...facts, url }, house) };
  }
  if (kind === 'transcript') {
    const key = { workspaceId: given.workspaceId, conversationId: facts.conversationId ?? '' };
    return (await writeTranscript(means.desk.db, key, { ...house, frame })) ?? 'it was deleted';
  }
  if (kind === 'alarm' && facts.alarm !== undefined) {
    return { ...frame, ...writeAlarm(facts.alarm, house, means.publicUrl()) };
  }
  return {
    ...frame,
    subject: fill('test.subject', { product }),
    text: [fill('test.text', { product })],
  };
}

/** null: whoever opened it would read that it is no good. */
async function unsealLink(
  { desk, publicUrl }: Composing,
  { workspaceId, deliveryKey }: ToCompose,
  { code: sealed }: MailFacts,
): Promise<string | null> {
  const code = desk.secrets.open(sealed as Sealed, codePlace(workspaceId, deliveryKey));
  const hash = hashSecret(splitWorkspace(code).secret);
  const stands = await findInvite(desk.db, { workspaceId, hash });
  return stands === null ? null : `${publicUrl()}/invite/${code}`;
}

function writeLink(
  kind: 'invitation' | 'reset' | 'own-reset',
  { until = '', url }: MailFacts & { url: string },
  { fill, product, workspace, language, zone }: House,
): Pick<MailParts, 'subject' | 'text' | 'button'> {
  const said = { product, workspace };
  const button = kind === 'invitation' ? fill('invitation.button') : fill('reset.button');
  const ignore = kind === 'own-reset' ? [fill('own-reset.ignore')] : [];
  const end = fill('link.until', { until: wordTime(until, { language, zone }) });
  return {
    subject: fill(`${kind}.subject`, said),
    text: [fill(`${kind}.text`, said), ...ignore],
    button: { text: button, url, until: end },
  };
}

/** For Slack and the like: what the mail says, without its frame. */
export async function wordAlarm(
  means: Omit<Composing, 'mailing'>,
  workspaceId: string,
  alarm: AlarmNews,
): Promise<string> {
  const house = await readHouse(means, workspaceId, null);
  const { subject, text, button } = writeAlarm(alarm, house, means.publicUrl());
  return [subject, ...text, button?.url ?? ''].join('\n');
}

function writeAlarm(
  alarm: AlarmNews,
  { fill, language, zone }: Pick<House, 'fill' | 'language' | 'zone'>,
  publicUrl: string,
): Pick<MailParts, 'subject' | 'text' | 'button'> {
  const { kind, objectName, facts, phase, startedAt, endedAt } = alarm;
  const values = { ...facts, object: objectName ?? '' };
  const title = `alarm.${kind}`;
  const what = isWord(title) ? fill(title, values) : kind;
  const more = `alarm.${kind}.text`;
  const from = wordTime(startedAt, { language, zone });
  const span =
    endedAt === null
      ? fill('alarm.since', { from })
      : fill('alarm.lasted', { from, to: wordTime(endedAt, { language, zone }) });
  return {
    subject: fill(`alarm.${phase}`, { what }),
    text: [...(phase === 'started' && isWord(more) ? [fill(more, values)] : []), span],
    button: { text: fill('alarm.button'), url: `${publicUrl}/settings/alarms`, until: null },
  };
}

export function wordTime(
  at: string | Date,
  { language, zone }: { language: Language; zone: string },
): string {
  const format = new Intl.DateTimeFormat(language, {
    ...{ dateStyle: 'medium', timeStyle: 'short' },
    timeZone: zone,
  });
  return `${format.format(new Date(at))} (${zone})`;
}
