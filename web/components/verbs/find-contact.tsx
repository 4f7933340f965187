// Finds a contact by what is known of them.
import { Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contactsQuery } from '../../api/contact-queries.ts';
import type { Contact } from '../../api/shapes.ts';
import choices from '../../ui/choices.module.css';
import { ListboxField } from '../../ui/listbox-field.tsx';
import { useListbox } from '../../ui/use-listbox.ts';
import { ContactFace } from '../faces/contact-face.tsx';

const MOST = 6;

export function FindContact({
  onChoose,
}: {
  onChoose(contact: Pick<Contact, 'id' | 'displayName'>): void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const asked = { q, tag: '', attribute: '', value: '', blocked: false };
  const query = useInfiniteQuery({ ...contactsQuery(asked), placeholderData: keepPreviousData });
  const found = (query.data?.pages[0]?.items ?? []).slice(0, MOST);
  const listbox = useListbox({ label: t('start.to'), typed, items: found, onChoose });
  return (
    <Stack gap="sm">
      <ListboxField
        {...{ listbox, typed }}
        onType={setTyped}
        label={t('start.to')}
        placeholder={t('start.find')}
      />
      <div {...listbox.list} className={choices.commands}>
        {found.map((one) => (
          <div key={one.id} {...listbox.option(one)} className={choices.choice}>
            <ContactFace name={one.displayName} url={one.avatarUrl} size={28} />
            <span className={choices.choiceName}>
              <span className="cut">{one.displayName}</span>
              <small className="cut">{one.email ?? one.phone ?? one.externalId}</small>
            </span>
          </div>
        ))}
      </div>
      <div role="status">{!query.isFetching && found.length === 0 && t('nav.nothingFound')}</div>
    </Stack>
  );
}
