// What automations and macros may name in a workspace now.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { AutomationNames } from '../routing/automations/check-automation.ts';
import { listEndpoints } from '../store/endpoints.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import type { Db } from '../store/sql.ts';
import { getPolicy } from '../store/workspaces.ts';

export async function findActionNames(db: Db, workspaceId: string): Promise<AutomationNames> {
  const { teams, agents, channels } = await readPolicyNames(db, workspaceId);
  const policy = (await getPolicy(db, workspaceId)) as PolicyDocument;
  const endpoints = await listEndpoints(db, workspaceId);
  const { plans = [], calendars = [], rules } = policy;
  const planNames = plans.map(({ name }) => name);
  const idOf = ({ id }: { id: string }) => id;
  const idsAndNames = (some: readonly { id: string; name: string }[]) =>
    some.flatMap(({ id, name }) => [id, name]);
  return {
    inActions: {
      // Without rules no plan is used.
      plans: rules === undefined ? [] : planNames,
      teams: teams.map(idOf),
      agents: agents.map(idOf),
      endpoints: endpoints.map(({ endpointId, events }) => {
        return { id: endpointId, takesCalls: events.includes('automation.called') };
      }),
    },
    inConditions: {
      plans: planNames,
      calendars: calendars.map(({ name }) => name),
      teams: idsAndNames(teams),
      channels: idsAndNames(channels),
    },
  };
}
