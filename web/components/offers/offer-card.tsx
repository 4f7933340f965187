// One offer, with what is needed to decide: who asks, where, what they said first, and why oneself.
import { UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Offer } from '../../api/shapes.ts';
import { paths } from '../../paths.ts';
import { ChannelIcon } from '../faces/channel-icon.tsx';
import { ContactFace } from '../faces/contact-face.tsx';
import { PriorityFlag } from '../faces/priority-flag.tsx';
import { callContact } from '../naming/call-contact.ts';
import { useReasonText } from '../naming/use-reason-text.ts';
import { OfferAnswer } from './offer-answer.tsx';
import classes from './offers.module.css';
import { TimeBar, TimeLeft, useLeftMs } from './time-left.tsx';
import { useAnswerOffer } from './use-answer-offer.ts';
import { useFirstSaid } from './use-first-said.ts';

export function OfferCard({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const heading = useId();
  const { conversationId, contact, channelKind, channelName, priority, offeredUntil } = offer;
  const look = () => void navigate({ to: paths.conversation('mine', conversationId) });
  const answer = useAnswerOffer(conversationId, look);
  const isOver = useLeftMs(offeredUntil) <= 0;
  return (
    <article className={classes.card} aria-labelledby={heading}>
      <TimeBar offeredAt={offer.offeredAt} offeredUntil={offeredUntil} />
      <header className={classes.head}>
        <ContactFace name={contact.displayName} url={contact.avatarUrl} size={32} />
        <div>
          <h2 id={heading} className="cut">
            {callContact(contact, t)}
          </h2>
          <small>
            <ChannelIcon kind={channelKind} size={14} />
            <span className="cut">{channelName}</span>
            <PriorityFlag priority={priority} />
          </small>
        </div>
        <TimeLeft offeredUntil={offeredUntil} />
      </header>
      <FirstSaid offer={offer} />
      <Why offer={offer} />
      <footer className={classes.foot}>
        <UnstyledButton className={classes.look} onClick={look}>
          {t('offers.open')}
        </UnstyledButton>
        <OfferAnswer conversationId={conversationId} isOver={isOver} answer={answer} />
      </footer>
    </article>
  );
}

function FirstSaid({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const said = useFirstSaid()(offer);
  if (said === null) return <p className={classes.quiet}>{t('offers.nothingYet')}</p>;
  return <blockquote className={classes.said}>{said}</blockquote>;
}

/** The sentences about oneself; who else was considered stands beside the conversation. */
function Why({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const say = useReasonText();
  const [first] = offer.reasons;
  if (first === undefined) return null;
  const decided = offer.reasons.find(({ code }) => code === 'runner-up' || code === 'no-runner-up');
  return (
    <p className={classes.why}>
      <strong>{t('offers.why')}</strong> {say(first)} {decided !== undefined && say(decided)}
    </p>
  );
}
