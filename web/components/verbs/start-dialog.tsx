// An agent writes to a contact first: to whom, over which channel, and what.
import { Alert, Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, ask, client } from '../../api/client.ts';
import { contactReachQuery } from '../../api/contact-queries.ts';
import type { Contact, Reach } from '../../api/shapes.ts';
import { paths } from '../../paths.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { submitByKeys } from '../../ui/submit-by-keys.ts';
import { ErrorNote } from '../answers/error-note.tsx';
import { problemText } from '../answers/problem-text.ts';
import { useSave } from '../answers/use-save.ts';
import { ChannelIcon } from '../faces/channel-icon.tsx';
import { useCan } from '../session/use-session.ts';
import { FindContact } from './find-contact.tsx';
import classes from './start.module.css';

type Named = Pick<Contact, 'id' | 'displayName'>;

export function StartDialog(props: { contact?: Named | undefined; onClose(): void }) {
  const { onClose } = props;
  const { t } = useTranslation();
  const [contact, choose] = useState<Named | null>(props.contact ?? null);
  const [text, setText] = useState('');
  const title =
    contact === null ? t('start.title') : t('start.titleTo', { name: contact.displayName });
  return (
    <Dialog opened onClose={onClose} title={title} size="md" closeOnClickOutside={text === ''}>
      {contact === null ? (
        <FindContact onChoose={choose} />
      ) : (
        <Reaching contact={contact} text={text} onType={setText} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Reaching(props: {
  contact: Named;
  text: string;
  onType(text: string): void;
  onClose(): void;
}) {
  const { contact, text, onType, onClose } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const query = useQuery({ ...contactReachQuery(contact.id), staleTime: 0 });
  const [chosen, choose] = useState<string | null>(null);
  const all = query.data?.items ?? [];
  const identityId = chosen ?? all.find(({ obstacle }) => obstacle === null)?.identityId ?? null;
  const save = useBeginning({ contactId: contact.id, identityId: identityId ?? '', text, onClose });
  if (query.isError && query.data === undefined) {
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined) return <Text size="sm">{t('common.loading')}</Text>;
  const open = (id: string) => {
    onClose();
    void navigate({ to: paths.conversation('all', id) });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (identityId !== null && text.trim() !== '') save.mutate(false);
      }}
      onKeyDown={submitByKeys}
    >
      <Stack gap="sm">
        <Radio.Group label={t('start.channel')} value={identityId} onChange={choose}>
          <Stack gap={6} mt={6}>
            {all.map((one) => (
              <Channel key={one.identityId} reach={one} onOpen={open} />
            ))}
          </Stack>
        </Radio.Group>
        {identityId === null ? (
          <Alert variant="outline" role="status">
            {t('start.nowhere', { name: contact.displayName })}
          </Alert>
        ) : (
          <Textarea
            data-autofocus
            autoFocus
            autosize
            minRows={3}
            maxRows={10}
            maxLength={10_000}
            label={t('start.text')}
            description={t('start.textHint')}
            value={text}
            onChange={(event) => onType(event.currentTarget.value)}
          />
        )}
        <Refused error={save.error} onForce={() => save.mutate(true)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={identityId === null || text.trim() === ''}
          >
            {t('composer.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useBeginning(args: {
  contactId: string;
  identityId: string;
  text: string;
  onClose(): void;
}) {
  const { contactId, identityId, text, onClose } = args;
  const { t } = useTranslation();
  const navigate = useNavigate();
  return useSave({
    send: (force: boolean) =>
      ask(
        client.POST('/api/v1/contacts/{id}/conversations', {
          params: { path: { id: contactId } },
          body: { identityId, text: text.trim(), ...(force && { force }) },
        }),
      ),
    touches: ['conversations', 'counts', 'agents', 'contact-past', 'contact-record'],
    quiet: true,
    done: t('start.done'),
    onDone: ({ id }) => {
      onClose();
      void navigate({ to: paths.conversation('mine', id) });
    },
  });
}

function Channel({ reach, onOpen }: { reach: Reach; onOpen(id: string): void }) {
  const { t } = useTranslation();
  const { identityId, channelName, channelKind, externalId, obstacle, openId } = reach;
  return (
    <div className={classes.channel}>
      <Radio
        value={identityId}
        disabled={obstacle !== null}
        label={
          <span className={classes.name}>
            <ChannelIcon kind={channelKind} size={15} />
            <span className="cut">
              {channelName} · {externalId}
            </span>
          </span>
        }
        description={obstacle === null ? null : t(`start.obstacle.${obstacle}`)}
      />
      {openId !== null && (
        <Button size="compact-xs" variant="default" onClick={() => onOpen(openId)}>
          {t('start.goOn')}
        </Button>
      )}
    </div>
  );
}

/** Without room it is said why, and whoever may can do it all the same. */
function Refused({ error, onForce }: { error: Error | null; onForce(): void }) {
  const { t } = useTranslation();
  const can = useCan();
  if (error === null) return null;
  const isFull = error instanceof ApiProblem && error.code === 'agent.at-capacity';
  return (
    <Alert color={isFull ? 'yellow' : 'red'} variant="outline" role="alert">
      {isFull ? t('start.full') : problemText(error)}
      {isFull && can('conversations.force') && (
        <Group mt="xs">
          <Button size="compact-sm" variant="default" onClick={onForce}>
            {t('start.force')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
