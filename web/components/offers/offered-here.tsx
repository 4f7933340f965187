// Stands where one answers in a conversation that is offered: an answer accepts it.
import { useTranslation } from 'react-i18next';
import { OfferAnswer } from './offer-answer.tsx';
import classes from './offers.module.css';
import { TimeLeft, useLeftMs } from './time-left.tsx';
import { useAnswerOffer } from './use-answer-offer.ts';

export function OfferedHere(props: { conversationId: string; offeredUntil: string }) {
  const { conversationId, offeredUntil } = props;
  const { t } = useTranslation();
  const answer = useAnswerOffer(conversationId);
  const isOver = useLeftMs(offeredUntil) <= 0;
  return (
    <section className={classes.here} aria-label={t('offers.title')}>
      <span>{t('conversation.offered')}</span>
      <TimeLeft offeredUntil={offeredUntil} />
      <OfferAnswer conversationId={conversationId} isOver={isOver} answer={answer} />
    </section>
  );
}
