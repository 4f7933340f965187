// What customers come with: their words, the answers, and how it ends.
import { KOREAN, REFUNDS, type TeamName } from './staff.ts';

export type Door = 'shop' | 'help' | 'orders' | 'whatsapp';
export type Tongue = 'en' | 'id' | 'ko' | 'pt';

export interface Story {
  door: Door;
  tongue: Tongue;
  /** Which team a ticket of WhatsApp is for; elsewhere the channel says it. */
  team?: TeamName;
  skill?: string;
  priority?: 'high' | 'urgent';
  /** `<` the customer, `>` the agent, `#` a note among colleagues. {name} and {agent} are put in. */
  lines: string[];
  tags?: string[];
  outcome: 'Solved' | 'Order changed' | 'Refunded' | 'Passed on';
  rating?: { score: number; comment?: string };
}

export const stories: readonly Story[] = [
  {
    door: 'help',
    tongue: 'en',
    lines: [
      '< Hi! My V60 always tastes sour. What am I doing wrong?',
      '> Hello {name}, this is {agent}. How fine do you grind, and how hot is the water?',
      '< Medium, and I let it cool for five minutes after boiling.',
      '> Then pour it right after boiling, and grind a little finer. That takes the sourness away.',
      '< I will try tomorrow morning. Thank you!',
      '> With pleasure. Enjoy your coffee!',
    ],
    tags: ['brewing'],
    outcome: 'Solved',
    rating: { score: 5, comment: 'Knows what they talk about.' },
  },
  {
    door: 'help',
    tongue: 'en',
    lines: [
      '< Is your decaf made with solvents?',
      '> Hello {name}! No, by water alone. It comes from a plant in Mexico that does nothing else.',
      '< Good to know. And how long does it keep?',
      '> Six weeks after roasting, longer in the freezer. The date is on every bag.',
      '< Perfect, thanks.',
    ],
    outcome: 'Solved',
  },
  {
    door: 'help',
    tongue: 'id',
    lines: [
      '< Halo, bedanya Gayo natural sama yang washed apa ya?',
      '> Halo Kak {name}, saya {agent}. Yang natural lebih manis dan berbuah, yang washed lebih bersih.',
      '< Kalau untuk kopi susu?',
      '> Yang natural, Kak. Manisnya masih terasa di balik susu.',
      '< Oke, saya ambil yang natural. Makasih!',
      '> Sama-sama, Kak. Selamat menikmati!',
    ],
    tags: ['brewing'],
    outcome: 'Solved',
    rating: { score: 5 },
  },
  {
    door: 'help',
    tongue: 'ko',
    skill: KOREAN,
    lines: [
      '< 안녕하세요, 에스프레소용 원두 추천해 주실 수 있나요?',
      '> 안녕하세요, {name} 님. {agent}입니다. 산미가 적은 토라자를 추천해 드려요.',
      '< 분쇄해서 보내 주실 수도 있나요?',
      '> 네, 주문하실 때 “에스프레소”를 선택하시면 됩니다.',
      '< 감사합니다!',
    ],
    tags: ['brewing'],
    outcome: 'Solved',
    rating: { score: 5, comment: '친절해요.' },
  },
  {
    door: 'help',
    tongue: 'ko',
    skill: KOREAN,
    lines: [
      '< 정기 구독을 한 달만 쉬고 싶어요.',
      '> {name} 님, 안녕하세요. 다음 달부터 한 달 쉬어 드릴까요?',
      '< 네, 부탁드려요.',
      '> 처리했습니다. 그다음 달 1일에 다시 시작됩니다.',
    ],
    tags: ['subscription'],
    outcome: 'Order changed',
  },
  {
    door: 'help',
    tongue: 'pt',
    lines: [
      '< Boa tarde! Vocês fazem curso de barista online?',
      '> Boa tarde, {name}! Fazemos, todo primeiro sábado do mês.',
      '< Precisa de máquina em casa?',
      '> Não, um coador basta para a primeira turma.',
      '< Vou me inscrever. Obrigada!',
    ],
    outcome: 'Solved',
    rating: { score: 4 },
  },
  {
    door: 'help',
    tongue: 'en',
    priority: 'high',
    lines: [
      '< The grinder I got from you yesterday smells of burning. Should I unplug it?',
      '> Hello {name}, yes please, right now. Is anything hot or black on the outside?',
      '< No, just the smell. It stopped when I pulled the plug.',
      '# Second one of this batch this week, see the note of the workshop.',
      '> Good. We send you a new one today, and a courier collects the old one.',
      '< That was quick. Thank you!',
    ],
    tags: ['complaint'],
    outcome: 'Order changed',
    rating: { score: 5, comment: 'New grinder on the same day!' },
  },
  {
    door: 'help',
    tongue: 'en',
    lines: [
      '< Do you have a workshop for beginners in Bandung?',
      '> Hi {name}! Every second Saturday, nine in the morning, at the roastery.',
      '< How much is it?',
      '> Rp 250.000, and a bag of what you roast is in it.',
      '< Put me on the list, please 🙂',
      '> Done. You will get a message the day before.',
    ],
    outcome: 'Solved',
  },
  {
    door: 'orders',
    tongue: 'en',
    lines: [
      '< Hi, order 4471 was supposed to come yesterday.',
      '> Hello {name}, sorry about that. Let me look it up.',
      '# The van broke down in Bandung, see the morning notice.',
      '> It is on today’s tour and will be with you before two o’clock.',
      '< Could the driver call me before? The bell does not work.',
      '> I have told the driver.',
      '< Great, thank you! 🙏',
    ],
    tags: ['delivery'],
    outcome: 'Solved',
    rating: { score: 4, comment: 'Came at half past one.' },
  },
  {
    door: 'orders',
    tongue: 'en',
    lines: [
      '< Can I still change my grind from filter to espresso?',
      '> Hi {name}, yes: it is roasted tomorrow. Shall I change it?',
      '< Please do.',
      '> Done. You will see it in the confirmation.',
    ],
    outcome: 'Order changed',
    rating: { score: 5 },
  },
  {
    door: 'orders',
    tongue: 'id',
    lines: [
      '< Bisa ganti alamat pengiriman?',
      '> Bisa, Kak {name}. Silakan kirim alamat barunya.',
      '< Jl. Melati 12, Yogyakarta',
      '> Sudah saya ganti. Paketnya berangkat sore ini.',
      '< Terima kasih banyak!',
    ],
    tags: ['delivery'],
    outcome: 'Order changed',
    rating: { score: 5, comment: 'Cepat dan ramah.' },
  },
  {
    door: 'orders',
    tongue: 'pt',
    lines: [
      '< Meu pacote está parado em Curitiba há três dias.',
      '> Olá, {name}, aqui é {agent}. Vou falar com a transportadora.',
      '> Eles entregam amanhã até o meio-dia.',
      '< Tomara! Obrigado.',
    ],
    tags: ['delivery'],
    outcome: 'Solved',
    rating: { score: 3 },
  },
  {
    door: 'orders',
    tongue: 'en',
    priority: 'urgent',
    lines: [
      '< I need ten bags for an event tonight and the tracking says “returned”. Please help!',
      '> Hello {name}, I see it. The courier did not find the entrance.',
      '> They try again at four. May I give them your number?',
      '< Yes, yes! Anything.',
      '> They call you from the gate.',
      '< You saved the evening.',
    ],
    tags: ['delivery', 'complaint'],
    outcome: 'Solved',
    rating: { score: 5, comment: 'You saved the evening.' },
  },
  {
    door: 'orders',
    tongue: 'en',
    lines: [
      '< How do I pause my subscription while I am on holiday?',
      '> Hi {name}! In your account, under Subscription. Or I do it for you: until when?',
      '< Until the 14th, please.',
      '> Paused until the 14th. Have a good holiday!',
      '< Thanks!',
    ],
    tags: ['subscription'],
    outcome: 'Order changed',
  },
  {
    door: 'orders',
    tongue: 'en',
    lines: [
      '< One bag of my order has a tear, half of it is gone.',
      '> I am sorry, {name}. A new one goes out with the next post. You need not send anything back.',
      '< That is kind, thank you.',
    ],
    tags: ['complaint'],
    outcome: 'Order changed',
    rating: { score: 4 },
  },
  {
    door: 'whatsapp',
    tongue: 'en',
    team: 'Billing',
    skill: REFUNDS,
    lines: [
      '< My card was charged twice for one order.',
      '> Hello {name}, this is {agent}. Which order is it?',
      '< 4502, from Monday.',
      '# Double booking at the bank, same reference.',
      '> I see both. One goes back to your card today and takes three days to show.',
      '< OK, thank you.',
    ],
    tags: ['refund'],
    outcome: 'Refunded',
  },
  {
    door: 'whatsapp',
    tongue: 'id',
    team: 'Billing',
    lines: [
      '< Minta faktur atas nama perusahaan, bisa?',
      '> Bisa, Kak {name}. Boleh kirim nama dan NPWP perusahaannya?',
      '< PT Senja Kopi, NPWP menyusul lewat email',
      '> Siap, fakturnya kami kirim begitu NPWP kami terima.',
      '< Oke, makasih',
    ],
    outcome: 'Solved',
  },
  {
    door: 'whatsapp',
    tongue: 'pt',
    team: 'Billing',
    priority: 'high',
    lines: [
      '< A cobrança deste mês veio com o valor errado.',
      '> Olá, {name}. Vejo aqui: o desconto da assinatura não entrou.',
      '> Corrigi e a diferença volta no próximo extrato.',
      '< Muito obrigada pela rapidez!',
    ],
    tags: ['subscription', 'refund'],
    outcome: 'Refunded',
  },
  {
    door: 'whatsapp',
    tongue: 'en',
    team: 'Orders',
    lines: [
      '< Is express delivery possible to Makassar?',
      '> It is, {name}: two working days, Rp 38.000.',
      '< Then please send order 4533 by express.',
      '> Changed. It leaves at five today.',
    ],
    tags: ['delivery'],
    outcome: 'Order changed',
  },
  {
    door: 'whatsapp',
    tongue: 'en',
    team: 'Billing',
    lines: [
      '< Where do I find the invoice for March?',
      '> Hello {name}! In your account, under Invoices. Shall I send it to you?',
      '< Yes please.',
      '> It is in your mail.',
      '< Got it 👍',
    ],
    outcome: 'Solved',
  },
  {
    door: 'shop',
    tongue: 'en',
    lines: [
      '< Hello! Is the Toraja roasted for espresso as well?',
      '> Good morning! It is: ask for “dark” and it leaves us on the same day.',
      '< And which grinder would you take with it?',
      '> The small steel one. It is enough for two cups.',
      '< Thank you, that is all I wanted to know.',
    ],
    tags: ['brewing'],
    outcome: 'Solved',
  },
  {
    door: 'shop',
    tongue: 'en',
    lines: [
      '< Do you deliver to Singapore?',
      '> We do, in four days.',
      '< And what does it cost for three bags?',
      '> Rp 180.000, with tracking.',
      '< Good, I will order tonight. Bye!',
    ],
    tags: ['delivery'],
    outcome: 'Solved',
  },
  {
    door: 'shop',
    tongue: 'id',
    lines: [
      '< Kak, yang Kintamani masih ada stok?',
      '> Masih ada, Kak.',
      '< Bisa beli yang 100 gram dulu buat coba?',
      '> Bisa, pilih “sample” di halamannya.',
      '< Siap, makasih ya!',
    ],
    outcome: 'Solved',
  },
  {
    door: 'shop',
    tongue: 'en',
    lines: [
      '< I am looking for a present for somebody who drinks only filter coffee.',
      '> Then take the Gayo, and a pack of our filters.',
      '< Can you wrap it?',
      '> Of course. Tell us what to write on the card.',
      '< Lovely. Thank you for your help!',
    ],
    outcome: 'Solved',
  },
];

