// What is offered to an agent, in Korean.
import type { OffersWords } from './offers-en.ts';

export const offersKo: OffersWords = {
  'conversation.offered':
    '회원님께 제안된 상담입니다. 수락하거나 바로 답하세요. 거절하면 다음 상담원에게 제안됩니다.',
  'keys.acceptOffer': '제안 수락',
  'keys.declineOffer': '제안 거절',
  'offers.announce':
    '{{channel}}의 {{name}} 님 대화가 제안되었습니다. {{time}} 안에 답하세요. {{text}} Y는 수락, D는 거절입니다.',
  'offers.away': '제안된 대화에 답하지 않아 자리 비움 상태입니다. 새 대화가 오지 않습니다.',
  'offers.backOnline': '다시 온라인으로',
  'offers.declineWhy': '거절하는 이유',
  'offers.files': '파일: {{count}}',
  'offers.hurry': '{{name}} 님: {{time}} 남았습니다.',
  'offers.left': '{{time}} 남음',
  'offers.missed':
    '제시간에 답하지 않았습니다: {{channel}}의 {{name}} 님, {{time}}에 제안됨. 다른 상담원에게 넘어갑니다.',
  'offers.missedMore':
    '제안 {{count}}건에 제시간에 답하지 않았습니다. 마지막은 {{time}}의 {{name}} 님입니다. 다른 상담원에게 넘어갑니다.',
  'offers.nothingYet': '아직 메시지가 없습니다.',
  'offers.notify': '{{time}} 안에 답하세요: {{text}}',
  'offers.open': '먼저 보기',
  'offers.over': '시간이 지났습니다.',
  'offers.reason.busy': '다른 고객을 응대하고 있습니다',
  'offers.reason.known': '아는 사람입니다',
  'offers.reason.language': '이 언어를 하지 못합니다',
  'offers.reason.leaving': '곧 자리를 비웁니다',
  'offers.reason.none': '이유 없이',
  'offers.reason.not-my-subject': '제 담당이 아닙니다',
  'offers.reason.other': '다른 이유…',
  'offers.reasonLabel': '이유',
  'offers.title': '제안된 대화',
  'offers.understood': '확인',
  'offers.why': '나에게 온 이유',
  'problem.conversation.not-offered': '더 이상 회원님께 제안된 상담이 아닙니다.',
  'problem.conversation.offer-late': '수락할 시간이 지났습니다. 다른 상담원에게 넘어갑니다.',
  'verb.accept': '수락',
  'verb.decline': '거절',
};
