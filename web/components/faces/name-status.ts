// What an agent is, in words: a status of the workspace, what Usher has brought about, or the plain availability.
import type { TFunction } from 'i18next';
import type { Agent, Status } from '../../api/shapes.ts';

type Shown = Pick<Agent, 'availability' | 'statusId' | 'statusCause'>;
type Named = Pick<Status, 'name' | 'emoji'>;

const houseCauses = ['missed-offers', 'no-sign-of-life', 'push-missed', 'signed-out'] as const;
type HouseCause = (typeof houseCauses)[number];

export function nameStatus(
  { availability, statusId, statusCause }: Shown,
  { t, statuses }: { t: TFunction; statuses: readonly Status[] | undefined },
): string {
  const plain = t(`availability.${availability}`);
  const status = statuses?.find(({ id }) => id === statusId);
  if (status !== undefined) return withEmoji(status);
  const cause = houseCauses.find((one) => one === statusCause);
  if (cause === undefined || availability === 'online') return plain;
  return `${plain}: ${wordCause(cause, t)}`;
}

export function withEmoji({ name, emoji }: Named): string {
  return emoji === null ? name : `${emoji} ${name}`;
}

export function wordCause(cause: HouseCause, t: TFunction): string {
  return t(`statusCause.${cause}`);
}
