// Ready-made words of plans, which the back office offers: in the languages in which we write.
import type { Texts, WordCause } from './words.ts';

export const readyWords: Readonly<Record<WordCause, Texts>> = {
  queued: {
    en: 'Thank you for writing, {{name}}. All our agents are busy at the moment. You are number {{position}} in line. Others waited {{wait}}.',
    ar: 'شكرًا لمراسلتنا، {{name}}. جميع موظفينا مشغولون حاليًا. ترتيبك في الدور هو {{position}}. مدة انتظار عملاء آخرين: {{wait}}.',
    id: 'Terima kasih sudah menghubungi kami, {{name}}. Semua agen kami sedang sibuk. Anda di antrean nomor {{position}}. Waktu tunggu pelanggan lain: {{wait}}.',
    ko: '문의해 주셔서 감사합니다. 지금은 모든 상담원이 상담 중입니다. 대기 순번은 {{position}}번입니다. 다른 고객의 대기 시간은 {{wait}}입니다.',
    'pt-BR':
      'Obrigado por escrever, {{name}}. Todos os nossos atendentes estão ocupados no momento. Você é o número {{position}} da fila. Outros clientes esperaram {{wait}}.',
  },
  position: {
    en: 'Thank you for your patience. You are number {{position}} in line. It may take {{wait}} more.',
    ar: 'شكرًا لصبرك. ترتيبك في الدور هو {{position}}. قد يستغرق الأمر {{wait}} أخرى.',
    id: 'Terima kasih atas kesabaran Anda. Anda di antrean nomor {{position}}. Mungkin perlu {{wait}} lagi.',
    ko: '기다려 주셔서 감사합니다. 대기 순번은 {{position}}번입니다. 앞으로 {{wait}} 정도 더 걸릴 수 있습니다.',
    'pt-BR':
      'Obrigado pela paciência. Você é o número {{position}} da fila. Pode levar mais {{wait}}.',
  },
  closedHours: {
    en: 'We are closed at the moment. We open again on {{opensAt}}.',
    ar: 'نحن مغلقون الآن. موعد فتحنا التالي: {{opensAt}}.',
    id: 'Saat ini kami sedang tutup. Kami buka lagi pada {{opensAt}}.',
    ko: '지금은 상담 시간이 아닙니다. 다음 상담 시작 시간은 {{opensAt}}입니다.',
    'pt-BR': 'Estamos fechados no momento. Voltamos a atender em {{opensAt}}.',
  },
  full: {
    en: 'Unusually many customers are waiting at the moment. It takes longer than usual.',
    ar: 'عدد المنتظرين كبير على غير العادة حاليًا. يستغرق الأمر وقتًا أطول من المعتاد.',
    id: 'Saat ini sangat banyak pelanggan yang menunggu. Waktu tunggu lebih lama dari biasanya.',
    ko: '지금은 대기 중인 고객이 매우 많습니다. 평소보다 시간이 더 걸립니다.',
    'pt-BR':
      'Há muitos clientes esperando no momento. O atendimento está demorando mais que o normal.',
  },
  assigned: {
    en: '{{agent}} is here for you now.',
    ar: '{{agent}} معك الآن.',
    id: '{{agent}} sekarang siap membantu Anda.',
    ko: '{{agent}} 상담원이 연결되었습니다.',
    'pt-BR': '{{agent}} vai atender você agora.',
  },
  reminder: {
    en: 'Are you still there? If you need nothing more, we will end this conversation in a while.',
    ar: 'هل ما زلت هنا؟ إذا لم تكن بحاجة إلى شيء آخر، فسننهي هذه المحادثة بعد قليل.',
    id: 'Apakah Anda masih di sana? Jika tidak ada lagi yang Anda perlukan, percakapan ini akan kami akhiri sebentar lagi.',
    ko: '아직 계신가요? 더 필요하신 것이 없으면 잠시 후 상담을 마치겠습니다.',
    'pt-BR':
      'Você ainda está aí? Se não precisar de mais nada, vamos encerrar esta conversa em breve.',
  },
  ended: {
    en: 'We end this conversation here. Please write to us again. We are open again on {{opensAt}}.',
    ar: 'ننهي هذه المحادثة هنا. نرحب بمراسلتك مجددًا. موعد فتحنا التالي: {{opensAt}}.',
    id: 'Percakapan ini kami akhiri di sini. Silakan hubungi kami lagi. Kami buka lagi pada {{opensAt}}.',
    ko: '이 상담을 여기서 마칩니다. 다시 문의해 주세요. 다음 상담 시작 시간은 {{opensAt}}입니다.',
    'pt-BR':
      'Encerramos esta conversa aqui. Escreva para nós novamente. Voltamos a atender em {{opensAt}}.',
  },
};
