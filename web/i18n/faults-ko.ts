// What is wrong with a policy, or useless in it, and what to do, by its code, in Korean.

import type { FaultWords } from './faults-en.ts';

export const faultsKo: FaultWords = {
  'fault.action.after-close': '종료 뒤에 있습니다. 종료를 맨 끝으로 옮기세요.',
  'fault.action.moved-twice': '앞의 작업이 이미 대화를 다른 곳으로 보냈습니다. 하나만 남기세요.',
  'fault.actions.no-list': '동작을 추가하세요. 1개에서 {{most}}개까지입니다.',
  'fault.agent.ambiguous': '이름이 “{{name}}”인 상담원이 여럿입니다. 이메일 주소로 적으세요.',
  'fault.agent.unknown': '“{{name}}” 상담원이 없습니다. 다른 상담원을 고르세요.',
  'fault.agent.unknown.gone': '그 상담원은 더 이상 없습니다. 다른 상담원을 선택하세요.',
  'fault.bot.is-person': '“{{name}}”은(는) 사람입니다. 봇을 선택하거나 “봇 먼저”를 끄세요.',
  'fault.bot.word-empty': '빈 단어가 있습니다. 입력하거나 지우세요.',
  'fault.calendar.name-taken':
    '{{calendar}}번째 캘린더도 이름이 “{{name}}”입니다. 서로 다른 이름을 붙이세요.',
  'fault.calendar.never-open':
    '앞으로 {{days}}일 동안 한 번도 열리지 않습니다. 주간 시간이나 시간이 있는 날짜를 추가하세요.',
  'fault.calendar.unknown': '“{{name}}” 캘린더가 없습니다. 다른 것을 고르거나 추가하세요.',
  'fault.channel.ambiguous': '이름이 “{{name}}”인 채널이 여럿입니다. 서로 다른 이름을 붙이세요.',
  'fault.channel.unknown': '“{{name}}” 채널이 없습니다. 다른 채널을 고르거나 조건을 지우세요.',
  'fault.condition.too-large': '조건이 {{most}}개를 넘습니다. 같은 플랜의 여러 규칙으로 나누세요.',
  'fault.document.empty': '비워 둘 수 없습니다.',
  'fault.document.repeated': '같은 것이 두 번 있습니다. 하나를 지우세요.',
  'fault.document.too-large': '너무 큽니다. {{limit}} 이하여야 합니다.',
  'fault.document.too-long': '너무 깁니다. {{limit}}자 이하여야 합니다.',
  'fault.document.too-many': '너무 많습니다. {{limit}}개 이하여야 합니다.',
  'fault.document.too-small': '너무 작습니다. {{limit}} 이상이어야 합니다.',
  'fault.document.wrong-form': '형식이 맞지 않습니다.',
  'fault.endpoint.not-bound':
    '이 엔드포인트는 호출을 받지 않습니다. automation.called 이벤트를 추가하거나 다른 것을 선택하세요.',
  'fault.endpoint.unknown': '엔드포인트 “{{name}}”이(가) 없습니다. 다른 것을 선택하세요.',
  'fault.endpoint.unknown.gone': '그 엔드포인트는 더 이상 없습니다. 다른 것을 선택하세요.',
  'fault.exception.contradicts':
    '{{date}}에 휴무와 시간이 함께 있으며, 시간이 적용됩니다. 하나만 남기세요.',
  'fault.exception.half':
    '열거나 닫는 시각 중 하나만 있습니다. 나머지를 적거나, 휴무라면 둘 다 지우세요.',
  'fault.exception.no-such-date': '{{date}}은(는) 없는 날짜입니다. 다른 날짜를 고르세요.',
  'fault.exception.overlaps':
    '{{exception}}번째 날짜에도 {{date}}의 같은 시간이 있어 하나로 칩니다. 겹치지 않게 적으세요.',
  'fault.exceptions.past': '모든 날짜가 지났습니다. 다가올 휴일을 넣거나 지난 것을 지우세요.',
  'fault.field.of-automations': '메시지는 자동화를 시작할 때만 알 수 있습니다. 조건을 빼세요.',
  'fault.field.of-messages':
    '메시지는 message.created 이벤트 뒤에만 알 수 있습니다. 그 이벤트를 추가하거나 조건을 빼세요.',
  'fault.field.unknown':
    '무엇을 볼지 정해지지 않았습니다(“{{field}}”). 항목을 고르고 이름을 적으세요.',
  'fault.group.empty': '그룹이 비어 있습니다. 조건을 넣거나 그룹을 지우세요.',
  'fault.group.too-deep': '그룹이 {{most}}단계보다 깊습니다. 규칙을 여럿으로 나누세요.',
  'fault.limits.none':
    '한도에 이르면 할 일만 있고 한도가 없습니다. 대기 수나 시간을 정하거나 한도를 끄세요.',
  'fault.limits.nothing-follows':
    '한도에 이르러도 평소처럼 기다립니다. 이어질 일을 고르거나 한도를 끄세요.',
  'fault.operator.unfit': '이렇게 비교할 수 없습니다. 다른 방법을 고르세요.',
  'fault.order.no-targets':
    '목표 순으로 처리하지만 목표가 없습니다. 목표를 추가하거나 보통 순서를 고르세요.',
  'fault.plan.leads-back': '상담이 끝없이 돕니다: {{plans}}. 이 중 한 플랜을 다르게 끝내세요.',
  'fault.plan.missing': '규칙에 플랜이 없습니다. 하나를 고르세요.',
  'fault.plan.name-taken':
    '{{plan}}번째 플랜도 이름이 “{{name}}”입니다. 서로 다른 이름을 붙이세요.',
  'fault.plan.unknown': '“{{name}}” 플랜이 없습니다. 다른 플랜을 고르거나 추가하세요.',
  'fault.plan.unused': '“{{name}}” 플랜으로 이어지는 규칙이 없습니다. 규칙에서 쓰거나 지우세요.',
  'fault.plans.missing': '규칙은 있지만 쓸 플랜이 없습니다. 플랜을 추가하거나 규칙을 지우세요.',
  'fault.policy.more-found': '이런 것이 {{count}}개 더 있습니다. 먼저 위의 것을 고치세요.',
  'fault.policy.too-large':
    '전체가 너무 큽니다({{bytes}}바이트, 최대 {{most}}). 쓰지 않는 것을 지우세요.',
  'fault.prefer.contradicts':
    '가장 숙련된 쪽과 가장 덜 숙련된 쪽을 함께 우선합니다. 뒤의 것은 소용이 없으니 하나를 지우세요.',
  'fault.prefer.no-sticky':
    '연락처가 아는 상담원을 우선하지만 누구인지 정해지지 않았습니다. 아래에서 켜거나 기준을 지우세요.',
  'fault.rule.name-taken':
    '{{rule}}번째 규칙도 이름이 “{{name}}”입니다. 서로 다른 이름을 붙이세요.',
  'fault.rule.no-name': '규칙에는 1~100자의 이름이 필요합니다.',
  'fault.rule.repeated':
    '{{rule}}번째 규칙과 조건이 같아 이 규칙은 쓰이지 않습니다. 조건을 바꾸거나 지우세요.',
  'fault.rule.unreachable':
    '{{rule}}번째 규칙이 모두에게 적용되어 이 규칙까지 오지 않습니다. 위로 옮기거나 지우세요.',
  'fault.rules.no-default':
    '어느 규칙에도 맞지 않는 상담이 생깁니다. 나머지 모두를 위한 마지막 규칙을 추가하세요.',
  'fault.rules.too-many': '규칙이 {{most}}개를 넘습니다. 같은 플랜의 규칙을 합치세요.',
  'fault.silence.channel-unseen':
    '“{{name}}” 채널에서 오간 말은 여기서 알 수 없어 무응답을 세지 않습니다. 그쪽 시스템에서 살피게 하세요.',
  'fault.silence.close-too-early':
    '다시 알리기 전이나 동시에 종료됩니다. 더 늦게 종료하거나 더 일찍 알리세요.',
  'fault.silence.contact-none':
    '연락처의 무응답에 시간이 없습니다. 알림이나 종료 시간을 정하거나 지우세요.',
  'fault.silence.no-reminder':
    '연락처에 다시 알리게 되어 있지만 적힌 말이 없습니다. 말을 적거나 알리지 마세요.',
  'fault.silence.none': '시간이 없는 무응답입니다. 하나 이상 정하거나 끄세요.',
  'fault.skill.ambiguous': '이름이 “{{name}}”인 기술이 여럿입니다. 서로 다른 이름을 붙이세요.',
  'fault.skill.nobody': '지금 “{{name}}” 기술을 가진 상담원이 없습니다. 누군가에게 주거나 빼세요.',
  'fault.skill.repeated': '이 단계가 “{{name}}” 기술을 두 번 요구합니다. 하나를 지우세요.',
  'fault.skill.unknown': '“{{name}}” 기술이 없습니다. 다른 기술을 고르세요.',
  'fault.span.overlaps':
    '주간 {{span}}번째 시간과 일부 겹칩니다. 하나로 치므로 겹치지 않게 적으세요.',
  'fault.span.whole-day':
    '{{from}}부터 {{to}}까지는 다음 날까지 24시간입니다. 하루 종일이면 00:00~24:00으로 적고, 휴무라면 지우세요.',
  'fault.step.changes-nothing':
    '{{step}}단계의 요건이 앞 단계와 같습니다. 요건을 바꾸거나 지우세요.',
  'fault.step.first-not-zero':
    '첫 단계가 {{after}}초 뒤에 시작되어 그 전이 비어 있습니다. 바로 시작하게 하세요.',
  'fault.step.nobody':
    '지금 {{step}}단계를 맡을 상담원이 없습니다. 팀과 기술을 함께 갖춘 사람이 없으니 요건을 낮추거나 상담원에게 주세요.',
  'fault.step.not-later':
    '{{step}}단계가 {{after}}초에 시작되어 앞 단계({{before}}초)보다 늦지 않습니다. 더 늦게 시작하게 하세요.',
  'fault.step.unreachable':
    '{{step}}단계는 {{after}}초에 시작되지만 대기는 {{end}}초에 끝납니다. 더 일찍 시작하거나 한도를 늘리세요.',
  'fault.sticky.not-preferred':
    '연락처가 아는 상담원이 정해져 있지만 우선하지도 기다리지도 않습니다. 하나를 정하거나 끄세요.',
  'fault.tag.twice': '“{{name}}” 태그가 두 번 있습니다. 하나를 지우세요.',
  'fault.tag.wrong': '태그는 1~100자입니다. 줄이거나 지우세요.',
  'fault.targets.none': '시간이 없는 목표입니다. 하나 이상 정하거나 목표를 끄세요.',
  'fault.team.ambiguous': '이름이 “{{name}}”인 팀이 여럿입니다. 서로 다른 이름을 붙이세요.',
  'fault.team.nobody': '지금 “{{name}}” 팀에 상담원이 없습니다. 누군가를 넣거나 팀을 빼세요.',
  'fault.team.unknown': '“{{name}}” 팀이 없습니다. 다른 팀을 고르세요.',
  'fault.team.unknown.gone': '그 팀은 더 이상 없습니다. 다른 팀을 선택하세요.',
  'fault.time-zone.unknown': '“{{name}}” 시간대가 없습니다. 도시로 찾아보세요.',
  'fault.value.empty': '무엇을 찾을지 비어 있습니다. 적거나 “값이 있음”을 고르세요.',
  'fault.value.never': '절대 맞지 않습니다. 시는 0~23의 정수이고, 도메인에는 @가 없습니다.',
  'fault.value.no-choice': '비교할 값이 없습니다. 하나 이상 적으세요.',
  'fault.value.not-storable': '저장할 수 없는 문자가 있습니다. 지우세요.',
  'fault.value.too-long': '{{most}}자를 넘습니다. 줄이세요.',
  'fault.value.too-many-choices':
    '값이 {{count}}개입니다. 최대 {{most}}개이니 조건을 여럿으로 나누세요.',
  'fault.value.twice': '목록에 이미 있는 값입니다. 대소문자는 구별하지 않으니 하나를 지우세요.',
  'fault.value.unknown': '“{{value}}”인 경우는 없습니다. 제시된 값에서 고르세요.',
  'fault.value.wrong-type': '비교에 맞지 않는 값입니다. 다른 값을 적으세요.',
  'fault.words.braces-open':
    '중괄호 두 개가 자리표시자를 이루지 않습니다. 버튼으로 넣거나 중괄호를 지우세요.',
  'fault.words.channel-untold':
    '“{{name}}” 채널에서는 알릴 수 없습니다. 그곳의 시스템이 알려야 합니다.',
  'fault.words.empty': '내용이 비어 있습니다. 연락처에 할 말을 적거나 언어를 지우세요.',
  'fault.words.language-unknown': '“{{name}}”은(는) 언어 표기가 아닙니다. 목록에서 고르세요.',
  'fault.words.missing':
    '연락처에 알리게 되어 있지만 “{{cause}}”의 말이 없습니다. 말을 적거나 평소처럼 기다리게 하세요.',
  'fault.words.never-known':
    '여기서는 “{{placeholder}}”을(를) 알 수 없어 그 문장이 빠집니다. 지우세요.',
  'fault.words.never-said':
    '이 플랜은 “{{cause}}”을(를) 말할 일이 없습니다. 지우거나 그에 맞는 부분을 켜세요.',
  'fault.words.no-fallback':
    '이 정책의 문구 언어인 {{language}} 문구가 없습니다. 추가하거나 기본값에서 언어를 바꾸세요.',
  'fault.words.not-in-messages':
    '“{{placeholder}}”은(는) 플랜의 문구에서만 쓸 수 있습니다. 빼 주세요.',
  'fault.words.placeholder-unknown': '{{name}} 자리표시자는 없습니다. 버튼으로 넣으세요.',
};
