// RapidPro in the settings.
import type { Channel } from '../api/shapes.ts';
import { BodyCheck } from '../components/body-check.tsx';
import { PasswordField } from '../components/password-field.tsx';
import { useCan } from '../components/use-session.ts';
import { RapidProForm } from '../forms/rapidpro-form.tsx';
import type { KindPage } from './kind-page.ts';

export const rapidpro: KindPage = {
  creation: {
    empty: { secret: '' },
    Fields: ({ field }) => <PasswordField autoComplete="off" {...field('secret')} />,
    toBody: (secrets) => ({ secrets }),
  },
  Check,
  Forms: RapidProForm,
};

function Check({ channel: { id } }: { channel: Channel }) {
  const can = useCan();
  return can('channels.check') ? <BodyCheck id={id} /> : null;
}
