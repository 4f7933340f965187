// Who works at the demonstration's company, and what it has set up.

import { SHOP_NAME } from '../shop-page.ts';

export const COMPANY = SHOP_NAME;

export type TeamName = 'Shop' | 'Coffee care' | 'Orders' | 'Billing';

export interface Colleague {
  name: string;
  teams: TeamName[];
  skills: string[];
  capacity: number;
  online: boolean;
}

export const teams: readonly TeamName[] = ['Shop', 'Coffee care', 'Orders', 'Billing'];
export const KOREAN = '한국어';
export const REFUNDS = 'Refunds';
export const skills = [KOREAN, REFUNDS];

/** Played by the demonstration. They are slightly too few, so that a queue forms. */
export const colleagues: readonly Colleague[] = [
  { name: 'Budi Santoso', teams: ['Coffee care', 'Orders'], skills: [], capacity: 2, online: true },
  { name: 'Citra Lestari', teams: ['Coffee care'], skills: [], capacity: 3, online: true },
  { name: 'Kim Ji-woo', teams: ['Coffee care'], skills: [KOREAN], capacity: 2, online: true },
  { name: 'Rafael Costa', teams: ['Billing'], skills: [REFUNDS], capacity: 2, online: true },
  { name: 'Dina Maharani', teams: ['Billing', 'Orders'], skills: [], capacity: 2, online: true },
  { name: 'Eko Prasetyo', teams: ['Orders'], skills: [], capacity: 2, online: true },
  { name: 'Tomás Ribeiro', teams: ['Orders'], skills: [REFUNDS], capacity: 3, online: false },
];
/** Takes the shop's chats while the person who opened the demonstration is not there. */
export const STAND_IN = 'Citra Lestari';

export const seats = {
  agent: { name: 'Maya Putri', email: 'maya@kopi.example', path: '/inbox/mine' },
  supervisor: { name: 'Rina Hartono', email: 'rina@kopi.example', path: '/live' },
  admin: { name: 'Ana Pereira', email: 'ana@kopi.example', path: '/inbox/all' },
} as const;
export type Seat = keyof typeof seats;
export const SEATS = Object.keys(seats) as Seat[];
/** More than the scripted customers need, so that there is room for the newcomer's own chat. */
export const MAYAS_CAPACITY = 4;

export const cannedReplies = [
  {
    shortcut: 'hello',
    text: 'Hello {name|there}, this is {agent} of Kopi Nusantara. How can I help?',
  },
  { shortcut: 'moment', text: 'Give me a moment, I am looking it up.' },
  { shortcut: 'ship', text: 'We roast on Mondays and Thursdays and ship on the same day.' },
  { shortcut: 'refund', text: 'The refund is on its way. It takes three to five days to arrive.' },
  { shortcut: 'bye', text: 'Is there anything else I can do for you, {name|friend}?' },
];
export const tags = [
  { name: 'delivery', colour: '#2f7fd3' },
  { name: 'brewing', colour: '#8a5a2b' },
  { name: 'subscription', colour: '#5f59d8' },
  { name: 'refund', colour: '#dd9a0b' },
  { name: 'complaint', colour: '#d9453d' },
];
export const closeForm = [
  {
    name: 'outcome',
    label: 'How did it end?',
    type: 'select',
    options: ['Solved', 'Order changed', 'Refunded', 'Passed on'],
    required: true,
  },
];
