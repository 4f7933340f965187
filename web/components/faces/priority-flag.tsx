// Says that a conversation comes before others; of an ordinary one nothing.
import { IconFlag3Filled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import classes from './faces.module.css';

export function PriorityFlag({ priority }: Pick<Conversation, 'priority'>) {
  const { t } = useTranslation();
  if (priority !== 'high' && priority !== 'urgent') return null;
  return (
    <span className={classes.flag} data-priority={priority}>
      <IconFlag3Filled size={12} />
      {t(`priority.${priority}`)}
    </span>
  );
}
