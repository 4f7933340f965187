// What else can be done with a conversation.
import { Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconBolt,
  IconCheck,
  IconClockPause,
  IconCornerUpLeft,
  IconEar,
  IconFlag,
  IconHelpCircle,
  IconMailOpened,
  IconTag,
  IconUserQuestion,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type MenuTarget, useOpening } from '../on-demand/on-demand.tsx';
import { useSession } from '../session/use-session.ts';
import { mayPark } from '../verbs/park-times.ts';
import { useMayWhisper } from '../verbs/use-may-act.ts';
import type { ConversationActions } from './conversation-actions.ts';
import { isReturnable } from './is-returnable.ts';
import { TranscriptItem } from './transcript-item.tsx';

const priorities = ['low', 'normal', 'high', 'urgent'] as const;

export function ConversationMenu(
  props: ConversationActions & { takes: boolean; acts: boolean; target: MenuTarget },
) {
  const { conversation, verbs, panel, onDialog, onRequeue, onUnread, takes, acts, target } = props;
  const { t } = useTranslation();
  const { user } = useSession();
  const [opened, setOpened] = useOpening();
  const isParked = conversation.state === 'parked';
  const whispers = useMayWhisper()(conversation);
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" width={200}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {(takes || isParked) && acts && (
          <Menu.Item leftSection={<IconCheck size={16} />} onClick={() => onDialog('close')}>
            {t('verb.close')}
          </Menu.Item>
        )}
        {mayPark(conversation) && acts && (
          <Menu.Item leftSection={<IconClockPause size={16} />} onClick={() => onDialog('park')}>
            {t('verb.park')}
          </Menu.Item>
        )}
        {(conversation.state === 'assigned' || isParked) && acts && (
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={onRequeue}>
            {t('verb.requeue')}
          </Menu.Item>
        )}
        {acts && isReturnable(conversation) && (
          <Menu.Item
            leftSection={<IconCornerUpLeft size={16} />}
            onClick={() => onDialog('return')}
          >
            {t('verb.return')}
          </Menu.Item>
        )}
        {(conversation.state === 'assigned' || isParked) && acts && (
          <Menu.Item
            leftSection={<IconUserQuestion size={16} />}
            onClick={() => onDialog('consult')}
          >
            {t('verb.consult')}
          </Menu.Item>
        )}
        {acts && (
          <Menu.Item leftSection={<IconBolt size={16} />} onClick={() => onDialog('macro')}>
            {t('verb.macro')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconTag size={16} />} onClick={() => onDialog('tag')}>
          {t('verb.tag')}
        </Menu.Item>
        {conversation.state === 'assigned' && conversation.agentId === user.agentId && (
          <Menu.Item leftSection={<IconMailOpened size={16} />} onClick={onUnread}>
            {t('verb.unread')}
          </Menu.Item>
        )}
        {whispers && (
          <Menu.Item leftSection={<IconEar size={16} />} onClick={() => onDialog('whisper')}>
            {t('verb.whisper')}
          </Menu.Item>
        )}
        {opened && acts && <TranscriptItem conversation={conversation} />}
        <Menu.Item leftSection={<IconHelpCircle size={16} />} onClick={() => panel.show('why')}>
          {t('why.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('priority.title')}</Menu.Label>
        {priorities.map((priority) => (
          <Menu.Item
            key={priority}
            leftSection={<IconFlag size={16} />}
            rightSection={priority === conversation.priority ? <IconCheck size={15} /> : null}
            onClick={() => verbs.start({ name: 'priority', priority })}
          >
            {t(`priority.${priority}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
