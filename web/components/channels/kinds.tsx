// The kinds of channels in the settings, in the order in which they are offered.
import type { Channel } from '../../api/shapes.ts';
import { api } from './api.tsx';
import type { KindPage } from './kind-page.ts';
import { qiscus } from './qiscus.tsx';
import { rapidpro } from './rapidpro.tsx';
import { rocketchat } from './rocketchat.tsx';
import { webchat } from './webchat.tsx';

export const kindPages: Record<Channel['kind'], KindPage> = {
  webchat,
  qiscus,
  rapidpro,
  rocketchat,
  api,
};
export const offeredKinds = Object.keys(kindPages) as Channel['kind'][];
