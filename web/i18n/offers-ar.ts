// What is offered to an agent, in Arabic: fetched once something is.
import type { OffersWords } from './offers-en.ts';

export const offersAr: OffersWords = {
  'conversation.offered':
    'هذه المحادثة معروضة عليك. اقبلها أو ردّ مباشرة؛ وإذا رفضتها سُئل الموظف التالي.',
  'keys.acceptOffer': 'قبول المعروض',
  'keys.declineOffer': 'رفض المعروض',
  'offers.announce':
    '{{name}} عبر {{channel}} معروض عليك. المهلة {{time}} للرد. {{text}} اضغط Y للقبول وD للرفض.',
  'offers.away': 'أنت غير متواجد لأنك لم ترد على ما عُرض عليك. لا تصلك محادثات جديدة.',
  'offers.backOnline': 'العودة إلى الاتصال',
  'offers.declineWhy': 'لماذا ترفضها؟',
  'offers.files': 'الملفات: {{count}}',
  'offers.hurry': 'بقي {{time}} لقبول {{name}}.',
  'offers.left': 'بقي {{time}}',
  'offers.missed':
    'لم ترد في الوقت المحدد: {{name}} عبر {{channel}}، عُرضت في {{time}}. تذهب إلى موظف آخر.',
  'offers.missedMore':
    'عروض لم ترد عليها في الوقت المحدد: {{count}}، آخرها {{name}} في {{time}}. تذهب إلى موظفين آخرين.',
  'offers.nothingYet': 'لم يُكتب شيء بعد.',
  'offers.notify': 'معروض عليك، المهلة {{time}} للرد: {{text}}',
  'offers.open': 'ألقِ نظرة',
  'offers.over': 'انتهى الوقت.',
  'offers.reason.busy': 'أنا مشغول مع عميل آخر',
  'offers.reason.known': 'أعرف هذا الشخص',
  'offers.reason.language': 'لا أتحدث هذه اللغة',
  'offers.reason.leaving': 'أنا على وشك المغادرة',
  'offers.reason.none': 'دون سبب',
  'offers.reason.not-my-subject': 'ليس من اختصاصي',
  'offers.reason.other': 'سبب آخر…',
  'offers.reasonLabel': 'السبب',
  'offers.title': 'معروضة عليك',
  'offers.understood': 'فهمت',
  'offers.why': 'لماذا أنت',
  'problem.conversation.not-offered': 'لم تعد هذه المحادثة معروضة عليك.',
  'problem.conversation.offer-late': 'انتهى وقت القبول. تذهب إلى موظف آخر.',
  'verb.accept': 'قبول',
  'verb.decline': 'رفض',
};
