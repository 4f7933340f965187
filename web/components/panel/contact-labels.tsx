// What agents keep of a customer: groups, tags, and whatever else has a name and a value.
import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Contact } from '../../api/shapes.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { useSave } from '../answers/use-save.ts';
import { partOf } from '../on-demand/on-demand.tsx';
import { TagsOnDemand, type TagsProps } from './tags-on-demand.tsx';

/** By these the channel finds the customer in the outside system: nobody removes them here. */
const ofChannel = new Set(['contactUuid']);

const labelsField = partOf<TagsProps>(async () => (await import('./labels-field.tsx')).LabelsField);

type Fields = { groups?: string[]; tags?: string[]; attributes?: Record<string, string | null> };
/** `was`: what is shown, so that nothing of a colleague is written over unseen. */
type Change = Fields & { was?: Omit<Fields, 'attributes'> };

export function ContactLabels({ contact }: { contact: Contact }) {
  return (
    <Stack gap="xs" mt="sm">
      <Labels contact={contact} name="groups" />
      <Labels contact={contact} name="tags" />
      <Attributes contact={contact} />
    </Stack>
  );
}

/** Stays open while it is saved, so that one label can follow the other from the keyboard. */
function Labels({ contact, name }: { contact: Contact; name: 'groups' | 'tags' }) {
  const { t } = useTranslation();
  const save = useSaveContact(contact.id);
  const unsaved = save.isPending ? save.variables[name] : undefined;
  return (
    <TagsOnDemand
      part={labelsField}
      take={(typed) => typed.trim()}
      size="xs"
      label={t(`contact.${name}`)}
      placeholder={contact[name].length === 0 ? t('contact.addLabel') : ''}
      value={unsaved ?? contact[name]}
      maxLength={100}
      onChange={(next) => save.mutate({ [name]: next, was: { [name]: contact[name] } })}
    />
  );
}

function useSaveContact(id: string) {
  const queries = useQueryClient();
  return useSave({
    send: (body: Change) =>
      ask(client.PATCH('/api/v1/contacts/{id}', { params: { path: { id } }, body })).catch(
        (error: unknown) => {
          void queries.invalidateQueries({ queryKey: ['contact', id] });
          throw error;
        },
      ),
    onDone: (contact) => queries.setQueryData(['contact', id], contact),
  });
}

const nothing = { name: '', value: '' };

function Attributes({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const save = useSaveContact(contact.id);
  const [typed, setTyped] = useState(nothing);
  const [nameless, setNameless] = useState(false);
  const entries = Object.entries(contact.attributes);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const name = typed.name.trim();
    setNameless(name === '');
    if (name === '') return;
    save.mutate({ attributes: { [name]: typed.value } }, { onSuccess: () => setTyped(nothing) });
  };
  return (
    <div role="group" aria-label={t('contact.attributes')}>
      <Input.Label size="xs" component="div">
        {t('contact.attributes')}
      </Input.Label>
      <Facts>
        {entries.map(([name, value]) => (
          <Fact key={name} name={name}>
            <span style={{ minWidth: 0, flex: 1 }}>
              {typeof value === 'string' ? value : JSON.stringify(value)}
            </span>
            {!ofChannel.has(name) && (
              <ActionIcon
                size={20}
                aria-label={t('contact.removeAttribute', { name })}
                disabled={save.isPending}
                onClick={() => save.mutate({ attributes: { [name]: null } })}
              >
                <IconTrash size={14} />
              </ActionIcon>
            )}
          </Fact>
        ))}
      </Facts>
      <form onSubmit={add}>
        <Group gap="xs" mt="xs" wrap="nowrap" align="flex-start">
          <TextInput
            size="xs"
            style={{ flex: 1, minWidth: 0 }}
            aria-label={t('contact.attributeName')}
            placeholder={t('contact.attributeName')}
            maxLength={100}
            value={typed.name}
            error={nameless && t('form.required')}
            onChange={(event) => {
              setNameless(false);
              setTyped({ ...typed, name: event.currentTarget.value });
            }}
          />
          <TextInput
            size="xs"
            style={{ flex: 1, minWidth: 0 }}
            aria-label={t('contact.attributeValue')}
            placeholder={t('contact.attributeValue')}
            maxLength={1000}
            value={typed.value}
            onChange={(event) => setTyped({ ...typed, value: event.currentTarget.value })}
          />
          <Button
            type="submit"
            size="xs"
            variant="default"
            px={8}
            loading={save.isPending}
            aria-label={t('contact.addAttribute')}
          >
            <IconPlus size={14} />
          </Button>
        </Group>
      </form>
    </div>
  );
}
