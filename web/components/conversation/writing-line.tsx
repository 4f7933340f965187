// Who else is writing in the conversation at this moment, beside where one writes oneself.
import { IconLock, IconPencil } from '@tabler/icons-react';
import { useColleagues } from '../faces/use-colleagues.ts';
import classes from './onlookers.module.css';

const MOST = 3;

export function WritingLine({ conversationId }: { conversationId: string }) {
  const writers = useColleagues(conversationId).filter(({ writing }) => writing !== null);
  return (
    <div role="status">
      {writers.slice(0, MOST).map(({ id, writing, said }) => (
        <div key={id} className={classes.writing} data-writing={writing}>
          {writing === 'note' ? <IconLock size={14} /> : <IconPencil size={14} />}
          <span className="cut">{said}</span>
        </div>
      ))}
    </div>
  );
}
