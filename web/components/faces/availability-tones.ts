// The colour of each availability.
import type { Availability } from '../../api/shapes.ts';
import type { Tone } from '../../ui/pill.tsx';

export const availabilityTones: Record<Availability, Tone> = {
  online: 'good',
  away: 'warn',
  offline: 'plain',
};
