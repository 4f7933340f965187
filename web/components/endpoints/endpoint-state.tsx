// How an endpoint fares, in a word.
import { useTranslation } from 'react-i18next';
import type { Delivery, Endpoint } from '../../api/shapes.ts';
import { Pill, type Tone } from '../../ui/pill.tsx';

const tones: Record<Endpoint['state'], Tone> = {
  new: 'plain',
  healthy: 'good',
  failing: 'bad',
  disabled: 'warn',
};
const deliveryTones: Record<Delivery['state'], Tone> = {
  pending: 'plain',
  sending: 'accent',
  held: 'warn',
  done: 'good',
  failed: 'bad',
};

export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation();
  return <Pill tone={tones[endpoint.state]}>{t(`endpoint.${endpoint.state}`)}</Pill>;
}

export function DeliveryState({ state }: { state: Delivery['state'] }) {
  const { t } = useTranslation();
  return <Pill tone={deliveryTones[state]}>{t(`delivery.${state}`)}</Pill>;
}
