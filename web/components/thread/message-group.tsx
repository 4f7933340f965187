// What one person said in one go: bubbles, files, notes, and how far each has come.
import { UnstyledButton } from '@mantine/core';
import {
  IconArrowsRightLeft,
  IconCheck,
  IconChecks,
  IconClock,
  IconFile,
  IconLock,
  IconUserQuestion,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnseen, withoutDirections } from '../../../src/contract/visible-text.ts';
import { pictureUrl } from '../../api/picture-url.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { Message } from '../../api/shapes.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { useFormat } from '../../i18n/use-format.ts';
import ui from '../../ui/ui.module.css';
import { TranslateContext } from '../assistance/translate-context.ts';
import { AgentFace } from '../faces/agent-face.tsx';
import { BotPill } from '../faces/bot-pill.tsx';
import { ContactFace } from '../faces/contact-face.tsx';
import { partOf, WhenItComes } from '../on-demand/on-demand.tsx';
import { areSame } from './group-messages.ts';
import { isPicture, safeUrl } from './picture-of.ts';
import classes from './thread.module.css';

const failedMessage = partOf(
  async () => (await withWords(import('./failed-message.tsx'), 'inbox')).FailedMessage,
);

/** The API takes no more. */
const MOST_TRANSLATED = 10_000;

interface GroupProps {
  messages: Message[];
  side: 'us' | 'them';
  name: string;
  avatarUrl?: string | null;
  conversationId: string;
  readSeq: number;
}

export const MessageGroup = memo(function MessageGroup(props: GroupProps) {
  const { messages, side, name, avatarUrl, conversationId, readSeq } = props;
  const last = messages.at(-1);
  return (
    <div className={classes.group} data-side={side} role="group" aria-label={name}>
      <div className={classes.faceSlot}>
        {side === 'us' ? (
          <AgentFace name={name} size={28} />
        ) : (
          <ContactFace name={name} url={avatarUrl} size={28} />
        )}
      </div>
      <div className={classes.bubbles}>
        {messages.map((message) => (
          <Bubble key={message.id} message={message} name={name} conversationId={conversationId} />
        ))}
        {last && <Foot message={last} name={name} side={side} readSeq={readSeq} />}
        {side === 'them' && <Translate messages={messages} />}
      </div>
    </div>
  );
}, looksTheSame);

/** Groups are put together anew with every message of a long history; most hold the very same ones as before. */
function looksTheSame(before: GroupProps, now: GroupProps): boolean {
  const { messages, readSeq, ...rest } = now;
  const seq = messages.at(-1)?.seq ?? 0;
  return (
    areSame(before.messages, messages) &&
    seq <= readSeq === seq <= before.readSeq &&
    (Object.keys(rest) as (keyof typeof rest)[]).every((name) => rest[name] === before[name])
  );
}

function Bubble(props: { message: Message; name: string; conversationId: string }) {
  const { message, name, conversationId } = props;
  const { text, kind, mark, attachments, delivery, editedAt } = message;
  const failed = delivery?.state === 'not-delivered';
  return (
    <>
      <div
        className={classes.bubble}
        data-kind={kind}
        data-seq={message.seq}
        data-mark={mark ?? undefined}
        data-failed={failed || undefined}
      >
        {kind === 'note' && <NoteName name={name} message={message} />}
        <Words text={text} isAlone={attachments.length === 0} />
        {attachments.length > 0 && <Files files={attachments} />}
      </div>
      {editedAt !== null && <Edited />}
      {failed && <WhenItComes part={failedMessage} {...{ message, conversationId }} />}
    </>
  );
}

function Words({ text, isAlone }: { text: string; isAlone: boolean }) {
  return isAlone && isUnseen(text) ? <Blank /> : withoutDirections(text);
}

/** Apart: a translator for each message is felt where thousands are scrolled. */
function Blank() {
  const { t } = useTranslation();
  return <i>{t('thread.blank')}</i>;
}

