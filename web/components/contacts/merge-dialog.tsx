// Finds the other contact who is the same person, shows what it comes to, and merges it into this one.
import { Alert, Button, Group, Loader, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { contactsQuery, mergePreviewQuery } from '../../api/contact-queries.ts';
import type { Contact } from '../../api/shapes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useArrow } from '../../ui/use-arrow.ts';
import { problemText } from '../answers/problem-text.ts';
import { useSave } from '../answers/use-save.ts';
import { ContactFace } from '../faces/contact-face.tsx';
import classes from './contacts.module.css';

const MOST = 6;

export function MergeDialog({ contact, onClose }: { contact: Contact; onClose(): void }) {
  const { t } = useTranslation();
  const [other, setOther] = useState<string | null>(null);
  return (
    <Dialog opened onClose={onClose} title={t('contacts.merge')} size="md">
      <Stack gap="sm">
        <p className={classes.soft}>{t('contacts.mergeText')}</p>
        {other === null ? (
          <FindOther contact={contact} onChoose={setOther} />
        ) : (
          <Preview
            contact={contact}
            mergedId={other}
            onBack={() => setOther(null)}
            onDone={onClose}
          />
        )}
      </Stack>
    </Dialog>
  );
}

function FindOther(props: { contact: Contact; onChoose(id: string): void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 250);
  const asked = { q, tag: '', attribute: '', value: '', blocked: false };
  const query = useInfiniteQuery({
    ...contactsQuery(asked),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  const found = (q === '' ? [] : (query.data?.pages[0]?.items ?? []))
    .filter(({ id }) => id !== props.contact.id)
    .slice(0, MOST);
  return (
    <>
      <TextInput
        data-autofocus
        label={t('contacts.mergeFind')}
        placeholder={t('contacts.search')}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ul className={classes.list}>
        {found.map((one) => (
          <li key={one.id}>
            <UnstyledButton className={classes.who} onClick={() => props.onChoose(one.id)}>
              <ContactFace name={one.displayName} url={one.avatarUrl} size={28} />
              <span className="cut">{one.displayName}</span>
              <small className={classes.soft}>{one.email ?? one.phone ?? one.externalId}</small>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <div role="status" className={classes.soft}>
        {q !== '' && !query.isFetching && found.length === 0 && t('contacts.none')}
      </div>
    </>
  );
}

function Preview(props: { contact: Contact; mergedId: string; onBack(): void; onDone(): void }) {
  const { contact, mergedId, onBack, onDone } = props;
  const { t } = useTranslation();
  const arrow = useArrow();
  const queries = useQueryClient();
  const preview = useQuery(mergePreviewQuery(contact.id, mergedId));
  const save = useSave({
    send: () =>
      ask(
        client.POST('/api/v1/contacts/{id}/merge', {
          params: { path: { id: contact.id } },
          body: { mergedId },
        }),
      ),
    quiet: true,
    done: t('contacts.mergedNow'),
    onDone: () => {
      void queries.invalidateQueries();
      onDone();
    },
  });
  const error = preview.error ?? save.error;
  if (error !== null) {
    return (
      <>
        <Alert color="red" variant="outline" role="alert">
          {problemText(error)}
        </Alert>
        <Button variant="default" onClick={onBack}>
          {t('contacts.back')}
        </Button>
      </>
    );
  }
  if (preview.data === undefined) return <Loader size="sm" />;
  const { kept, merged, given, leftOut, conversations } = preview.data;
  const what = given
    .map((one) => t(`contacts.what.${one}` as 'contacts.what.name'))
    .join(t('common.comma'));
  return (
    <>
      <span className={classes.who}>
        <ContactFace name={merged.displayName} url={merged.avatarUrl} size={28} />
        <bdi>{merged.displayName}</bdi> {arrow} <bdi>{kept.displayName}</bdi>
      </span>
      <ul className={classes.list}>
        <li>{t('contacts.mergeMoved', { count: conversations })}</li>
        <li>{what === '' ? t('contacts.givenNothing') : t('contacts.given', { what })}</li>
        {leftOut > 0 && <li>{t('contacts.leftOut', { count: leftOut })}</li>}
      </ul>
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {t('contacts.back')}
        </Button>
        <Button loading={save.isPending} onClick={() => save.mutate(undefined)}>
          {t('contacts.merge')}
        </Button>
      </Group>
    </>
  );
}
