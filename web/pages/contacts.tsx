// Everybody who has written, found by what is known of them; and each with all that is known.
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ContactsAsked } from '../api/contact-queries.ts';
import { BlockedNetworks } from '../components/contacts/blocked-networks.tsx';
import { ContactFilters } from '../components/contacts/contact-filters.tsx';
import { ContactsTable } from '../components/contacts/contacts-table.tsx';
import { OneContact } from '../components/contacts/one-contact.tsx';
import { ContactAgent } from '../components/panel/contact-agent.tsx';
import { ContactLabels } from '../components/panel/contact-labels.tsx';
import { useCan } from '../components/session/use-session.ts';
import { Page } from '../ui/page.tsx';

/** One part for both: what is fetched at first names each part. */
export default function ContactsPage() {
  const { contactId } = useParams({ strict: false }) as { contactId?: string };
  if (contactId === undefined) return <Everybody />;
  return (
    <OneContact
      key={contactId}
      contactId={contactId}
      labels={(contact) => (
        <>
          <ContactAgent contact={contact} />
          <ContactLabels key={contact.id} contact={contact} />
        </>
      )}
    />
  );
}

function Everybody() {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const asked = readAsked(useSearch({ strict: false }));
  const onAsk = (next: ContactsAsked) =>
    void navigate({ to: '.', search: writeAsked(next) as never, replace: true });
  return (
    <Page title={t('nav.contacts')} text={t('contacts.text')}>
      <ContactFilters asked={asked} onAsk={onAsk} />
      <ContactsTable asked={asked} />
      {asked.blocked && can('contacts.block') && <BlockedNetworks />}
    </Page>
  );
}

function readAsked(search: Record<string, unknown>): ContactsAsked {
  const text = (name: string) =>
    typeof search[name] === 'string' ? search[name].slice(0, 100) : '';
  const [q, tag, attribute, value] = ['q', 'tag', 'attribute', 'value'].map(text);
  return {
    ...{ q: q?.trim() ?? '', tag: tag ?? '', attribute: attribute ?? '', value: value ?? '' },
    blocked: search.blocked === true,
  };
}

function writeAsked({ blocked, ...texts }: ContactsAsked): Record<string, unknown> {
  const said = Object.entries(texts).filter(([, text]) => text !== '');
  return { ...Object.fromEntries(said), ...(blocked && { blocked: true }) };
}
