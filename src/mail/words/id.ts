// What mails say, in Indonesian.
import type { MailWords } from './en.ts';

export const id: MailWords = {
  hello: 'Halo {name},',
  helloAll: 'Halo,',
  'invitation.subject': 'Anda diundang ke {product}',
  'invitation.text':
    'Anda diundang bekerja di {product} milik {workspace}. Pilih kata sandi, lalu Anda bisa masuk.',
  'invitation.button': 'Pilih kata sandi',
  'reset.subject': 'Pilih kata sandi baru untuk {product}',
  'reset.text': 'Admin {workspace} telah mengatur ulang kata sandi Anda. Pilih yang baru.',
  'reset.button': 'Pilih kata sandi baru',
  'own-reset.subject': 'Pilih kata sandi baru untuk {product}',
  'own-reset.text':
    'Seseorang, kemungkinan Anda, meminta kata sandi baru untuk akun Anda di {product}.',
  'own-reset.ignore': 'Jika bukan Anda, abaikan saja: kata sandi Anda tidak berubah.',
  'link.until': 'Tautan ini berlaku satu kali, sampai {until}.',
  'link.plain': 'Jika tombol tidak berfungsi, buka alamat ini:',
  'transcript.subject': 'Percakapan Anda dengan {workspace}',
  'transcript.text': 'Inilah isi percakapan Anda pada {date}.',
  'transcript.cut': 'Percakapannya lebih panjang: bagian awalnya tidak disertakan.',
  'transcript.files': 'Berkas: {files}',
  'transcript.zone': 'Waktu dalam zona {zone}.',
  'transcript.you': 'Anda',
  'transcript.team': 'Tim',
  'test.subject': 'Uji coba dari {product}',
  'test.text': 'Email dari {product} sampai ke sini. Tidak ada yang perlu dilakukan.',
  'alarm.started': 'Alarm: {what}',
  'alarm.ended': 'Selesai: {what}',
  'alarm.since': 'Sejak {from}.',
  'alarm.lasted': 'Dari {from} sampai {to}.',
  'alarm.button': 'Lihat',
  'alarm.endpoint-failing': 'endpoint {object} gagal',
  'alarm.endpoint-failing.text': '{failures} percobaan berturut-turut tidak diterima.',
  'alarm.channel-failing': 'saluran {object} tidak dapat dihubungi',
  'alarm.channel-failing.text': 'Yang harus disampaikan ke saluran itu menunggu dan dicoba lagi.',
  'alarm.targets-missed': 'target terlewat',
  'alarm.targets-missed.text': '{missed} percakapan melewati target dalam {minutes} menit.',
  'alarm.disk-low': 'disk hampir penuh',
  'alarm.disk-low.text':
    'Berkas ditolak sampai ada ruang; percakapan tetap berjalan. Kosongkan ruang di server.',
  'alarm.deliveries-waiting': 'pengiriman tertunda',
  'alarm.deliveries-waiting.text':
    '{waiting} pengiriman seharusnya sudah terkirim {minutes} menit yang lalu atau lebih awal.',
  why: 'Anda menerima email ini karena menggunakan {product}. Email ini dikirim oleh program: balasan tidak sampai ke siapa pun.',
};
