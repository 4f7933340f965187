// The colleagues who have the conversation open, at its head.
import { AgentFace } from '../faces/agent-face.tsx';
import { useColleagues } from '../faces/use-colleagues.ts';
import classes from './onlookers.module.css';

const MOST = 3;

export function OnlookerFaces({ conversationId }: { conversationId: string }) {
  const colleagues = useColleagues(conversationId);
  if (colleagues.length === 0) return null;
  const said = colleagues.map((one) => one.said).join(' · ');
  const more = colleagues.length - MOST;
  return (
    <span className={classes.faces} role="img" aria-label={said} data-tip={said}>
      {colleagues.slice(0, MOST).map(({ id, name, writing }) => (
        <span key={id} className={classes.one} data-writing={writing ?? undefined}>
          <AgentFace name={name} size={24} />
        </span>
      ))}
      {more > 0 && <small className={classes.more}>+{more}</small>}
    </span>
  );
}
