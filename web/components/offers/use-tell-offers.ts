// Tells each new offer: by sound and notification, and to screen readers, without taking the focus.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import type { Offer } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { readWishes, ring } from '../../live/alerts.ts';
import { paths } from '../../paths.ts';
import { callContact } from '../naming/call-contact.ts';
import { alertOffer } from './alert-offer.ts';
import { useFirstSaid } from './use-first-said.ts';

/** Told once more when so little is left of a longer time. */
const HURRY_MS = 10_000;

/** What is to be read out now. */
export function useTellOffers(offers: readonly Offer[]): string {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const firstSaid = useFirstSaid();
  const told = useRef(new Map<string, () => void>());
  const [said, setSaid] = useState('');

  useEffect(() => {
    const now = new Set(offers.map(({ assignmentId }) => assignmentId));
    for (const [id, end] of told.current) {
      if (now.has(id)) continue;
      end();
      told.current.delete(id);
    }
    for (const offer of offers) {
      if (!told.current.has(offer.assignmentId)) told.current.set(offer.assignmentId, tell(offer));
    }
  });
  useEffect(
    () => () => {
      for (const end of told.current.values()) end();
      told.current.clear();
    },
    [],
  );

  function tell(offer: Offer): () => void {
    const leftMs = Date.parse(offer.offeredUntil) - serverNow();
    if (leftMs <= 0) return () => {};
    const name = callContact(offer.contact, t);
    const time = format.longSpan(Math.ceil(leftMs / 1000));
    const text = firstSaid(offer) ?? '';
    setSaid(t('offers.announce', { name, channel: offer.channelName, time, text }));
    const endNote = alertOffer({
      id: offer.assignmentId,
      title: name,
      text: t('offers.notify', { time, text }),
      onOpen: () => void navigate({ to: paths.conversation('mine', offer.conversationId) }),
    });
    const hurry = setTimeout(() => {
      if (readWishes().sound) ring();
      setSaid(t('offers.hurry', { name, time: format.longSpan(HURRY_MS / 1000) }));
    }, leftMs - HURRY_MS);
    if (leftMs < 1.5 * HURRY_MS) clearTimeout(hurry);
    return () => {
      clearTimeout(hurry);
      endNote();
    };
  }
  return said;
}