function NoteName({ name, message }: { name: string; message: Message }) {
  const { t } = useTranslation();
  const { mark } = message;
  if (mark !== null) return <MarkedName name={name} mark={mark} toAgentIds={message.toAgentIds} />;
  return (
    <div className={classes.noteName}>
      <IconLock size={12} />
      {t('thread.noteBy', { name })}
    </div>
  );
}

const markIcons = { transfer: IconArrowsRightLeft, consult: IconUserQuestion, whisper: IconLock };

/** Whom a note is for, and that none but agents see it. */
function MarkedName(props: {
  name: string;
  mark: NonNullable<Message['mark']>;
  toAgentIds: readonly string[];
}) {
  const { name, mark, toAgentIds } = props;
  const { t } = useTranslation();
  const agents = useQuery(agentsQuery).data ?? [];
  const Icon = markIcons[mark];
  const to = agents.filter(({ id }) => toAgentIds.includes(id)).map((agent) => agent.name);
  return (
    <div className={classes.noteName}>
      <Icon size={12} />
      {to.length === 0
        ? t('thread.mark.transfer', { name })
        : t(`thread.markTo.${mark}`, { name, to: to.join(t('common.comma')) })}
    </div>
  );
}

function Files({ files }: { files: Message['attachments'] }) {
  const { t } = useTranslation();
  return (
    <div className={ui.files}>
      {files.map(({ url, type, name }) => {
        const href = safeUrl(url);
        const label = withoutDirections(name ?? t('thread.file'));
        if (href !== null && isPicture(type)) {
          return (
            <a key={url} href={href} target="_blank" rel="noreferrer" data-picture>
              <img
                className={classes.picture}
                src={pictureUrl(href) ?? ''}
                alt={label}
                loading="lazy"
              />
            </a>
          );
        }
        return (
          <a
            key={url}
            className={ui.file}
            href={href ?? undefined}
            target="_blank"
            rel="noreferrer"
          >
            <IconFile size={16} />
            <span className="cut">{label}</span>
          </a>
        );
      })}
    </div>
  );
}

function Foot(props: { message: Message; name: string; side: 'us' | 'them'; readSeq: number }) {
  const { message, name, side, readSeq } = props;
  const format = useFormat();
  return (
    <div className={classes.foot}>
      {side === 'us' && message.kind === 'text' && <span>{name}</span>}
      {message.authorKind === 'bot' && <BotPill kind="bot" />}
      <time dateTime={message.createdAt} title={format.full(message.createdAt)}>
        {format.time(message.createdAt)}
      </time>
      {message.late && <Late />}
      {side === 'us' && message.kind === 'text' && <Ticks message={message} readSeq={readSeq} />}
    </div>
  );
}

function Translate({ messages }: { messages: readonly Message[] }) {
  const translation = useContext(TranslateContext);
  const said = messages.filter(({ text }) => !isUnseen(text)).map(({ text }) => text);
  if (translation === null || said.length === 0) return null;
  const translate = () => translation.translate(said.join('\n').slice(0, MOST_TRANSLATED));
  return (
    <div className={classes.foot}>
      <UnstyledButton className={classes.retry} onClick={translate}>
        {translation.label}
      </UnstyledButton>
    </div>
  );
}

function Edited() {
  return <small>{useTranslation().t('thread.edited')}</small>;
}

function Late() {
  return <span>{useTranslation().t('thread.late')}</span>;
}

/** With the browser's own hint: in a long history one that draws itself would stand there a thousand times. */
function Ticks({ message, readSeq }: { message: Message; readSeq: number }) {
  const { t } = useTranslation();
  const { state } = message.delivery ?? { state: 'delivered' };
  if (state === 'not-delivered') return null;
  const shown = message.seq <= readSeq ? 'read' : state;
  const icons = { read: IconChecks, delivered: IconCheck, sending: IconClock };
  const Icon = icons[shown as keyof typeof icons];
  const label = t(`thread.${shown as keyof typeof icons}`);
  return (
    <span className={classes.tick} data-state={shown} title={label}>
      <Icon size={14} role="img" aria-label={label} />
    </span>
  );
}
