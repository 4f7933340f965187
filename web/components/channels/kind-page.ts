// What the settings need from a kind of channel; the kind's own file provides it.
import type { ComponentType } from 'react';
import type { Channel } from '../../api/shapes.ts';

/** By name, as they stand in the form of a new channel. */
export type Typed = Record<string, string>;

interface OfChannel {
  channel: Channel;
}

export interface KindPage {
  /** Besides its name and team. */
  creation?: {
    empty: Typed;
    Fields: ComponentType<{ field(name: string): { label: string } }>;
    /** Fields that are empty are left out. */
    toBody(given: Typed): { config?: Typed; secrets?: Typed };
  };
  /** Above the addresses that are pasted over there, and below them. */
  Before?: ComponentType<OfChannel>;
  After?: ComponentType<OfChannel>;
  /** What is looked at on its page, and what is said of its trouble. */
  Check?: ComponentType<OfChannel>;
  Trouble?: ComponentType;
  /** Its own settings. */
  Forms?: ComponentType<OfChannel>;
}
