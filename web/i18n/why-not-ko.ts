// The words of reasons, and of “Why not somebody else?”, in Korean.
import type { WhyNotWords } from './why-not-en.ts';

export const whyNotKo: WhyNotWords = {
  'apart.bot': '계획에 따라 봇 {{other}}에게 먼저 배정됩니다.',
  'apart.id': '모든 조건이 같아 낮은 id가 먼저입니다.',
  'apart.idle': '{{other}}님이 더 오래 쉬었습니다.',
  'apart.load-share': '{{name}}님이 수용량을 더 많이 쓰고 있습니다.',
  'apart.skill': '{{name}}님은 필요한 기술의 수준이 더 낮습니다.',
  'apart.skill-ascending': '{{name}}님은 수준이 더 높아 더 어려운 일을 위해 남겨 둡니다.',
  'apart.sticky': '고객이 {{other}}님을 압니다.',
  'apart.turn': '{{other}}님의 차례입니다.',
  'because.askedAgain':
    '{{time}}에 {{name}} 님에게 다시 요청할 수 있게 되면, 또는 그 전에 돌아오면 배정됩니다: {{why}}.',
  'because.askedAgainOthers':
    '{{time}}에 {{name}} 님에게 다시 요청할 수 있게 되면, 또는 그 전에 돌아오면 배정됩니다: {{why}}. 그 뒤로 {{others}}명이 더 있습니다.',
  'because.balanceUndone': '재분배가 취소되어 {{from}}님에게서 {{to}}님에게 돌아갔습니다.',
  'because.balanced':
    '업무량을 고르게 하려고 {{from}}님 대신 {{to}}님이 맡았습니다. 재분배의 모든 이동을 합쳐 {{from}}님은 {{fromBefore}}에서 {{fromAfter}}로, {{to}}님은 {{toBefore}}에서 {{toAfter}}로 바뀝니다.',
  'because.byDue': '이 플랜은 기한이 빠른 것부터 처리하며, 그 시각이 대기 순서가 됩니다.',
  'because.chosen':
    '“{{strategy}}” 기준으로 {{name}}님이 선택되었습니다. 수용량의 {{share}} 사용 중, {{idle}} 동안 쉼.',
  'because.chosenByPlan':
    '계획의 순서({{order}})에 따라 {{name}}님이 선택되었습니다. 수용량의 {{share}} 사용 중, {{idle}} 동안 쉼.',
  'because.chosenThere':
    '{{name}}님이 {{department}} 부서에서 받았습니다. 외부 부서의 자체 배정이 선택했습니다.',
  'because.closedWith': '{{name}}님이 맡은 상태로 닫혔습니다: {{reason}}.',
  'because.closedWithout': '상담원 없이 닫혔습니다: {{reason}}.',
  'because.comesOnline': '{{name}}님이 온라인이 되면 배정됩니다.',
  'because.comesOnlineOthers':
    '{{name}}님이나 다른 {{others}}명 중 한 명이 온라인이 되면 배정됩니다.',
  'because.considered': '검토한 상담원 {{considered}}명 중 {{eligible}}명이 맡을 수 있습니다.',
  'because.due.ahead': '{{target}}: 기한은 {{at}}입니다.',
  'because.due.overdue': '{{target}}: {{at}}부터 기한이 지났습니다.',
  'because.due.soon': '{{target}}: 곧 기한입니다({{at}}).',
  'because.ending': '계획 “{{plan}}”이(가) 지금 이 대화를 끝냅니다: {{reason}}.',
  'because.endsOne':
    '{{name}}님({{capacity}}개 중 {{held}}개)이 대화를 끝내거나 수용량이 늘면 배정됩니다.',
  'because.endsOneOf':
    '{{name}} 님({{channel}} {{most}}건 중 {{held}}건)이 그중 하나를 끝내면 배정됩니다.',
  'because.full':
    '기다려야 했을 때 계획 “{{plan}}”이(가) 가득 차 있었습니다. 대기 {{count}}건. 그래서 {{way}}.',
  'because.given': '{{by}}님이 {{name}}님에게 배정했습니다.',
  'because.givenForced': '{{by}}님이 수용량을 넘겨 {{name}}님에게 배정했습니다.',
  'because.handedOver':
    '{{channel}}의 {{department}} 부서로 넘겨졌으며, 그 부서의 자체 배정이 상담원을 선택합니다.',
  'because.handedOverLapsed':
    '{{channel}}의 {{department}} 부서로 넘겨졌지만 제때 가져간 사람이 없어, 이제 Usher도 배정할 수 있습니다.',
  'because.handedOverUntil':
    '{{channel}}의 {{department}} 부서로 넘겨졌으며, 그 부서의 자체 배정이 상담원을 선택합니다. {{time}}부터는 Usher도 배정할 수 있습니다.',
  'because.handoverTrouble': '{{channel}}에서 지금은 받지 않아 다시 요청합니다: {{text}}.',
  'because.held': '해결될 때까지 보류됩니다: {{why}}.',
  'because.heldUntil': '{{time}}까지 보류됩니다: {{why}}.',
  'because.holdFailed': '마지막 배정이 실패했습니다({{reason}})',
  'because.lacksSkills':
    '받을 수 있는 다른 상담원 중 필요한 기술을 갖춘 사람이 없습니다: {{skills}}.',
  'because.mayWait': '{{time}}에도 기다리고 있으면 {{way}}.',
  'because.nextPass': '앞의 대화 다음으로 곧 배정됩니다.',
  'because.nobodyCould':
    '모두 온라인이고 여유가 있어도 맡을 사람이 없습니다. 팀이나 채널에 상담원을 추가하거나 이전하세요.',
  'because.notFull':
    '기다려야 했을 때 계획 “{{plan}}”에 자리가 있었습니다. 최대 {{count}}건이 기다립니다.',
  'because.noticed.agent': '{{time}}에 관리자에게 알렸습니다.',
  'because.noticed.contact': '{{time}}에 연락처에 다시 알렸습니다.',
  'because.offered': '{{name}} 님에게 {{time}}까지 제안되었습니다.',
  'because.open': '“{{calendar}}”은(는) 운영 중입니다.',
  'because.openUntil': '“{{calendar}}”은(는) {{time}}까지 운영합니다.',
  'because.paceEnds': '{{name}} 님이 다음 상담을 받을 수 있는 {{time}}에 배정됩니다.',
  'because.parked':
    '{{since}}부터 {{name}}님이 보류 중 (보류한 사람: {{by}}). {{until}}에, 또는 고객이 글을 쓰면 바로 돌아옵니다.',
  'because.parkedUntilWritten':
    '{{since}}부터 {{name}}님이 보류 중 (보류한 사람: {{by}}). 고객이 글을 쓰면 바로 돌아옵니다.',
  'because.recheck': '같은 방이 조금 전에 닫혀 확인하는 중입니다',
  'because.ruled': '규칙 “{{rule}}”에 따라 계획 “{{plan}}”이 적용되었습니다: {{why}}.',
  'because.ruledAlways': '조건 없는 규칙 “{{rule}}”에 따라 계획 “{{plan}}”이 적용되었습니다.',
  'because.runnerUp': '차순위: {{name}}님, {{share}} 사용 중, {{idle}} 동안 쉼.',
  'because.sentToPlan': '{{by}}님이 “{{plan}}” 계획으로 보냈습니다.',
  'because.shut':
    '“{{calendar}}”은(는) 운영 시간이 아니며 다음 시작 시간을 알 수 없습니다: {{way}}.',
  'because.shutUntil': '“{{calendar}}”은(는) {{time}}에 시작합니다: {{way}}.',
  'because.silenceEnds.agent': '{{time}}에 대기열로 돌아갑니다.',
  'because.silenceEnds.contact': '{{time}}에 종료됩니다.',
  'because.silent.agent': '연락처가 {{time}}부터 답변을 기다리고 있습니다.',
  'because.silent.contact': '연락처가 {{time}}부터 글을 쓰지 않았습니다.',
  'because.step': '계획 “{{plan}}”의 {{step}}단계에 있습니다.',
  'because.stepUntil': '계획 “{{plan}}”의 {{step}}단계에 있으며 {{time}}에 다음으로 넘어갑니다.',
  'because.takenOutside': '{{name}}님이 외부의 연결된 시스템에서 가져갔습니다.',
  'because.toRoute': '어느 계획을 따를지 규칙이 곧 정합니다.',
  'because.tooLong': '계획 “{{plan}}”의 한도인 {{span}}보다 오래 기다렸습니다: {{way}}.',
  'because.took': '{{name}}님이 직접 맡았습니다.',
  'because.unconfirmed': '연결된 시스템이 아직 확인하지 않았습니다.',
  'because.waits': '{{time}} 동안 기다렸고 대기열의 {{position}}번째입니다.',
  'because.waitsFor':
    '고객이 아는 {{name}} 님을 {{time}}까지, 또는 연결할 수 없게 될 때까지 기다립니다.',
  'because.way.close': '고객에게 알리고 대화를 끝냅니다',
  'because.way.message': '고객에게 알리고 계속 기다립니다',
  'because.way.plan': '계획 “{{plan}}”을(를) 따릅니다',
  'because.way.queue': '평소처럼 기다립니다',
  'because.wrapUpEnds': '{{name}} 님이 마무리를 끝내면, 늦어도 {{time}}에 배정됩니다.',
  'decided.bot': '계획에 따라 봇에게 먼저 배정됩니다.',
  'decided.id': '모든 조건이 같아 낮은 id가 먼저입니다.',
  'decided.idle': '차순위는 쉰 시간이 더 짧았습니다.',
  'decided.load-share': '차순위는 수용량을 더 많이 쓰고 있었습니다.',
  'decided.only-candidate': '맡을 수 있는 다른 사람이 없었습니다.',
  'decided.skill': '차순위는 필요한 기술의 수준이 더 낮습니다.',
  'decided.skill-ascending': '차순위는 수준이 더 높아 더 어려운 일을 위해 남겨 둡니다.',
  'decided.sticky': '고객이 아는 상담원입니다.',
  'decided.turn': '차례가 되었습니다.',
  'exclusion.agent-refused': 'Qiscus가 거부함',
  'exclusion.agent-unfit': 'Qiscus가 이 방에 제안하지 않음',
  'exclusion.agent-unknown-there': '연결된 시스템이 알지 못함',
  'exclusion.agent-unknown-to-qiscus': 'Qiscus에 없는 상담원임',
  'exclusion.declined': '상담원이 거절함',
  'exclusion.not-accepted': '제때 수락하지 않음',
  'exclusion.not-answered': '맡고도 답하지 않음',
  'exclusion.refused-there': '연결된 시스템이 거부함',
  'exclusion.returned-elsewhere': '연결된 시스템에서 되돌려짐',
  'exclusion.sent-on': '상담원이 직접 넘김',
  'exclusion.unknown': '이전에 받을 수 없었음',
  'obstacle.availability': '온라인 아님',
  'obstacle.bot': '제외됨: 봇은 계획으로만 배정됨',
  'obstacle.capacity': '자리 없음',
  'obstacle.channel': '이 채널을 맡지 않음',
  'obstacle.excluded': '이전에 맡지 못함',
  'obstacle.lease': '오랫동안 응답 없음',
  'obstacle.limit': '이 채널의 제한에 도달함',
  'obstacle.pace': '방금 상담을 받음',
  'obstacle.skills': '필요한 기술 없음',
  'obstacle.team': '팀원이 아님',
  'whyNot.answersElsewhere': '{{name}}님은 여기가 아니라 연결된 시스템에서 답합니다.',
  'whyNot.atLimit':
    '{{name}} 님은 제한에 도달했습니다. {{channel}} {{most}} 중 {{held}}을(를) 쓰고 있고, 이 상담은 {{weight}}이(가) 필요합니다.',
  'whyNot.away': '{{name}}님은 자리를 비웠습니다.',
  'whyNot.belowLevel': '{{name}}님은 필요한 기술이 부족합니다: {{skills}}.',
  'whyNot.botFirst': '{{name}} 님이나 다른 사람보다 봇에게 먼저 배정됩니다.',
  'whyNot.botNotNamed':
    '{{name}}은(는) 봇입니다. 계획이 먼저 주는 대화만 받고, 같은 대화를 두 번 받지 않습니다.',
  'whyNot.choose': '상담원 선택',
  'whyNot.couldNotThen':
    '{{other}}님에게 배정될 때 {{name}}님은 맡을 수 없었습니다. 기록에는 그 이유가 없습니다.',
  'whyNot.excluded': '{{name}}님에게는 지금 묻지 않습니다: {{why}}.',
  'whyNot.excludedUntil': '{{name}}님에게는 {{time}}까지 묻지 않습니다: {{why}}.',
  'whyNot.figures':
    '{{name}}님: {{share}} 사용 중, {{idle}} 동안 쉼. {{other}}님: {{its}} 사용 중, {{itsIdle}} 동안 쉼.',
  'whyNot.fitsAtNoStep':
    '계획 “{{plan}}”의 이후 단계 중 {{name}}님의 팀과 기술에 맞는 것은 없습니다.',
  'whyNot.fitsLater':
    '{{name}}님은 계획 “{{plan}}”의 {{step}}단계부터 맞으며, 이 단계는 {{time}}에 시작됩니다.',
  'whyNot.goesTo': '다음으로 {{name}}님이 아니라 {{other}}님에게 갑니다.',
  'whyNot.goesToFilled':
    '다음으로 {{other}}님에게 갑니다. 앞선 대화가 {{name}}님의 자리를 차지합니다.',
  'whyNot.goesToThem': '다음으로 {{name}}님에게 갑니다.',
  'whyNot.hadItLast': '{{name}}님이 마지막으로 맡았습니다.',
  'whyNot.hadItLastUntil': '{{name}}님이 {{time}}까지 마지막으로 맡았습니다.',
  'whyNot.hasIt': '{{name}}님이 {{time}}부터 맡고 있습니다.',
  'whyNot.noRoom':
    '{{name}}님은 자리가 없습니다: {{capacity}} 중 {{held}} 사용 중이며, 이 대화는 {{weight}} 필요합니다.',
  'whyNot.noRoomOutside':
    '{{name}}님은 자리가 없습니다: {{capacity}} 중 {{held}} 사용 중(연결된 시스템 {{outside}} 포함)이며, 이 대화는 {{weight}} 필요합니다.',
  'whyNot.notHeardOf': '{{name}}님은 {{time}} 이후 소식이 없습니다.',
  'whyNot.notInDivision': '{{name}}님은 {{channel}}의 채널 {{external}}을 담당하지 않습니다.',
  'whyNot.notInTeam': '{{name}}님은 {{team}} 팀에 없습니다.',
  'whyNot.notOnChannel': '{{channel}} 채널은 {{name}}님을 모릅니다.',
  'whyNot.offline': '{{name}}님은 오프라인입니다.',
  'whyNot.oneBefore': '{{name}}님에게 갈 수 있는 대화 하나가 앞에 있습니다.',
  'whyNot.othersBefore': '{{name}}님에게 갈 수 있는 대화 {{many}}개가 앞에 있습니다.',
  'whyNot.paced': '{{name}} 님은 방금 상담을 받았고, {{time}}에 다음 상담을 받을 수 있습니다.',
  'whyNot.skillLow': '{{skill}}({{has}} 보유, {{needs}} 필요)',
  'whyNot.skillMissing': '{{skill}}({{needs}}단계)',
  'whyNot.title': '왜 다른 사람이 아닌가요?',
  'whyNot.today': '지금 막는 것',
  'whyNot.wasNotFirst':
    '{{name}}님은 맡을 수 없었거나 {{other}}님 다음이었습니다. 기록에는 처음 두 상담원만 있습니다.',
  'whyNot.wasSecond': '{{name}}님은 {{other}}님 다음이었습니다.',
  'whyNot.wrapsUp': '그중 {{count}}건은 마무리 중이며 늦어도 {{time}}에 끝납니다.',
};
