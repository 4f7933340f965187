// The menu of a row; actions that cannot be undone ask first.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskFirst } from './ask-first.tsx';

export interface RowAction {
  label: string;
  run(): void;
  /** Asked before it is done. */
  confirm?: string;
}

export function RowMenu({ name, actions }: { name: string; actions: RowAction[] }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<RowAction | null>(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            aria-label={t('common.moreOf', { name })}
            onClick={(event) => event.stopPropagation()}
          >
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
          {actions.map((action) => (
            <Menu.Item
              key={action.label}
              color={action.confirm ? 'red' : undefined}
              onClick={() => (action.confirm ? setAsked(action) : action.run())}
            >
              {action.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <AskFirst
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked?.label}
        text={asked?.confirm}
        onYes={() => asked?.run()}
      />
    </>
  );
}
