// What is wrong with a policy, or useless in it, and what to do, by its code, in Indonesian.

import type { FaultWords } from './faults-en.ts';

export const faultsId: FaultWords = {
  'fault.action.after-close': 'Ini berada setelah penutupan. Pindahkan penutupan ke akhir.',
  'fault.action.moved-twice':
    'Tindakan sebelumnya sudah mengirim percakapan ke suatu tempat. Pertahankan salah satunya.',
  'fault.actions.no-list': 'Tambahkan tindakan: paling sedikit satu, paling banyak {{most}}.',
  'fault.agent.ambiguous': 'Lebih dari satu agen bernama “{{name}}”. Tulis alamat surelnya.',
  'fault.agent.unknown': 'Tidak ada agen “{{name}}”. Pilih yang lain.',
  'fault.agent.unknown.gone': 'Agen itu sudah tidak ada. Pilih yang lain.',
  'fault.bot.is-person': '“{{name}}” adalah orang. Pilih bot, atau matikan “Bot dulu”.',
  'fault.bot.word-empty': 'Satu kata kosong. Tulis, atau hapus.',
  'fault.calendar.name-taken':
    'Kalender {{calendar}} juga bernama “{{name}}”. Beri masing-masing nama sendiri.',
  'fault.calendar.never-open':
    'Tidak buka sama sekali selama {{days}} hari ke depan. Beri jam mingguan, atau tanggal dengan jam buka.',
  'fault.calendar.unknown': 'Tidak ada kalender “{{name}}”. Pilih yang lain, atau tambahkan.',
  'fault.channel.ambiguous':
    'Lebih dari satu kanal bernama “{{name}}”. Beri masing-masing nama sendiri.',
  'fault.channel.unknown': 'Tidak ada kanal “{{name}}”. Pilih yang lain, atau hapus kondisinya.',
  'fault.condition.too-large':
    'Aturan ini punya lebih dari {{most}} kondisi. Bagi menjadi beberapa aturan dengan rencana yang sama.',
  'fault.document.empty': 'Ini tidak boleh kosong.',
  'fault.document.repeated': 'Ada yang sama dua kali. Hapus salah satunya.',
  'fault.document.too-large': 'Terlalu besar: paling banyak {{limit}}.',
  'fault.document.too-long': 'Terlalu panjang: paling banyak {{limit}} karakter.',
  'fault.document.too-many': 'Terlalu banyak: paling banyak {{limit}}.',
  'fault.document.too-small': 'Terlalu kecil: paling sedikit {{limit}}.',
  'fault.document.wrong-form': 'Penulisannya tidak sesuai.',
  'fault.endpoint.not-bound':
    'Endpoint ini tidak menerima panggilan. Tambahkan peristiwa automation.called, atau pilih yang lain.',
  'fault.endpoint.unknown': 'Tidak ada endpoint “{{name}}”. Pilih yang lain.',
  'fault.endpoint.unknown.gone': 'Endpoint itu sudah tidak ada. Pilih yang lain.',
  'fault.exception.contradicts':
    'Tanggal {{date}} ditutup di sini dan punya jam di tempat lain; yang berlaku jamnya. Simpan yang dimaksud.',
  'fault.exception.half':
    'Tanggal ini hanya punya jam buka atau jam tutup. Lengkapi, atau hapus keduanya agar tutup.',
  'fault.exception.no-such-date': 'Tidak ada tanggal {{date}}. Pilih tanggal lain.',
  'fault.exception.overlaps':
    'Baris {{exception}} juga memuat sebagian jam {{date}} ini; dihitung satu. Tulis tanpa tumpang tindih.',
  'fault.exceptions.past':
    'Semua tanggal ini sudah lewat. Masukkan hari libur mendatang, atau hapus yang lama.',
  'fault.field.of-automations': 'Pesan hanya dikenal jika memulai otomatisasi. Hapus kondisi ini.',
  'fault.field.of-messages':
    'Pesan hanya dikenal setelah peristiwa message.created. Tambahkan peristiwa itu, atau hapus kondisi ini.',
  'fault.field.unknown': 'Belum jelas apa yang dilihat (“{{field}}”). Pilih, lalu tulis namanya.',
  'fault.group.empty': 'Kelompok ini kosong. Tambahkan kondisi, atau hapus.',
  'fault.group.too-deep': 'Kelompok bertingkat lebih dari {{most}}. Bagi menjadi beberapa aturan.',
  'fault.limits.none':
    'Sudah ada tindak lanjut, tetapi belum ada batas. Tentukan berapa banyak atau berapa lama boleh menunggu, atau matikan batas.',
  'fault.limits.nothing-follows':
    'Pada batas itu percakapan tetap menunggu seperti biasa. Pilih tindak lanjutnya, atau matikan batas.',
  'fault.operator.unfit': 'Tidak bisa dibandingkan seperti ini. Pilih cara lain.',
  'fault.order.no-targets':
    'Rencana ini melayani menurut target, tetapi tidak punya target. Tambahkan target, atau pilih urutan biasa.',
  'fault.plan.leads-back':
    'Percakapan akan berputar terus: {{plans}}. Akhiri salah satu rencana dengan cara lain.',
  'fault.plan.missing': 'Aturan ini tidak menyebut rencana. Pilih salah satu.',
  'fault.plan.name-taken':
    'Rencana {{plan}} juga bernama “{{name}}”. Beri masing-masing nama sendiri.',
  'fault.plan.unknown': 'Tidak ada rencana “{{name}}”. Pilih yang lain, atau tambahkan.',
  'fault.plan.unused':
    'Tidak ada aturan yang menuju rencana “{{name}}”. Sebut dalam aturan, atau hapus.',
  'fault.plans.missing':
    'Ada aturan, tetapi tidak ada rencana yang bisa disebut. Tambahkan rencana, atau hapus aturan.',
  'fault.policy.more-found': 'Masih ada {{count}} lagi. Perbaiki dulu yang tercantum.',
  'fault.policy.too-large':
    'Keseluruhannya terlalu besar ({{bytes}} dari paling banyak {{most}} bita). Hapus yang tidak dipakai.',
  'fault.prefer.contradicts':
    'Yang paling ahli dan yang paling kurang ahli sama-sama diutamakan; yang belakangan tidak pernah menentukan. Hapus salah satu.',
  'fault.prefer.no-sticky':
    'Agen yang dikenal kontak diutamakan, tetapi tidak disebut siapa. Nyalakan bagiannya di bawah, atau hapus kriterianya.',
  'fault.rule.name-taken':
    'Aturan {{rule}} juga bernama “{{name}}”. Beri masing-masing nama sendiri.',
  'fault.rule.no-name': 'Aturan ini perlu nama dengan 1 sampai 100 karakter.',
  'fault.rule.repeated':
    'Aturan {{rule}} punya kondisi yang sama, jadi yang ini tidak pernah menentukan. Ubah, atau hapus aturan ini.',
  'fault.rule.unreachable':
    'Aturan {{rule}} berlaku untuk semua, jadi yang ini tidak pernah ditanya. Pindahkan ke atas, atau hapus.',
  'fault.rules.no-default':
    'Sebagian percakapan tidak akan cocok dengan aturan mana pun. Tambahkan aturan terakhir untuk yang lain.',
  'fault.rules.too-many': 'Ada lebih dari {{most}} aturan. Gabungkan yang rencananya sama.',
  'fault.silence.channel-unseen':
    'Yang dikatakan di kanal “{{name}}” tidak diketahui di sini, jadi diam tidak dihitung di sana. Biarkan sistemnya sendiri memantau.',
  'fault.silence.close-too-early':
    'Percakapan akan berakhir tidak lebih lambat dari pengingat. Akhiri lebih lambat, atau ingatkan lebih awal.',
  'fault.silence.contact-none':
    'Diamnya kontak tidak punya durasi. Tentukan kapan diingatkan atau berakhir, atau hapus.',
  'fault.silence.no-reminder':
    'Kontak akan diingatkan, tetapi belum ada teksnya. Tulis di bagian kata-kata, atau jangan ingatkan.',
  'fault.silence.none': 'Diam aktif tanpa durasi. Tentukan setidaknya satu, atau matikan.',
  'fault.skill.ambiguous':
    'Lebih dari satu keahlian bernama “{{name}}”. Beri masing-masing nama sendiri.',
  'fault.skill.nobody':
    'Hari ini tidak ada agen dengan keahlian “{{name}}”. Berikan kepada seseorang, atau hapus.',
  'fault.skill.repeated': 'Langkah ini meminta keahlian “{{name}}” dua kali. Hapus salah satunya.',
  'fault.skill.unknown': 'Tidak ada keahlian “{{name}}”. Pilih yang lain.',
  'fault.span.overlaps':
    'Sebagian bersamaan dengan rentang {{span}} dalam minggu. Tulis jam tanpa tumpang tindih; dihitung satu.',
  'fault.span.whole-day':
    'Dari {{from}} sampai {{to}} adalah 24 jam, hingga hari berikutnya. Tulis 00:00 sampai 24:00 untuk sehari penuh, atau hapus agar tutup.',
  'fault.step.changes-nothing':
    'Langkah {{step}} butuh hal yang sama dengan langkah sebelumnya. Ubah kebutuhannya, atau hapus.',
  'fault.step.first-not-zero':
    'Langkah pertama mulai setelah {{after}} dtk, jadi sebelum itu tidak ada yang berlaku. Mulailah segera.',
  'fault.step.nobody':
    'Hari ini tidak ada agen untuk langkah {{step}}: tak seorang pun punya tim dan keahliannya sekaligus. Minta lebih sedikit, atau berikan kepada agen.',
  'fault.step.not-later':
    'Langkah {{step}} mulai setelah {{after}} dtk, tidak lebih lambat dari langkah sebelumnya ({{before}} dtk). Beri waktu yang lebih lambat.',
  'fault.step.unreachable':
    'Langkah {{step}} mulai setelah {{after}} dtk, tetapi penantian berakhir setelah {{end}} dtk. Mulailah lebih awal, atau perpanjang batasnya.',
  'fault.sticky.not-preferred':
    'Sudah disebut siapa yang dikenal kontak, tetapi tidak diutamakan atau ditunggu. Pilih salah satu, atau matikan.',
  'fault.tag.twice': 'Tag “{{name}}” muncul dua kali. Hapus salah satunya.',
  'fault.tag.wrong': 'Tag terdiri dari 1 sampai 100 karakter. Pendekkan, atau hapus.',
  'fault.targets.none': 'Ada target tanpa durasi. Tentukan setidaknya satu, atau matikan target.',
  'fault.team.ambiguous':
    'Lebih dari satu tim bernama “{{name}}”. Beri masing-masing nama sendiri.',
  'fault.team.nobody':
    'Hari ini tidak ada agen di tim “{{name}}”. Masukkan seseorang, atau hapus tim itu.',
  'fault.team.unknown': 'Tidak ada tim “{{name}}”. Pilih yang lain.',
  'fault.team.unknown.gone': 'Tim itu sudah tidak ada. Pilih yang lain.',
  'fault.time-zone.unknown': 'Tidak ada zona waktu “{{name}}”. Cari nama kota.',
  'fault.value.empty': 'Belum disebut apa yang dicari. Tulis, atau pilih “diketahui”.',
  'fault.value.never':
    'Ini tidak pernah terpenuhi: jam adalah bilangan bulat 0 sampai 23, dan domain tidak memuat @.',
  'fault.value.no-choice': 'Belum ada nilai pembanding. Tulis setidaknya satu.',
  'fault.value.not-storable': 'Teks ini memuat karakter yang tidak dapat disimpan. Hapus.',
  'fault.value.too-long': 'Teks ini lebih dari {{most}} karakter. Pendekkan.',
  'fault.value.too-many-choices':
    'Ada {{count}} nilai; paling banyak {{most}}. Pakai beberapa kondisi.',
  'fault.value.twice':
    'Nilai ini sudah ada dalam daftar; huruf besar dan kecil dianggap sama. Hapus salah satu.',
  'fault.value.unknown': 'Nilainya tidak pernah “{{value}}”. Pilih salah satu yang ditawarkan.',
  'fault.value.wrong-type': 'Nilai ini tidak cocok dengan perbandingannya. Tulis yang lain.',
  'fault.words.braces-open':
    'Dua kurung kurawal tidak membentuk isian. Sisipkan isian dengan tombolnya, atau hapus kurungnya.',
  'fault.words.channel-untold':
    'Tidak ada yang bisa disampaikan di kanal “{{name}}”. Sistemnya sendiri yang harus menyampaikannya.',
  'fault.words.empty':
    'Teksnya kosong. Tulis yang disampaikan kepada kontak, atau hapus bahasanya.',
  'fault.words.language-unknown': '“{{name}}” bukan penulisan bahasa. Pilih dari daftar.',
  'fault.words.missing':
    'Kontak akan diberi tahu, tetapi belum ada teks untuk “{{cause}}”. Tulis di bagian kata-kata, atau pilih menunggu seperti biasa.',
  'fault.words.never-known':
    '“{{placeholder}}” tidak pernah diketahui di sini, jadi kalimatnya dihilangkan. Hapus.',
  'fault.words.never-said':
    'Rencana ini tidak pernah menyampaikan “{{cause}}”. Hapus, atau beri rencana bagian yang sesuai.',
  'fault.words.no-fallback':
    'Tidak ada teks dalam {{language}}, bahasa kata-kata kebijakan ini. Tambahkan, atau ubah bahasanya di bawaan.',
  'fault.words.not-in-messages':
    '“{{placeholder}}” hanya dikenal dalam kata-kata rencana. Hapus saja.',
  'fault.words.placeholder-unknown': 'Tidak ada isian {{name}}. Sisipkan dengan tombolnya.',
};
