// RapidPro in the settings.
import type { Channel } from '../../api/shapes.ts';
import { PasswordField } from '../../forms/password-field.tsx';
import { useCan } from '../session/use-session.ts';
import { BodyCheck } from './body-check.tsx';
import type { KindPage } from './kind-page.ts';
import { RapidProForm } from './rapidpro-form.tsx';

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
