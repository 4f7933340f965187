// Canned replies: `/` and a few letters, then Enter.
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fillPlaceholders } from '../../../src/contract/placeholders.ts';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import { cannedRepliesQuery } from '../../api/queries.ts';
import type { CannedReply, Conversation } from '../../api/shapes.ts';
import { useListbox } from '../../ui/use-listbox.ts';
import { useSession } from '../session/use-session.ts';
import classes from './composer.module.css';
import { findCanned } from './find-canned.ts';

export function useCanned(args: {
  text: string;
  onChoose(text: string): void;
  conversation: Conversation;
}) {
  const { text, onChoose, conversation } = args;
  const { t } = useTranslation();
  const { user } = useSession();
  const typing = text.startsWith('/') && !text.includes('\n');
  const { data } = useQuery({ ...cannedRepliesQuery, enabled: typing });
  const [left, setLeft] = useState('');
  const found =
    typing && left !== text ? findCanned(data ?? [], text.slice(1), conversation.teamId) : [];
  /** As the customer will read it. */
  const fill = (reply: CannedReply) =>
    fillPlaceholders(reply.text, { name: conversation.contact.name, agent: user.name });
  const choose = (reply: CannedReply) => onChoose(fill(reply));
  const listbox = useListbox({
    label: t('composer.canned'),
    typed: text,
    items: found,
    onChoose: choose,
  });
  const onKey = (event: KeyboardEvent): boolean => {
    const { marked } = listbox;
    if (marked === undefined) return false;
    if (event.key === 'Tab') choose(marked);
    else if (event.key === 'Escape') setLeft(text);
    else return listbox.onKey(event);
    event.preventDefault();
    return true;
  };
  const aria = found.length > 0 ? listbox.field : {};
  return { found, fill, listbox, onKey, aria, none: typing && data?.length === 0 };
}

export function CannedMenu({ canned }: { canned: ReturnType<typeof useCanned> }) {
  const { t } = useTranslation();
  const { found, fill, listbox, none } = canned;
  if (none)
    return (
      <div className={classes.canned}>
        <div className={classes.cannedItem}>{t('composer.noCanned')}</div>
      </div>
    );
  if (found.length === 0) return null;
  return (
    <div {...listbox.list} className={classes.canned}>
      {found.map((reply) => (
        <div key={reply.id} {...listbox.option(reply)} className={`${classes.cannedItem} cut`}>
          <b>/{reply.shortcut}</b>
          <span>{withoutDirections(fill(reply))}</span>
        </div>
      ))}
    </div>
  );
}
