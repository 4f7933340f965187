// Rocket.Chat's departments, as a list to choose from.
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { DeskDepartments } from '../../../src/contract/channels.ts';
import { ask, client } from '../../api/client.ts';

export interface Option {
  value: string;
  label: string;
}

/** Asked of Rocket.Chat itself; `items` is empty until it has answered, and where it does not. */
export function useDepartments(id: string): DeskDepartments & { isKnown: boolean } {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['departments', id],
    queryFn: () =>
      ask(client.GET('/api/v1/channels/{id}/departments', { params: { path: { id } } })),
    retry: false,
  });
  if (query.data === undefined) {
    const trouble = query.isError ? t('common.notLoaded') : null;
    return { items: [], trouble, isKnown: false };
  }
  const { items, trouble } = query.data;
  return { items, trouble, isKnown: trouble === null };
}

/** null: they are not known, and the id is typed. The chosen one is offered though it may be gone. */
export function offer(
  { items, isKnown, trouble }: ReturnType<typeof useDepartments>,
  chosen: { departmentId: string; name: string | undefined; t: TFunction },
): Option[] | null {
  const { departmentId: value, name: saved, t } = chosen;
  if (trouble !== null) return null;
  const found = items.map(({ id, name, isEnabled, members }) => {
    if (!isEnabled) return { value: id, label: t('handover.isOff', { name }) };
    return { value: id, label: members === 0 ? t('handover.isEmpty', { name }) : name };
  });
  if (value === '' || items.some((one) => one.id === value)) return found;
  const name = saved ?? value;
  return [...found, { value, label: isKnown ? t('handover.isGone', { name }) : name }];
}
