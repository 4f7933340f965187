// The two answers to an offer; who declines may say why, in ready or in own words.
import { Button, Menu, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { declineReasons, MAX_DECLINE_REASON } from '../../../src/contract/offers.ts';
import { Keys } from '../../ui/keys.tsx';
import { setDeclining, useDeclining } from './declining.ts';
import classes from './offers.module.css';
import type { useAnswerOffer } from './use-answer-offer.ts';

export function OfferAnswer(props: {
  conversationId: string;
  /** Its time is over. */
  isOver: boolean;
  answer: ReturnType<typeof useAnswerOffer>;
}) {
  const { conversationId, isOver, answer } = props;
  const { t } = useTranslation();
  const [writes, setWrites] = useState(false);
  const decline = (reason: string | null) => answer.mutate({ accepts: false, reason });
  if (writes) {
    return <OwnWords onSay={decline} onLeave={() => setWrites(false)} busy={answer.isPending} />;
  }
  const blocked = answer.isPending || isOver;
  return (
    <div className={classes.answers}>
      <DeclineMenu
        {...{ conversationId, blocked }}
        onDecline={decline}
        onOther={() => setWrites(true)}
      />
      <Button size="compact-sm" disabled={blocked} onClick={() => answer.mutate({ accepts: true })}>
        {t('verb.accept')}
        <Shortcut keys="Y" />
      </Button>
    </div>
  );
}

function DeclineMenu(props: {
  conversationId: string;
  blocked: boolean;
  onDecline(reason: string | null): void;
  onOther(): void;
}) {
  const { conversationId, blocked, onDecline, onOther } = props;
  const { t } = useTranslation();
  const opened = useDeclining(conversationId) && !blocked;
  return (
    <Menu
      opened={opened}
      onChange={(opens) => setDeclining(opens ? conversationId : null)}
      position="bottom-end"
      width={260}
      zIndex={320}
    >
      <Menu.Target>
        <Button size="compact-sm" variant="default" disabled={blocked}>
          {t('verb.decline')}
          <Shortcut keys="D" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('offers.declineWhy')}</Menu.Label>
        {declineReasons.map((reason) => (
          <Menu.Item key={reason} onClick={() => onDecline(reason)}>
            {t(`offers.reason.${reason}`)}
          </Menu.Item>
        ))}
        <Menu.Item onClick={onOther}>{t('offers.reason.other')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => onDecline(null)}>{t('offers.reason.none')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Told to screen readers with the offer. */
function Shortcut({ keys }: { keys: string }) {
  return (
    <span aria-hidden className={classes.key}>
      <Keys keys={keys} />
    </span>
  );
}

function OwnWords(props: { onSay(reason: string): void; onLeave(): void; busy: boolean }) {
  const { onSay, onLeave, busy } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const say = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') onSay(text.trim());
  };
  return (
    <form className={classes.words} onSubmit={say}>
      <TextInput
        data-autofocus
        ref={(field) => field?.focus({ preventScroll: true })}
        size="xs"
        aria-label={t('offers.declineWhy')}
        placeholder={t('offers.reasonLabel')}
        maxLength={MAX_DECLINE_REASON}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onLeave();
        }}
      />
      <div className={classes.answers}>
        <Button size="compact-sm" variant="default" onClick={onLeave}>
          {t('common.cancel')}
        </Button>
        <Button size="compact-sm" type="submit" disabled={busy || text.trim() === ''}>
          {t('verb.decline')}
        </Button>
      </div>
    </form>
  );
}
