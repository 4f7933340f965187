// One run on the server: started, watched until it ends, stopped.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Scenario } from '../../../src/contract/scenario.ts';
import { ask, client } from '../../api/client.ts';
import type { SimulationRun } from '../../api/shapes.ts';
import { countRuns } from './scenario.ts';

const LOOK_EVERY_MS = 300;

export interface Simulation {
  run: SimulationRun | undefined;
  underWay: boolean;
  /** It could not be started, or is not known any more. */
  error: Error | null;
  start(scenario: Scenario): void;
  stop(): void;
  reset(): void;
}

const end = (id: string) =>
  client.DELETE('/api/v1/simulations/{id}', { params: { path: { id } } }).catch(() => undefined);

export function useSimulation(): Simulation {
  /** It was asked for before the run had an id. */
  const stopWanted = useRef(false);
  const started = useMutation({
    mutationFn: async (scenario: Scenario) => {
      stopWanted.current = false;
      const body = { scenario, runs: countRuns(scenario) };
      const run = await ask(client.POST('/api/v1/simulations', { body }));
      if (stopWanted.current) await end(run.id);
      return run;
    },
  });
  const id = started.data?.id;
  const look = useQuery({
    queryKey: ['simulation', id],
    queryFn: () =>
      ask(client.GET('/api/v1/simulations/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    retry: false,
    // What has ended changes no more.
    staleTime: ({ state }) => (isOver(state.data) ? Number.POSITIVE_INFINITY : 0),
    refetchInterval: ({ state }) =>
      state.error !== null || isOver(state.data) ? false : LOOK_EVERY_MS,
  });
  const run = id === undefined ? undefined : (look.data ?? started.data);
  const error = started.error ?? (isOver(run) ? null : look.error);
  const underWay = error === null && (started.isPending || (run !== undefined && !isOver(run)));
  // Nobody looks at it any more.
  useEffect(() => {
    if (id === undefined) return;
    return () => void end(id);
  }, [id]);
  return {
    ...{ run, underWay, error },
    start: (scenario) => started.mutate(scenario),
    stop: () => {
      if (id === undefined) stopWanted.current = true;
      else void end(id).then(() => look.refetch());
    },
    reset: started.reset,
  };
}

const isOver = (run: SimulationRun | undefined): boolean =>
  run !== undefined && run.state !== 'waiting' && run.state !== 'running';
