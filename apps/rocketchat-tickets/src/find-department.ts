// Finds a department by its id, else by its name whatever the case.
import type { Means } from './means';

export async function findDepartment({ read }: Means, wanted: string): Promise<string | null> {
  const reader = read.getLivechatReader();
  const exact = await reader.getLivechatDepartmentByIdOrName(wanted);
  if (exact?.id) return exact.id;
  const all = (await reader.getDepartmentsEnabledWithAgents()) ?? [];
  const name = wanted.toLowerCase();
  return all.find((one) => one.name?.toLowerCase() === name)?.id ?? null;
}
