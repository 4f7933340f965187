// What else can be done with a conversation.
import { Menu } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconFlag, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type MenuTarget, useOpening } from '../on-demand/on-demand.tsx';
import type { ConversationActions } from './conversation-actions.ts';

const priorities = ['low', 'normal', 'high', 'urgent'] as const;

export function ConversationMenu(
  props: ConversationActions & { takes: boolean; acts: boolean; target: MenuTarget },
) {
  const { conversation, verbs, panel, onDialog, onRequeue, takes, acts, target } = props;
  const { t } = useTranslation();
  const [opened, setOpened] = useOpening();
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" width={200}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {takes && (
          <Menu.Item leftSection={<IconCheck size={16} />} onClick={() => onDialog('close')}>
            {t('verb.close')}
          </Menu.Item>
        )}
        {conversation.state === 'assigned' && acts && (
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={onRequeue}>
            {t('verb.requeue')}
          </Menu.Item>
        )}
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
