// Bahasa Indonesia: penyeimbangan, dan keadilan dalam laporan.
import type { BalanceWords } from './balance-en.ts';

export const balanceId: BalanceWords = {
  'balance.after': 'Sesudah',
  'balance.agentLoad': 'Beban tiap agen',
  'balance.again': 'Lihat lagi',
  'balance.apply': 'Pindahkan {{count}}',
  'balance.applying': 'Semuanya, atau tidak satu pun jika ada yang berubah.',
  'balance.before': 'Sebelum',
  'balance.changed':
    'Ada yang berubah sejak rencana ini dibuat, jadi tidak ada yang dipindahkan. Di bawah ini rencana baru.',
  'balance.contact': 'Kontak',
  'balance.even': 'Bagian semua orang merata',
  'balance.evenText':
    'Tidak ada pemindahan yang membuatnya lebih merata. Hanya percakapan yang diberikan Usher, belum dijawab siapa pun sejak itu, dan dijawab di sini yang dapat pindah.',
  'balance.everybody': 'Semua tim',
  'balance.from': 'Dari',
  'balance.highest': 'Bagian tertinggi',
  'balance.jain': 'Indeks Jain',
  'balance.jainText': '1: bagian semua orang sama',
  'balance.left': 'Tetap di tempatnya: {{count}}',
  'balance.left.cannot-give': 'agennya sedang pergi: {{count}}',
  'balance.left.cannot-take': 'agen sebelumnya pergi, atau tidak boleh memegangnya: {{count}}',
  'balance.left.no-room': 'agen sebelumnya tidak punya tempat: {{count}}',
  'balance.left.not-movable': 'sudah dijawab, ditutup, atau dipindahkan: {{count}}',
  'balance.lowest': 'Bagian terendah',
  'balance.more':
    'Pemindahan lain akan membuatnya lebih merata. Terapkan yang ini dulu, lalu lihat lagi.',
  'balance.moved':
    'Dipindahkan: {{count}}. Bagian tertinggi kini {{highest}}, terendah {{lowest}}.',
  'balance.moves': 'Pemindahan',
  'balance.movesText': 'Yang paling sedikit untuk membuat bagian semerata mungkin.',
  'balance.nobody': 'Tidak ada yang daring',
  'balance.nobodyText': 'Beban dibagi di antara agen yang daring dan punya kapasitas.',
  'balance.open': 'Seimbangkan',
  'balance.proposed':
    'Beban tidak merata: dari {{lowest}} sampai {{highest}}. Dengan {{count}} pemindahan menjadi dari {{newLowest}} sampai {{newHighest}}.',
  'balance.proposedWhy':
    'Ditampilkan jika penyeimbangan mempersempit jarak ini setidaknya {{gap}} poin persentase.',
  'balance.show': 'Tampilkan pemindahan',
  'balance.team': 'Tim',
  'balance.text':
    'Percakapan yang belum dijawab siapa pun pindah ke agen yang lebih lapang. Anda melihat semuanya sebelum ada yang pindah.',
  'balance.title': 'Penyeimbangan beban',
  'balance.to': 'Ke',
  'balance.undo': 'Batalkan',
  'balance.undone': 'Kembali ke agen sebelumnya: {{count}}.',
  'balance.why': 'Mengapa',
  'fairness.agents': 'Agen daring',
  'fairness.given': 'Diberikan, terendah – tertinggi',
  'fairness.givenJain': 'Diberikan, indeks Jain',
  'fairness.load': 'Beban, terendah – tertinggi',
  'fairness.loadJain': 'Beban, indeks Jain',
  'fairness.spread': '{{lowest}} – {{highest}}',
  'fairness.text':
    'Seberapa merata pekerjaan dibagi di antara agen yang daring hari itu. Indeks Jain adalah 1 jika semua sama, dan 1/n jika satu dari n memegang semuanya. Beban adalah rata-rata yang dipegang agen selama daring. Diberikan adalah jumlah percakapan yang diterima agen: lebih sedikit bagi yang daring lebih singkat.',
  'fairness.title': 'Pemerataan',
};
