// What a notification says, in the language of its device. Pure.
import type { PushContent } from '../../src/contract/push-kinds.ts';

const words = {
  en: {
    offer: 'A conversation is offered to you.',
    given: 'A new conversation is yours.',
    message: 'New message',
    consult: 'A colleague asks you.',
    whisper: 'A supervisor whispers to you.',
    mention: 'A note names you.',
  },
  ar: {
    offer: 'محادثة معروضة عليك.',
    given: 'لديك محادثة جديدة.',
    message: 'رسالة جديدة',
    consult: 'يستشيرك زميل.',
    whisper: 'يهمس إليك مشرف.',
    mention: 'ذكرتك ملاحظة.',
  },
  id: {
    offer: 'Sebuah percakapan ditawarkan kepada Anda.',
    given: 'Percakapan baru untuk Anda.',
    message: 'Pesan baru',
    consult: 'Seorang rekan bertanya kepada Anda.',
    whisper: 'Seorang supervisor berbisik kepada Anda.',
    mention: 'Sebuah catatan menyebut Anda.',
  },
  ko: {
    offer: '대화가 제안되었습니다.',
    given: '새 대화가 배정되었습니다.',
    message: '새 메시지',
    consult: '동료가 도움을 요청합니다.',
    whisper: '관리자가 귓속말을 보냈습니다.',
    mention: '메모에서 회원님을 언급했습니다.',
  },
  'pt-BR': {
    offer: 'Uma conversa foi oferecida a você.',
    given: 'Uma nova conversa é sua.',
    message: 'Nova mensagem',
    consult: 'Um colega pergunta a você.',
    whisper: 'Um supervisor sussurra para você.',
    mention: 'Uma nota menciona você.',
  },
} as const satisfies Record<string, Record<PushContent['kind'], string>>;

export function wordPush({ kind, name, text, language }: PushContent): {
  title: string;
  body: string;
} {
  const said = (words[language as keyof typeof words] ?? words.en)[kind];
  return { title: name, body: text === null ? said : `${said}\n${text}` };
}
