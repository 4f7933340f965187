// Lies over everything while the company's own system does not see the agent at work.
import { useLive } from '../live/live-provider.tsx';
import { OnDemand, partOf } from './on-demand.tsx';

const coverDialog = partOf(async () => (await import('./cover-dialog.tsx')).CoverDialog);

export function Cover() {
  const { blocked } = useLive();
  return blocked && <OnDemand part={coverDialog} onClose={() => {}} />;
}
