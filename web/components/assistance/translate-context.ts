// How what a customer said is translated from the thread; null: it cannot be.
import { createContext } from 'react';
import type { Assistant } from './use-assistant.ts';

/** With the label of the button: a translator for each message is felt where thousands are scrolled. */
export const TranslateContext = createContext<Assistant['translation']>(null);
