// A channel of the API in the settings: it has nothing but what every channel has.
import type { KindPage } from './kind-page.ts';

export const api: KindPage = {};
