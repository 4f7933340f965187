// How a contact is reached, and how it is known: each in its place to be changed.
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { nameLanguage } from '../naming/name-language.ts';
import { EditedFact } from './edited-fact.tsx';

export function ContactFacts({ contact }: { contact: Contact }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { lang, verified } = contact;
  const spoken = lang === null ? undefined : nameLanguage(lang, i18n.language);
  return (
    <Facts>
      {verified !== null && (
        <Fact name={t('identity.title')}>
          {verified ? t('identity.proved') : t('identity.notProved')}
        </Fact>
      )}
      <EditedFact contact={contact} field="name" label={t('form.name')} />
      <EditedFact contact={contact} field="email" label={t('contact.email')} />
      <EditedFact contact={contact} field="phone" label={t('contact.phone')} />
      <EditedFact contact={contact} field="lang" label={t('contact.lang')} shown={spoken} />
      <Fact name={t('contact.since')}>{format.day(contact.createdAt)}</Fact>
      <Fact name={t('contact.seen')}>{format.full(contact.seenAt)}</Fact>
    </Facts>
  );
}
