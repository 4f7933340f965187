// Looks again and again at who waits: how long they wait on, and how long those waited who were told.
import type { Desk } from '../desk/context.ts';
import { makeForeteller } from '../desk/foretell-waits.ts';
import { type Chore, forgetAll } from '../loops/every-workspace.ts';
import {
  listWorkspacesWithToldWaits,
  listWorkspacesWithWaits,
  settleToldWaits,
} from '../store/told-waits.ts';

const LOOK_MS = 2000;

export function foretell(desk: Desk): Chore[] {
  return [
    {
      what: 'foretelling waits',
      everyMs: LOOK_MS,
      list: () => listWorkspacesWithWaits(desk.db),
      act: makeForeteller(desk),
    },
    {
      what: 'noting how long it was',
      everyMs: LOOK_MS,
      list: () => listWorkspacesWithToldWaits(desk.db),
      act: forgetAll((workspaceId) => settleToldWaits(desk.db, workspaceId)),
    },
  ];
}
