// Says that a colleague has named one in a note, and knows that it is read once its conversation is looked at.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import { readMentions, unreadMentionsQuery } from '../../api/mention-queries.ts';
import { alertOf } from '../../live/alerts.ts';
import { paths } from '../../paths.ts';

/** What was written before this page was opened is not told of: its number is seen. */
let toldUntil = serverNow() - performance.now();

export function MentionTeller({ count }: { count: number }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { conversationId } = useParams({ strict: false });
  const unread = useQuery(unreadMentionsQuery(count)).data;
  const isLookedAt = unread?.some((one) => one.conversationId === conversationId) === true;
  useEffect(() => {
    if (!isLookedAt || conversationId === undefined || document.hidden) return;
    void readMentions(conversationId).then(
      () => {
        for (const key of ['counts', 'mentions']) {
          void queries.invalidateQueries({ queryKey: [key] });
        }
      },
      () => {},
    );
  }, [isLookedAt, conversationId, queries]);
  useEffect(() => {
    const latest = unread?.[0];
    if (latest === undefined || Date.parse(latest.at) <= toldUntil) return;
    toldUntil = Date.parse(latest.at);
    if (latest.conversationId === conversationId && !document.hidden) return;
    alertOf({
      title: t('mentions.alert', { name: latest.authorName ?? '' }),
      text: withoutDirections(latest.text),
      onOpen: () => void navigate({ to: paths.conversation('all', latest.conversationId) }),
    });
  }, [unread, conversationId, navigate, t]);
  return null;
}
