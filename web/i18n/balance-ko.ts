// 한국어: 재분배, 그리고 보고서의 공정성.
import type { BalanceWords } from './balance-en.ts';

export const balanceKo: BalanceWords = {
  'balance.after': '이후',
  'balance.agentLoad': '상담원별 업무량',
  'balance.again': '다시 보기',
  'balance.apply': '{{count}}건 옮기기',
  'balance.applying': '모두 옮기거나, 바뀐 것이 있으면 하나도 옮기지 않습니다.',
  'balance.before': '이전',
  'balance.changed':
    '이 계획을 만든 뒤 바뀐 것이 있어 아무것도 옮기지 않았습니다. 아래는 새 계획입니다.',
  'balance.contact': '고객',
  'balance.even': '모두의 몫이 고릅니다',
  'balance.evenText':
    '더 고르게 만들 이동이 없습니다. Usher가 배정했고, 그 뒤 아무도 답하지 않았으며, 여기에서 답하는 대화만 옮깁니다.',
  'balance.everybody': '모든 팀',
  'balance.from': '보내는 상담원',
  'balance.highest': '가장 높은 비율',
  'balance.jain': '제인 지수',
  'balance.jainText': '1: 모두의 몫이 같음',
  'balance.left': '그대로 있는 대화: {{count}}건',
  'balance.left.cannot-give': '맡은 상담원이 자리에 없음: {{count}}건',
  'balance.left.cannot-take': '이전 상담원이 자리에 없거나 맡을 수 없음: {{count}}건',
  'balance.left.no-room': '이전 상담원에게 여유가 없음: {{count}}건',
  'balance.left.not-movable': '그 뒤 답변, 종료 또는 이동됨: {{count}}건',
  'balance.lowest': '가장 낮은 비율',
  'balance.more': '더 옮기면 더 고르게 됩니다. 먼저 이만큼 적용한 뒤 다시 보세요.',
  'balance.moved':
    '{{count}}건을 옮겼습니다. 이제 가장 높은 비율은 {{highest}}, 가장 낮은 비율은 {{lowest}}입니다.',
  'balance.moves': '이동',
  'balance.movesText': '몫을 가능한 한 고르게 만드는 가장 적은 이동입니다.',
  'balance.nobody': '온라인인 상담원이 없습니다',
  'balance.nobodyText': '업무량은 온라인이고 수용량이 있는 상담원끼리 나눕니다.',
  'balance.open': '재분배',
  'balance.proposed':
    '업무량이 고르지 않습니다: {{lowest}}~{{highest}}. {{count}}건을 옮기면 {{newLowest}}~{{newHighest}}가 됩니다.',
  'balance.proposedWhy': '재분배가 이 차이를 {{gap}}%p 이상 줄일 때 표시됩니다.',
  'balance.show': '이동 보기',
  'balance.team': '팀',
  'balance.text':
    '아직 아무도 답하지 않은 대화를 여유 있는 상담원에게 옮깁니다. 옮기기 전에 모두 볼 수 있습니다.',
  'balance.title': '업무량 재분배',
  'balance.to': '받는 상담원',
  'balance.undo': '실행 취소',
  'balance.undone': '이전 상담원에게 돌아간 대화: {{count}}건.',
  'balance.why': '이유',
  'fairness.agents': '온라인 상담원',
  'fairness.given': '배정, 최저 – 최고',
  'fairness.givenJain': '배정, 제인 지수',
  'fairness.load': '업무량, 최저 – 최고',
  'fairness.loadJain': '업무량, 제인 지수',
  'fairness.spread': '{{lowest}} – {{highest}}',
  'fairness.text':
    '그날 온라인이었던 상담원에게 업무가 얼마나 고르게 나뉘었는지 보여 줍니다. 제인 지수는 모두 같으면 1, n명 중 한 사람이 다 가지면 1/n입니다. 업무량은 상담원이 온라인일 때 평균으로 맡은 양입니다. 배정은 상담원이 받은 대화 수이며, 온라인 시간이 짧으면 적습니다.',
  'fairness.title': '공정성',
};
