// What a list of contacts is narrowed by; it stands in the address, so that a colleague can be sent it.
import { Checkbox, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactsAsked } from '../../api/contact-queries.ts';

const WAIT_MS = 250;

export function ContactFilters(props: { asked: ContactsAsked; onAsk(asked: ContactsAsked): void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(props.asked);
  const ask = useDebouncedCallback(props.onAsk, WAIT_MS);
  const change = (part: Partial<ContactsAsked>) => {
    const next = { ...typed, ...part };
    setTyped(next);
    ask(next);
  };
  const text = (name: 'q' | 'tag' | 'attribute' | 'value', label: string) => ({
    'aria-label': label,
    placeholder: label,
    size: 'sm' as const,
    maxLength: 100,
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [name]: event.currentTarget.value }),
  });
  return (
    <Group gap="xs" mb="md" role="search">
      <TextInput
        {...text('q', t('contacts.search'))}
        type="search"
        leftSection={<IconSearch size={15} />}
        style={{ flex: '2 1 220px' }}
      />
      <TextInput {...text('tag', t('contacts.tag'))} style={{ flex: '1 1 110px' }} />
      <TextInput {...text('attribute', t('contacts.attribute'))} style={{ flex: '1 1 110px' }} />
      {typed.attribute !== '' && (
        <TextInput {...text('value', t('contacts.attributeValue'))} style={{ flex: '1 1 110px' }} />
      )}
      <Checkbox
        label={t('contacts.blocked')}
        checked={typed.blocked}
        onChange={(event) => change({ blocked: event.currentTarget.checked })}
      />
    </Group>
  );
}
