// The words of asking the language model in Arabic: fetched with what says them.
import type { AssistanceWords } from './assistance-en.ts';

export const assistanceAr: AssistanceWords = {
  'assist.again': 'اسأل مرة أخرى',
  'assist.answers': 'ما يكتبه النموذج',
  'assist.ask': 'اسأل',
  'assist.busy': 'النموذج يكتب…',
  'assist.cut': 'تُركت الرسائل الأقدم.',
  'assist.role.system': 'ما على النموذج فعله',
  'assist.role.user': 'ما يقرؤه',
  'assist.sends': 'ما يُرسل',
  'assist.sent': 'ما أُرسل',
  'assist.size': 'عدد الأحرف {{characters}} إلى {{model}} على {{host}}، والمحجوب {{masked}}',
  'assist.stop': 'إيقاف',
  'assist.task.draft': 'ترجم مسودتي',
  'assist.task.said': 'ترجم',
  'assist.task.suggestions': 'اقترح ردًا',
  'assist.task.summary': 'لخّص',
  'assist.text': 'يذهب النص إلى {{host}}. لا يصل العميل شيء حتى ترسله.',
  'assist.title': 'اسأل النموذج',
  'assist.use': 'استخدام',
  'assist.useAsNote': 'استخدام كملاحظة',
  'assist.what': 'ما المطلوب',
  'problem.assistance.busy': 'النموذج مشغول أو استُنفدت حصته. حاول مرة أخرى بعد دقيقة.',
  'problem.assistance.key-refused':
    'يرفض خادم النموذج المفتاح. أخبر المسؤول: يجب التحقق من AI_API_KEY.',
  'problem.assistance.model-unknown':
    'لا يعرف الخادم النموذج أو العنوان. أخبر المسؤول: يجب التحقق من AI_MODEL وAI_BASE_URL.',
  'problem.assistance.not-set-up': 'لا يوجد نموذج لغوي معدّ على هذا الخادم.',
  'problem.assistance.not-understood':
    'ما وصل ليس ردًا من نموذج. حاول مرة أخرى، وإن استمر ذلك فأخبر المسؤول.',
  'problem.assistance.nothing-said': 'لم يُقل بعد شيء يمكن قراءته.',
  'problem.assistance.refused':
    'رفض خادم النموذج الطلب. حاول مرة أخرى، وإن استمر ذلك فأخبر المسؤول.',
  'problem.assistance.switched-off': 'أوقف مسؤول النموذج في مساحة العمل هذه.',
  'problem.assistance.too-long': 'النص أطول مما يقبله النموذج. اختصره.',
  'problem.assistance.too-many': 'سُئل النموذج مرات كثيرة. حاول لاحقًا.',
  'problem.assistance.too-slow': 'لم يرد النموذج في الوقت المحدد. حاول مرة أخرى.',
  'problem.assistance.unreachable':
    'لا يستجيب خادم النموذج. حاول مرة أخرى، وإن استمر ذلك فأخبر المسؤول.',
};
