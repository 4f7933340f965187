// The words of “Why not somebody else?” in Korean.
import type { WhyNotWords } from './why-not-en.ts';

export const whyNotKo: WhyNotWords = {
  'apart.id': '모든 조건이 같아 낮은 id가 먼저입니다.',
  'apart.idle': '{{other}}님이 더 오래 쉬었습니다.',
  'apart.load-share': '{{name}}님이 수용량을 더 많이 쓰고 있습니다.',
  'apart.skill': '{{name}}님은 필요한 기술의 수준이 더 낮습니다.',
  'apart.skill-ascending': '{{name}}님은 수준이 더 높아 더 어려운 일을 위해 남겨 둡니다.',
  'apart.sticky': '고객이 {{other}}님을 압니다.',
  'apart.turn': '{{other}}님의 차례입니다.',
  'whyNot.answersElsewhere': '{{name}}님은 여기가 아니라 연결된 시스템에서 답합니다.',
  'whyNot.away': '{{name}}님은 자리를 비웠습니다.',
  'whyNot.belowLevel': '{{name}}님은 필요한 기술이 부족합니다: {{skills}}.',
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
  'whyNot.skillLow': '{{skill}}({{has}} 보유, {{needs}} 필요)',
  'whyNot.skillMissing': '{{skill}}({{needs}}단계)',
  'whyNot.title': '왜 다른 사람이 아닌가요?',
  'whyNot.today': '지금 막는 것',
  'whyNot.wasNotFirst':
    '{{name}}님은 맡을 수 없었거나 {{other}}님 다음이었습니다. 기록에는 처음 두 상담원만 있습니다.',
  'whyNot.wasSecond': '{{name}}님은 {{other}}님 다음이었습니다.',
};
