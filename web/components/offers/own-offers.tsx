// What is offered to whoever has signed in, above every page; in its own conversation it stands there.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { offersQuery } from '../../api/queries.ts';
import type { Offer } from '../../api/shapes.ts';
import { useKeys } from '../../live/use-keys.ts';
import { paths } from '../../paths.ts';
import { setDeclining } from './declining.ts';
import { OfferCard } from './offer-card.tsx';
import classes from './offers.module.css';
import { useAnswerOffer } from './use-answer-offer.ts';
import { useTellOffers } from './use-tell-offers.ts';

export function OwnOffers() {
  const { t } = useTranslation();
  const { conversationId: shown } = useParams({ strict: false }) as { conversationId?: string };
  const { items = [] } = useQuery(offersQuery).data ?? {};
  const said = useTellOffers(items);
  useAskWhenOver(items);
  const elsewhere = items.filter(({ conversationId }) => conversationId !== shown);
  const [first] = items;
  const current = items.find(({ conversationId }) => conversationId === shown) ?? first;
  return (
    <>
      <div className="spoken" role="status" aria-live="assertive">
        {said}
      </div>
      {current !== undefined && <AnswerKeys key={current.assignmentId} offer={current} />}
      <section className={classes.stack} aria-label={t('offers.title')}>
        {elsewhere.map((offer) => (
          <OfferCard key={offer.assignmentId} offer={offer} />
        ))}
      </section>
    </>
  );
}

/** They mean the offer whose conversation is shown, else the one that is over first. */
function AnswerKeys({ offer: { conversationId } }: { offer: Offer }) {
  const navigate = useNavigate();
  const { mutate, isPending } = useAnswerOffer(
    conversationId,
    () => void navigate({ to: paths.conversation('mine', conversationId) }),
  );
  useKeys({
    acceptOffer: () => isPending || mutate({ accepts: true }),
    declineOffer: () => setDeclining(conversationId),
  });
  return null;
}

/** News of the end may be lost; each second until it has come. */
function useAskWhenOver(items: readonly Offer[]): void {
  const queries = useQueryClient();
  const [first] = items;
  const until = first?.offeredUntil;
  useEffect(() => {
    if (until === undefined) return;
    const ask = () => {
      timer = setTimeout(ask, 1000);
      void queries.invalidateQueries({ queryKey: offersQuery.queryKey });
    };
    let timer = setTimeout(ask, Math.max(0, Date.parse(until) - serverNow()) + 500);
    return () => clearTimeout(timer);
  }, [until, queries]);
}
