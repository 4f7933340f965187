// The words of “Why not somebody else?” in Indonesian.
import type { WhyNotWords } from './why-not-en.ts';

export const whyNotId: WhyNotWords = {
  'apart.id': 'Bila semua sama, id yang lebih kecil didahulukan.',
  'apart.idle': '{{other}} sudah menganggur lebih lama.',
  'apart.load-share': '{{name}} memakai lebih banyak kapasitasnya.',
  'apart.skill': '{{name}} punya tingkat lebih rendah pada keahlian yang dibutuhkan.',
  'apart.skill-ascending':
    '{{name}} punya tingkat lebih tinggi dan disimpan untuk yang lebih sulit.',
  'apart.sticky': 'Kontak mengenal {{other}}.',
  'apart.turn': 'Sekarang giliran {{other}}.',
  'whyNot.answersElsewhere': '{{name}} menjawab di sistem terhubung, bukan di sini.',
  'whyNot.away': '{{name}} sedang tidak di tempat.',
  'whyNot.belowLevel': '{{name}} kurang dalam keahlian yang dibutuhkan: {{skills}}.',
  'whyNot.choose': 'Pilih agen',
  'whyNot.couldNotThen':
    '{{name}} tidak bisa menerima saat diberikan kepada {{other}}. Catatan tidak menyebut apa halangannya.',
  'whyNot.excluded': '{{name}} untuk sementara tidak ditanya: {{why}}.',
  'whyNot.excludedUntil': '{{name}} tidak ditanya sampai {{time}}: {{why}}.',
  'whyNot.figures':
    '{{name}}: {{share}} terpakai, menganggur {{idle}}. {{other}}: {{its}} terpakai, menganggur {{itsIdle}}.',
  'whyNot.fitsAtNoStep':
    'Tidak ada langkah berikutnya dari rencana “{{plan}}” yang cocok dengan tim dan keahlian {{name}}.',
  'whyNot.fitsLater':
    '{{name}} cocok mulai langkah {{step}} rencana “{{plan}}”, yang dimulai {{time}}.',
  'whyNot.goesTo': 'Berikutnya diberikan kepada {{other}}, bukan {{name}}.',
  'whyNot.goesToFilled':
    'Berikutnya diberikan kepada {{other}}: yang di depannya mengambil tempat {{name}}.',
  'whyNot.goesToThem': 'Berikutnya diberikan kepada {{name}}.',
  'whyNot.hadItLast': '{{name}} yang terakhir memegangnya.',
  'whyNot.hadItLastUntil': '{{name}} yang terakhir memegangnya, sampai {{time}}.',
  'whyNot.hasIt': '{{name}} memegangnya sejak {{time}}.',
  'whyNot.noRoom':
    '{{name}} tidak punya tempat: {{held}} dari {{capacity}} terpakai, dan yang ini butuh {{weight}}.',
  'whyNot.noRoomOutside':
    '{{name}} tidak punya tempat: {{held}} dari {{capacity}} terpakai, {{outside}} di antaranya di sistem terhubung, dan yang ini butuh {{weight}}.',
  'whyNot.notHeardOf': 'Tidak ada tanda dari {{name}} sejak {{time}}.',
  'whyNot.notInDivision': '{{name}} tidak melayani kanal {{external}} dari {{channel}}.',
  'whyNot.notInTeam': '{{name}} bukan anggota tim {{team}}.',
  'whyNot.notOnChannel': '{{name}} tidak dikenal di kanal {{channel}}.',
  'whyNot.offline': '{{name}} sedang luring.',
  'whyNot.oneBefore': 'Satu percakapan di depannya bisa diberikan kepada {{name}}.',
  'whyNot.othersBefore': 'Di depannya ada {{many}} percakapan yang bisa diberikan kepada {{name}}.',
  'whyNot.skillLow': '{{skill}} (punya {{has}}, butuh {{needs}})',
  'whyNot.skillMissing': '{{skill}} (tingkat {{needs}})',
  'whyNot.title': 'Kenapa bukan orang lain?',
  'whyNot.today': 'Halangannya saat ini',
  'whyNot.wasNotFirst':
    '{{name}} tidak bisa menerima, atau berada di urutan setelah {{other}}. Catatan hanya menyebut dua agen pertama.',
  'whyNot.wasSecond': '{{name}} di urutan kedua setelah {{other}}.',
};
