// What the people of the example company and its customers say; nobody of them exists.

export interface Story {
  name: string;
  email?: string;
  phone?: string;
  team?: 'Support' | 'Orders' | 'Billing';
  priority?: 'low' | 'high' | 'urgent';
  tags?: string[];
  /** `<` the customer, `>` the agent, `#` a note. */
  lines: string[];
  /** Who has it; null: it waits. */
  agent: string | null;
  ended?: boolean;
}

export const agents = [
  { name: 'Budi Santoso', role: 'agent', capacity: 2, online: true, teams: ['Support', 'Orders'] },
  { name: 'Kim Ji-woo', role: 'agent', capacity: 5, online: true, teams: ['Support'] },
  { name: 'Rafael Costa', role: 'agent', capacity: 2, online: true, teams: ['Billing'] },
  {
    name: 'Siti Rahma',
    role: 'supervisor',
    capacity: 3,
    online: false,
    teams: ['Support', 'Billing'],
  },
  { name: 'Tomás Ribeiro', role: 'agent', capacity: 4, online: false, teams: ['Orders'] },
] as const;

export const stories: Story[] = [
  {
    name: 'Dewi Lestari',
    email: 'dewi.lestari@example.com',
    phone: '+62 811 0000 117',
    team: 'Orders',
    tags: ['delivery'],
    agent: 'Ana',
    lines: [
      '< Hi! My order 4471 was supposed to come yesterday.',
      '< Tracking says “out for delivery” since the morning.',
      '> Hello Dewi, sorry about that. Let me look it up.',
      '# Courier had a breakdown in Bandung, see the morning notice.',
      '> The van broke down yesterday. Your parcel is on today’s tour and will be with you before 14:00.',
      '> I have added free shipping for your next order.',
      '< Oh nice, thank you! 🙏',
      '< Could the driver call me before? The bell does not work.',
    ],
  },
  {
    name: 'João Almeida',
    email: 'joao.almeida@example.com',
    team: 'Support',
    tags: ['login'],
    agent: 'Ana',
    lines: [
      '< I cannot sign in any more, it says the code is wrong',
      '> Hi João! Is the clock of your phone set automatically?',
      '< It was 4 minutes off. Works now!',
    ],
  },
  {
    name: '박서연',
    email: 'seoyeon.park@example.com',
    team: 'Support',
    priority: 'high',
    agent: 'Ana',
    lines: [
      '< 안녕하세요, 결제가 두 번 되었어요.',
      '> 안녕하세요, 바로 확인해 보겠습니다.',
      '< 네, 감사합니다. 카드 명세서를 보내 드릴까요?',
    ],
  },
  {
    name: 'Marcus Webb',
    email: 'm.webb@example.com',
    team: 'Support',
    agent: 'Kim Ji-woo',
    lines: ['< Is there a student discount?', '> There is: 20 % with a university address.'],
  },
  {
    name: 'Putri Ayu',
    phone: '+62 811 0000 204',
    team: 'Orders',
    agent: 'Budi Santoso',
    lines: ['< Bisa ganti alamat pengiriman?', '> Bisa, Kak. Silakan kirim alamat barunya.'],
  },
  {
    name: 'Amir Haddad',
    email: 'amir@example.com',
    team: 'Billing',
    agent: 'Rafael Costa',
    lines: ['< Can you send the invoice to my accountant as well?', '> Of course. Which address?'],
  },
  {
    name: 'Beatriz Nogueira',
    team: 'Billing',
    tags: ['complaint'],
    agent: 'Rafael Costa',
    lines: ['< A cobrança veio com o valor errado.', '> Estou vendo aqui, um momento.'],
  },
  {
    name: 'Grace Okafor',
    team: 'Orders',
    agent: 'Budi Santoso',
    lines: ['< Is express delivery possible to Lagos?', '> It is, two working days.'],
  },
  {
    name: 'Helena Duarte',
    email: 'helena.duarte@example.com',
    team: 'Billing',
    priority: 'urgent',
    agent: null,
    lines: ['< My card was charged three times for one invoice. I need this fixed today.'],
  },
  {
    name: 'Oliver Grant',
    team: 'Orders',
    agent: null,
    lines: ['< Can I still change the size of my order?'],
  },
  {
    name: 'Nadia Farouk',
    email: 'nadia@example.com',
    team: 'Billing',
    agent: null,
    lines: ['< Where do I find the invoice for March?'],
  },
  {
    name: 'Chen Wei',
    team: 'Orders',
    agent: null,
    lines: ['< Hello, is the blue one in stock again?'],
  },
  {
    name: 'Lucía Ferrer',
    email: 'lucia.ferrer@example.com',
    team: 'Orders',
    tags: ['return'],
    agent: 'Ana',
    ended: true,
    lines: [
      '< How do I send something back?',
      '> The label is in your account, under Returns.',
      '< Found it, thanks!',
    ],
  },
  {
    name: 'Dewi Lestari',
    email: 'dewi.lestari@example.com',
    phone: '+62 811 0000 117',
    team: 'Support',
    agent: 'Kim Ji-woo',
    ended: true,
    lines: ['< Do you ship to Makassar?', '> We do, it takes three days.', '< 👍'],
  },
];

export const cannedReplies = [
  { shortcut: 'hello', text: 'Hello {name}, my name is {agent}. How can I help?' },
  { shortcut: 'moment', text: 'Give me a moment, I am looking it up.' },
  { shortcut: 'bye', text: 'Is there anything else I can do for you, {name}?' },
  { shortcut: 'refund', text: 'The refund is on its way; it takes three to five days to arrive.' },
];
export const tags = [
  { name: 'delivery', colour: '#2f7fd3' },
  { name: 'login', colour: '#5f59d8' },
  { name: 'return', colour: '#dd9a0b' },
  { name: 'complaint', colour: '#d9453d' },
];
