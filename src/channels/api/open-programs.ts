// The programs that wait at this node, and what their contacts are told of their places.
import type { ChannelDirectory } from '../../desk/channel-directory.ts';
import type { Desk } from '../../desk/context.ts';
import type { AllPlaces } from '../../desk/keep-all-places.ts';
import { openProgramPlaces } from './program-places.ts';
import { openWaitingPrograms, type WaitingPrograms } from './waiting-programs.ts';

interface Programs {
  programs: WaitingPrograms;
  places: Omit<AllPlaces, 'stop'>;
  stop(): Promise<void>;
}

export function openPrograms(means: {
  desk: Desk;
  directory: Pick<ChannelDirectory, 'ofKind'>;
  onError: (error: unknown, what: string) => void;
}): Programs {
  const { desk, directory, onError } = means;
  const places = openProgramPlaces({ desk, programs: () => programs, onError });
  const programs = openWaitingPrograms({ clock: desk.clock, directory, onMoved: places.moved });
  return { programs, places, stop: places.stop };
}
