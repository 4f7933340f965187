// The entries of a menu that chooses an availability, with the workspace's statuses under away.
import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { statusesQuery } from '../../api/queries.ts';
import type { Agent, Availability } from '../../api/shapes.ts';
import { withEmoji } from './name-status.ts';
import { StatusDot } from './status-text.tsx';

export interface StatusWish {
  availability: Availability;
  statusId: string | null;
}

const order: Availability[] = ['online', 'away', 'offline'];

export function StatusItems(props: {
  now: Pick<Agent, 'availability' | 'statusId'>;
  onChoose(wish: StatusWish): void;
}) {
  const { now, onChoose } = props;
  const { t } = useTranslation();
  const statuses = (useQuery(statusesQuery).data ?? []).filter(({ archived }) => !archived);
  const check = (availability: Availability, statusId: string | null) =>
    now.availability === availability && now.statusId === statusId ? <IconCheck size={15} /> : null;
  return order.flatMap((availability) => [
    <Menu.Item
      key={availability}
      leftSection={<StatusDot availability={availability} size={10} />}
      rightSection={check(availability, null)}
      onClick={() => onChoose({ availability, statusId: null })}
    >
      {t(`availability.${availability}`)}
    </Menu.Item>,
    ...(availability === 'away' ? statuses : []).map((status) => (
      <Menu.Item
        key={status.id}
        ps={28}
        leftSection={<StatusDot availability="away" colour={status.colour} size={10} />}
        rightSection={check('away', status.id)}
        onClick={() => onChoose({ availability, statusId: status.id })}
      >
        {withEmoji(status)}
      </Menu.Item>
    )),
  ]);
}
