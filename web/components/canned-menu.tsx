// Canned replies: `/` and a few letters, then Enter.
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cannedRepliesQuery } from '../api/queries.ts';
import type { CannedReply, Conversation } from '../api/shapes.ts';
import classes from './composer.module.css';
import { fillCanned, findCanned } from './find-canned.ts';
import { useSession } from './use-session.ts';

export function useCanned(args: {
  text: string;
  onChoose(text: string): void;
  conversation: Conversation;
}) {
  const { text, onChoose, conversation } = args;
  const { user } = useSession();
  const typing = text.startsWith('/') && !text.includes('\n');
  const { data } = useQuery({ ...cannedRepliesQuery, enabled: typing });
  const [chosen, setChosen] = useState(0);
  const [left, setLeft] = useState('');
  const found =
    typing && left !== text ? findCanned(data ?? [], text.slice(1), conversation.teamId) : [];
  const at = Math.min(chosen, Math.max(0, found.length - 1));
  const choose = (reply: CannedReply | undefined) => {
    if (reply === undefined) return;
    setChosen(0);
    onChoose(
      fillCanned(reply.text, { contact: conversation.contact.name ?? '', agent: user.name }),
    );
  };
  const onKey = ({ key }: KeyboardEvent): boolean => {
    if (found.length === 0) return false;
    if (key === 'ArrowDown') setChosen((at + 1) % found.length);
    else if (key === 'ArrowUp') setChosen((at + found.length - 1) % found.length);
    else if (key === 'Enter' || key === 'Tab') choose(found[at]);
    else if (key === 'Escape') setLeft(text);
    else return false;
    return true;
  };
  const open = found.length > 0;
  const aria = open
    ? {
        role: 'combobox',
        'aria-expanded': true,
        'aria-controls': 'canned-replies',
        'aria-activedescendant': `canned-${found[at]?.id}`,
      }
    : {};
  return { found, at, choose, onKey, aria, none: typing && data?.length === 0 };
}

export function CannedMenu({ canned }: { canned: ReturnType<typeof useCanned> }) {
  const { t } = useTranslation();
  const { found, at, choose, none } = canned;
  if (none)
    return (
      <div className={classes.canned}>
        <div className={classes.cannedItem}>{t('composer.noCanned')}</div>
      </div>
    );
  if (found.length === 0) return null;
  return (
    <div
      id="canned-replies"
      className={classes.canned}
      role="listbox"
      aria-label={t('composer.canned')}
    >
      {found.map((reply, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the focus and reads the keys
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={reply.id}
          id={`canned-${reply.id}`}
          role="option"
          aria-selected={index === at}
          className={`${classes.cannedItem} cut`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(reply)}
        >
          <b>/{reply.shortcut}</b>
          <span>{reply.text}</span>
        </div>
      ))}
    </div>
  );
}
