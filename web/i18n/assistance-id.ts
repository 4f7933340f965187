// The words of asking the language model in Indonesian.
import type { AssistanceWords } from './assistance-en.ts';

export const assistanceId: AssistanceWords = {
  'assist.again': 'Tanya lagi',
  'assist.answers': 'Yang ditulis model',
  'assist.ask': 'Tanya',
  'assist.busy': 'Model sedang menulis…',
  'assist.cut': 'Pesan yang lebih lama tidak disertakan.',
  'assist.role.system': 'Tugas untuk model',
  'assist.role.user': 'Yang dibacanya',
  'assist.sends': 'Yang dikirim',
  'assist.sent': 'Yang telah dikirim',
  'assist.size': '{{characters}} karakter ke {{model}} di {{host}}, {{masked}} disamarkan',
  'assist.stop': 'Hentikan',
  'assist.task.draft': 'Terjemahkan draf saya',
  'assist.task.said': 'Terjemahkan',
  'assist.task.suggestions': 'Sarankan jawaban',
  'assist.task.summary': 'Ringkas',
  'assist.text':
    'Teks dikirim ke {{host}}. Pelanggan tidak menerima apa pun sampai Anda mengirimnya.',
  'assist.title': 'Tanya model',
  'assist.use': 'Gunakan',
  'assist.useAsNote': 'Gunakan sebagai catatan',
  'assist.what': 'Apa yang diminta',
  'problem.assistance.busy': 'Model terlalu sibuk atau kuotanya habis. Coba lagi sebentar lagi.',
  'problem.assistance.key-refused':
    'Server model menolak kunci. Beri tahu admin: AI_API_KEY perlu diperiksa.',
  'problem.assistance.model-unknown':
    'Server tidak mengenal model atau alamatnya. Beri tahu admin: AI_MODEL dan AI_BASE_URL perlu diperiksa.',
  'problem.assistance.not-set-up': 'Belum ada model bahasa di server ini.',
  'problem.assistance.not-understood':
    'Yang kembali bukan jawaban model. Coba lagi; jika tetap begitu, beri tahu admin.',
  'problem.assistance.nothing-said': 'Belum ada yang dikatakan untuk dibaca.',
  'problem.assistance.refused':
    'Server model menolak permintaan. Coba lagi; jika tetap begitu, beri tahu admin.',
  'problem.assistance.switched-off': 'Admin telah mematikan model di ruang kerja ini.',
  'problem.assistance.too-long': 'Teks terlalu panjang untuk model. Persingkatlah.',
  'problem.assistance.too-many': 'Model terlalu sering ditanya. Coba lagi nanti.',
  'problem.assistance.too-slow': 'Model tidak menjawab tepat waktu. Coba lagi.',
  'problem.assistance.unreachable':
    'Server model tidak menjawab. Coba lagi; jika tetap begitu, beri tahu admin.',
};
