// What is offered to an agent, in Indonesian.
import type { OffersWords } from './offers-en.ts';

export const offersId: OffersWords = {
  'conversation.offered':
    'Percakapan ini ditawarkan kepada Anda. Terima atau langsung jawab; jika ditolak, agen berikutnya yang ditanya.',
  'keys.acceptOffer': 'Terima yang ditawarkan',
  'keys.declineOffer': 'Tolak yang ditawarkan',
  'offers.announce':
    '{{name}} lewat {{channel}} ditawarkan kepada Anda. {{time}} untuk menjawab. {{text}} Y menerima, D menolak.',
  'offers.away':
    'Anda sedang tidak di tempat karena tidak menjawab yang ditawarkan kepada Anda. Tidak ada percakapan baru untuk Anda.',
  'offers.backOnline': 'Online lagi',
  'offers.declineWhy': 'Mengapa Anda menolak?',
  'offers.files': 'Berkas: {{count}}',
  'offers.hurry': 'Sisa {{time}} untuk {{name}}.',
  'offers.left': 'sisa {{time}}',
  'offers.missed':
    'Anda tidak menjawab tepat waktu: {{name}} lewat {{channel}}, ditawarkan pukul {{time}}. Percakapan diberikan kepada agen lain.',
  'offers.missedMore':
    'Anda tidak menjawab {{count}} tawaran tepat waktu, yang terakhir dari {{name}} pukul {{time}}. Semuanya diberikan kepada agen lain.',
  'offers.nothingYet': 'Belum ada pesan.',
  'offers.notify': 'Ditawarkan kepada Anda, {{time}} untuk menjawab: {{text}}',
  'offers.open': 'Lihat dulu',
  'offers.over': 'Waktunya habis.',
  'offers.reason.busy': 'Saya sedang melayani pelanggan lain',
  'offers.reason.known': 'Saya mengenal orang ini',
  'offers.reason.language': 'Saya tidak berbicara bahasanya',
  'offers.reason.leaving': 'Saya akan segera pergi',
  'offers.reason.none': 'Tanpa alasan',
  'offers.reason.not-my-subject': 'Ini bukan bidang saya',
  'offers.reason.other': 'Alasan lain…',
  'offers.reasonLabel': 'Alasan',
  'offers.title': 'Ditawarkan kepada Anda',
  'offers.understood': 'Mengerti',
  'offers.why': 'Mengapa Anda',
  'problem.conversation.not-offered': 'Percakapan ini tidak lagi ditawarkan kepada Anda.',
  'problem.conversation.offer-late':
    'Waktu untuk menerima sudah habis. Percakapan diberikan kepada agen lain.',
  'verb.accept': 'Terima',
  'verb.decline': 'Tolak',
};