/** Said once by whoever waits for an answer too long. */
export const nudges: Record<Tongue, string> = {
  en: 'Hello? Is somebody there?',
  id: 'Halo, masih ada orang?',
  ko: '아직 계신가요?',
  pt: 'Oi? Tem alguém aí?',
};

export const names: Record<Tongue, readonly string[]> = {
  en: [
    ...['Grace Okafor', 'Oliver Grant', 'Marcus Webb', 'Amir Haddad', 'Chen Wei', 'Nadia Farouk'],
    ...['Lucy Harper', 'Priya Nair', 'Tom Becker', 'Sofia Lindgren', 'Daniel Osei', 'Emma Clarke'],
    ...['Yusuf Demir', 'Hannah Weiss', 'Liam Byrne', 'Aisha Khan'],
  ],
  id: [
    ...['Dewi Lestari', 'Putri Ayu', 'Agus Wijaya', 'Ratna Sari', 'Bayu Nugroho', 'Intan Permata'],
    ...['Fajar Hidayat', 'Wulan Anggraini', 'Rizky Ramadhan', 'Nur Aini'],
  ],
  ko: ['박서연', '이도윤', '김하은', '정민준', '최지우', '한예린'],
  pt: [
    ...['João Almeida', 'Beatriz Nogueira', 'Helena Duarte', 'Lucas Moreira', 'Marina Teixeira'],
    'Pedro Azevedo',
  ],
};
