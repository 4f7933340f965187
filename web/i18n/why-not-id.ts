// The words of reasons, and of “Why not somebody else?”, in Indonesian.
import type { WhyNotWords } from './why-not-en.ts';

export const whyNotId: WhyNotWords = {
  'funnel.all': 'Semua agen',
  'funnel.available': 'Tersedia',
  'funnel.channel': 'Melayani kanal',
  'funnel.chosen': 'Dipilih',
  'funnel.could': 'Dapat mengambilnya',
  'funnel.left': 'Tersisa',
  'funnel.loads': 'Agen menurut beban, sekarang',
  'funnel.nobodyOnline': 'Tidak ada yang online.',
  'funnel.out': 'Tersisih',
  'funnel.room': 'Punya tempat',
  'funnel.skills': 'Punya keahlian',
  'funnel.step': 'Langkah',
  'funnel.team': 'Dalam tim',
  'funnel.title': 'Siapa yang dipertimbangkan',
  'funnel.tried': 'Belum dicoba',
  'apart.bot': 'Rencana memberikannya dulu kepada bot {{other}}.',
  'apart.id': 'Bila semua sama, id yang lebih kecil didahulukan.',
  'apart.idle': '{{other}} sudah menganggur lebih lama.',
  'apart.load-share': '{{name}} memakai lebih banyak kapasitasnya.',
  'apart.skill': '{{name}} punya tingkat lebih rendah pada keahlian yang dibutuhkan.',
  'apart.skill-ascending':
    '{{name}} punya tingkat lebih tinggi dan disimpan untuk yang lebih sulit.',
  'apart.sticky': 'Kontak mengenal {{other}}.',
  'apart.turn': 'Sekarang giliran {{other}}.',
  'because.askedAgain':
    'Dilepas pukul {{time}}, saat {{name}} boleh diminta lagi, atau lebih awal jika ia kembali: {{why}}.',
  'because.askedAgainOthers':
    'Dilepas pukul {{time}}, saat {{name}} boleh diminta lagi, atau lebih awal jika ia kembali: {{why}}. Setelah itu {{others}} lainnya.',
  'because.balanceUndone': 'Kembali dari {{from}} ke {{to}}: penyeimbangan dibatalkan.',
  'because.balanced':
    '{{to}} memegangnya sebagai ganti {{from}} agar beban merata: {{from}} berubah dari {{fromBefore}} menjadi {{fromAfter}} dan {{to}} dari {{toBefore}} menjadi {{toAfter}}, dengan semua pemindahan dalam penyeimbangan itu.',
  'because.byDue':
    'Rencananya mendahulukan yang paling cepat jatuh tempo; saat itulah tempatnya dalam antrean.',
  'because.chosen':
    '{{name}} dipilih menurut “{{strategy}}”: {{share}} kapasitas terpakai, menganggur {{idle}}.',
  'because.chosenByPlan':
    '{{name}} dipilih menurut urutan rencana ({{order}}): {{share}} kapasitas terpakai, menganggur {{idle}}.',
  'because.chosenThere':
    '{{name}} mendapatkannya dari departemen {{department}}, yang perutean luarnya sendiri memilihnya.',
  'because.closedWith': 'Ditutup bersama {{name}}: {{reason}}.',
  'because.closedWithout': 'Ditutup tanpa pernah punya agen: {{reason}}.',
  'because.comesOnline': 'Akan lepas bila {{name}} daring.',
  'because.comesOnlineOthers': 'Akan lepas bila {{name}} atau satu dari {{others}} lainnya daring.',
  'because.considered': 'Agen dipertimbangkan: {{considered}}. Bisa menerima: {{eligible}}.',
  'because.due.ahead': '{{target}}: jatuh tempo pada {{at}}.',
  'because.due.overdue': '{{target}}: terlambat sejak {{at}}.',
  'because.due.soon': '{{target}}: segera jatuh tempo, pada {{at}}.',
  'because.ending': 'Rencana “{{plan}}” mengakhirinya sekarang: {{reason}}.',
  'because.endsOne':
    'Akan lepas bila {{name}} ({{held}} dari {{capacity}}) mengakhiri percakapan, atau bila kapasitas dinaikkan.',
  'because.endsOneOf':
    'Dilepas saat {{name}} ({{held}} dari {{most}} {{channel}}) mengakhiri salah satunya.',
  'because.full':
    'Rencana “{{plan}}” sudah penuh ketika percakapan ini harus menunggu: {{count}} menunggu di dalamnya. Karena itu {{way}}.',
  'because.given': '{{by}} memberikannya kepada {{name}}.',
  'because.givenForced': '{{by}} memberikannya kepada {{name}}, melebihi kapasitas.',
  'because.handedOver':
    'Percakapan ini diserahkan ke departemen {{department}} di {{channel}}, yang peruteannya sendiri memilih agen.',
  'because.handedOverLapsed':
    'Percakapan ini diserahkan ke departemen {{department}} di {{channel}}. Di sana tidak ada yang mengambilnya tepat waktu, jadi Usher juga boleh memberikannya kepada seseorang.',
  'because.handedOverUntil':
    'Percakapan ini diserahkan ke departemen {{department}} di {{channel}}, yang peruteannya sendiri memilih agen. Mulai {{time}} Usher juga boleh memilih.',
  'because.handoverTrouble':
    '{{channel}} saat ini tidak menerimanya, dan akan ditanya lagi: {{text}}.',
  'because.held': 'Ditahan sampai hal itu selesai: {{why}}.',
  'because.heldUntil': 'Ditahan sampai {{time}}: {{why}}.',
  'because.holdFailed': 'penugasan terakhirnya gagal ({{reason}})',
  'because.lacksSkills':
    'Tidak ada orang lain yang bisa menerimanya dan memiliki keahlian yang diperlukan: {{skills}}.',
  'because.mayWait': 'Jika masih menunggu pada {{time}}, {{way}}.',
  'because.nextPass': 'Sebentar lagi diberikan kepada seseorang, setelah yang di depannya.',
  'because.nobodyCould':
    'Tidak ada yang bisa menerima, sekalipun daring dan luang: tambahkan agen ke tim atau kanalnya, atau pindahkan.',
  'because.notFull':
    'Rencana “{{plan}}” belum penuh ketika percakapan ini harus menunggu. Paling banyak {{count}} menunggu di dalamnya.',
  'because.noticed.agent': 'Supervisor diberi tahu pukul {{time}}.',
  'because.noticed.contact': 'Kontak diingatkan pukul {{time}}.',
  'because.offered': 'Ditawarkan kepada {{name}} sampai {{time}}.',
  'because.open': '“{{calendar}}” sedang buka.',
  'because.openUntil': '“{{calendar}}” buka sampai {{time}}.',
  'because.paceEnds': 'Dilepas pukul {{time}}, saat {{name}} boleh diberi yang berikutnya.',
  'because.parked':
    'Diparkir pada {{name}} sejak {{since}}, oleh {{by}}. Kembali {{until}}, atau begitu pelanggan menulis.',
  'because.parkedUntilWritten':
    'Diparkir pada {{name}} sejak {{since}}, oleh {{by}}. Kembali begitu pelanggan menulis.',
  'because.recheck': 'ruang yang sama baru saja ditutup dan sedang diperiksa',
  'because.ruled': 'Aturan “{{rule}}” memberinya rencana “{{plan}}”: {{why}}.',
  'because.ruledAlways': 'Aturan “{{rule}}”, yang tanpa syarat, memberinya rencana “{{plan}}”.',
  'because.runnerUp': 'Urutan kedua: {{name}}, {{share}} terpakai, menganggur {{idle}}.',
  'because.sentToPlan': '{{by}} memasukkannya ke rencana “{{plan}}”.',
  'because.shut': '“{{calendar}}” sedang tutup dan waktu bukanya tidak diketahui: {{way}}.',
  'because.shutUntil': '“{{calendar}}” tutup sampai {{time}}: {{way}}.',
  'because.silenceEnds.agent': 'Kembali ke antrean pukul {{time}}.',
  'because.silenceEnds.contact': 'Berakhir pukul {{time}}.',
  'because.silent.agent': 'Kontak menunggu jawaban sejak {{time}}.',
  'because.silent.contact': 'Kontak tidak menulis sejak {{time}}.',
  'because.step': 'Berada di langkah {{step}} rencana “{{plan}}”.',
  'because.stepUntil': 'Berada di langkah {{step}} rencana “{{plan}}” dan berlanjut pada {{time}}.',
  'because.takenOutside': '{{name}} mengambilnya di luar, di sistem terhubung.',
  'because.toRoute': 'Sebentar lagi aturan menentukan rencananya.',
  'because.tooLong': 'Sudah menunggu lebih dari {{span}}, batas rencana “{{plan}}”: {{way}}.',
  'because.took': '{{name}} mengambilnya sendiri.',
  'because.unconfirmed': 'Sistem terhubung belum mengonfirmasinya.',
  'because.waits': 'Sudah menunggu {{time}} dan berada di urutan ke-{{position}}.',
  'because.waitsFor':
    'Menunggu {{name}}, yang dikenal kontak, sampai {{time}} atau sampai tidak dapat dihubungi.',
  'because.way.close': 'pelanggan diberi tahu, lalu percakapan berakhir',
  'because.way.message': 'pelanggan diberi tahu, dan percakapan tetap menunggu',
  'because.way.plan': 'percakapan mengikuti rencana “{{plan}}”',
  'because.way.queue': 'percakapan menunggu seperti biasa',
  'because.wrapUpEnds':
    'Dilepas saat {{name}} selesai dengan penyelesaian, paling lambat pukul {{time}}.',
  'decided.bot': 'Rencana memberikannya dulu kepada bot.',
  'decided.id': 'Bila semua sama, id yang lebih kecil didahulukan.',
  'decided.idle': 'Urutan kedua belum selama itu menganggur.',
  'decided.load-share': 'Urutan kedua memakai lebih banyak kapasitasnya.',
  'decided.only-candidate': 'Tidak ada orang lain yang bisa menerima.',
  'decided.skill': 'Urutan kedua punya tingkat lebih rendah pada keahlian yang dibutuhkan.',
  'decided.skill-ascending':
    'Urutan kedua punya tingkat lebih tinggi dan disimpan untuk yang lebih sulit.',
  'decided.sticky': 'Kontak mengenalnya.',
  'decided.turn': 'Memang gilirannya.',
  'exclusion.agent-refused': 'Qiscus menolaknya',
  'exclusion.agent-unfit': 'Qiscus tidak menawarkannya untuk ruang ini',
  'exclusion.agent-unknown-there': 'sistem terhubung tidak mengenalnya',
  'exclusion.agent-unknown-to-qiscus': 'Qiscus tidak mengenalnya',
  'exclusion.declined': 'ia menolaknya',
  'exclusion.not-accepted': 'ia tidak menerimanya tepat waktu',
  'exclusion.not-answered': 'ia menanganinya dan tidak menjawab',
  'exclusion.refused-there': 'sistem terhubung menolaknya',
  'exclusion.returned-elsewhere': 'percakapan dikembalikan di sistem terhubung',
  'exclusion.sent-on': 'ia sendiri yang meneruskannya',
  'exclusion.unknown': 'sebelumnya ia tidak dapat menerimanya',
  'obstacle.availability': 'Tidak daring',
  'obstacle.bot': 'Dikecualikan: bot hanya ikut rencana',
  'obstacle.capacity': 'Tidak ada tempat',
  'obstacle.channel': 'Tidak melayani kanal ini',
  'obstacle.excluded': 'Sebelumnya tidak bisa menerima',
  'obstacle.lease': 'Terlalu lama tanpa kabar',
  'obstacle.limit': 'Mencapai batas untuk kanal ini',
  'obstacle.pace': 'Baru saja diberi satu',
  'obstacle.skills': 'Tanpa keahliannya',
  'obstacle.team': 'Bukan anggota tim',
  'whyNot.answersElsewhere': '{{name}} menjawab di sistem terhubung, bukan di sini.',
  'whyNot.atLimit':
    '{{name}} mencapai batas: {{held}} dari {{most}} {{channel}} terpakai, dan yang ini memerlukan {{weight}}.',
  'whyNot.away': '{{name}} sedang tidak di tempat.',
  'whyNot.belowLevel': '{{name}} kurang dalam keahlian yang dibutuhkan: {{skills}}.',
  'whyNot.botFirst': 'Bot mendapatkannya dulu, sebelum {{name}} atau orang lain.',
  'whyNot.botNotNamed':
    '{{name}} adalah bot: hanya mendapat yang diberikan dulu oleh rencana, dan tidak dua kali.',
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
  'whyNot.paced': '{{name}} baru saja diberi satu dan boleh diberi yang berikutnya pukul {{time}}.',
  'whyNot.skillLow': '{{skill}} (punya {{has}}, butuh {{needs}})',
  'whyNot.skillMissing': '{{skill}} (tingkat {{needs}})',
  'whyNot.title': 'Kenapa bukan orang lain?',
  'whyNot.today': 'Halangannya saat ini',
  'whyNot.wasNotFirst':
    '{{name}} tidak bisa menerima, atau berada di urutan setelah {{other}}. Catatan hanya menyebut dua agen pertama.',
  'whyNot.wasSecond': '{{name}} di urutan kedua setelah {{other}}.',
  'whyNot.wrapsUp': '{{count}} di antaranya sedang diselesaikan, paling lambat sampai {{time}}.',
};
