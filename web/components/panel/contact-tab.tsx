// Who the customer is: how to reach them, what is known, what they talked about before.

import { Button, Skeleton } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contactConversationsQuery, contactQuery, tagsQuery } from '../../api/queries.ts';
import type { Contact, Conversation } from '../../api/shapes.ts';
import { offerTags } from '../../forms/offer-tags.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { Copy, Fact, Facts } from '../../ui/facts.tsx';
import { Pill } from '../../ui/pill.tsx';
import { channelNames } from '../faces/channel-icon.tsx';
import { ContactFace } from '../faces/contact-face.tsx';
import { nameLanguage } from '../naming/name-language.ts';
import { useLastSaid } from '../naming/use-last-said.ts';
import { partOf } from '../on-demand/on-demand.tsx';
import type { useVerbs } from '../verbs/use-verbs.ts';
import { CompanyInfo } from './company-info.tsx';
import { ContactAgent } from './contact-agent.tsx';
import { ContactLabels } from './contact-labels.tsx';
import { ContactName } from './contact-name.tsx';
import { ExternalMessages } from './external-messages.tsx';
import classes from './panel.module.css';
import { readVisit } from './read-visit.ts';
import { TagsOnDemand, type TagsProps } from './tags-on-demand.tsx';

const tagField = partOf<TagsProps & { known: readonly string[] }>(
  async () => (await import('../../forms/tag-field.tsx')).TagField,
);

export function ContactTab(props: {
  conversation: Conversation;
  verbs: ReturnType<typeof useVerbs>;
  /** null: nobody can be asked. */
  onConsult: (() => void) | null;
}) {
  const { conversation, verbs, onConsult } = props;
  const { t } = useTranslation();
  const contact = useQuery(contactQuery(conversation.contact.id)).data;
  const name = conversation.contact.displayName;
  return (
    <>
      <section className={classes.section}>
        <div className={classes.person}>
          <ContactFace name={name} url={conversation.contact.avatarUrl} size={44} />
          <div style={{ minWidth: 0 }}>
            <ContactName key={name} conversation={conversation} />
            <small>
              {contact?.anonymous ? t('contact.anonymous') : channelNames[conversation.channelKind]}
            </small>
          </div>
        </div>
      </section>
      <section className={classes.section}>
        <h2>{t('contact.title')}</h2>
        {contact === undefined ? (
          <Skeleton height={60} />
        ) : (
          <>
            <ContactFacts contact={contact} conversation={conversation} />
            <ContactAgent contact={contact} />
            <ContactLabels key={contact.id} contact={contact} />
          </>
        )}
      </section>
      {onConsult !== null && <Colleagues onConsult={onConsult} />}
      <CompanyInfo contactId={conversation.contact.id} />
      <TagsSection conversation={conversation} verbs={verbs} />
      <ExternalMessages contactId={conversation.contact.id} />
      <Previous conversation={conversation} />
    </>
  );
}

/** Who is asked stands above what was said. */
function Colleagues({ onConsult }: { onConsult(): void }) {
  const { t } = useTranslation();
  return (
    <section className={classes.section}>
      <h2>{t('consult.colleagues')}</h2>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconUserQuestion size={15} />}
        onClick={onConsult}
      >
        {t('verb.consult')}
      </Button>
    </section>
  );
}

function ContactFacts(props: { contact: Contact; conversation: Conversation }) {
  const { contact, conversation } = props;
  const { t, i18n } = useTranslation();
  const format = useFormat();
  // Of whoever began this conversation, and where.
  const { verified } = conversation.contact;
  const { page, title, referrer, browser, language } = readVisit(conversation.meta);
  const lang = contact.lang ?? language;
  const rows = [
    ['email', contact.email],
    ['phone', contact.phone],
    ['externalId', contact.externalId],
  ] as const;
  return (
    <Facts>
      {verified !== null && (
        <Fact name={t('identity.title')}>
          {verified ? t('identity.proved') : t('identity.notProved')}
        </Fact>
      )}
      {rows.map(
        ([field, value]) =>
          value && (
            <Fact key={field} name={t(`contact.${field}`)}>
              <span style={{ minWidth: 0 }}>{value}</span>
              <Copy value={value} label={t('contact.copy', { what: t(`contact.${field}`) })} />
            </Fact>
          ),
      )}
      {page && (
        <Fact name={t('contact.page')}>
          <span
            style={{ minWidth: 0, overflowWrap: 'anywhere' }}
            title={[title, page].filter(Boolean).join('\n')}
          >
            {withoutQuery(page)}
          </span>
          <Copy value={page} label={t('contact.copy', { what: t('contact.page') })} />
        </Fact>
      )}
      {referrer && (
        <Fact name={t('contact.referrer')}>
          <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>{referrer}</span>
        </Fact>
      )}
      {browser && <Fact name={t('contact.browser')}>{browser}</Fact>}
      {lang && <Fact name={t('contact.lang')}>{nameLanguage(lang, i18n.language)}</Fact>}
      <Fact name={t('contact.since')}>{format.day(contact.createdAt)}</Fact>
      <Fact name={t('contact.seen')}>{format.full(contact.seenAt)}</Fact>
    </Facts>
  );
}

function TagsSection({ conversation, verbs }: Omit<Parameters<typeof ContactTab>[0], 'onConsult'>) {
  const { t } = useTranslation();
  const names = (useQuery(tagsQuery).data ?? []).map(({ name }) => name);
  // The next tag joins those that are still on their way.
  const [sent, setSent] = useState<string[] | null>(null);
  const save = (tags: string[]): void => {
    setSent(tags);
    void verbs
      .run({ name: 'tags', tags })
      .catch(() => {})
      .finally(() => setSent((last) => (last === tags ? null : last)));
  };
  return (
    <section className={classes.section}>
      <h2>{t('filter.tag')}</h2>
      {conversation.state === 'closed' ? (
        <p className={classes.quiet}>
          {conversation.tags.join(t('common.comma')) || t('contact.noTags')}
        </p>
      ) : (
        <TagsOnDemand
          part={tagField}
          take={(typed) => offerTags(names, typed)[0]}
          size="xs"
          aria-label={t('filter.tag')}
          placeholder={conversation.tags.length === 0 ? t('contact.addTag') : ''}
          known={names}
          value={sent ?? conversation.tags}
          onChange={save}
        />
      )}
    </section>
  );
}

function Previous({ conversation }: { conversation: Conversation }) {
  const say = useLastSaid();
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(contactConversationsQuery(conversation.contact.id));
  const others = (data ?? []).filter(({ id }) => id !== conversation.id);
  return (
    <section className={classes.section}>
      <h2>{t('contact.previous')}</h2>
      {data === undefined && <Skeleton height={40} />}
      {data !== undefined && others.length === 0 && (
        <p className={classes.quiet}>{t('contact.first')}</p>
      )}
      {others.map((one) => (
        <Link
          key={one.id}
          className={classes.item}
          to={paths.conversation(one.state === 'closed' ? 'closed' : 'all', one.id)}
        >
          <span style={{ display: 'flex', gap: 8, justifyContent: 'space-between' }}>
            {format.day(one.queuedAt)}
            <Pill tone={one.state === 'closed' ? 'plain' : 'accent'}>
              {t(`state.${one.state}`)}
            </Pill>
          </span>
          <small className="cut">{say(one) ?? t('inbox.nothingSaid')}</small>
        </Link>
      ))}
    </section>
  );
}

/** What follows the path is for machines, and long. */
const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, '');
