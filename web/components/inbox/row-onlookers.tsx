// In a row of the inbox: that colleagues have the conversation open, quietly.
import { VisuallyHidden } from '@mantine/core';
import { IconEye, IconPencil } from '@tabler/icons-react';
import { useColleagues } from '../faces/use-colleagues.ts';
import classes from './inbox.module.css';

export function RowOnlookers({ conversationId }: { conversationId: string }) {
  const colleagues = useColleagues(conversationId);
  if (colleagues.length === 0) return null;
  const said = colleagues.map((one) => one.said).join(' · ');
  return (
    <span className={classes.onlookers} title={said}>
      {colleagues[0]?.writing == null ? <IconEye size={13} /> : <IconPencil size={13} />}
      <VisuallyHidden>{said}</VisuallyHidden>
    </span>
  );
}
