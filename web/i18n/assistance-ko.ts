// The words of asking the language model in Korean.
import type { AssistanceWords } from './assistance-en.ts';

export const assistanceKo: AssistanceWords = {
  'assist.again': '다시 묻기',
  'assist.answers': '모델이 쓴 글',
  'assist.ask': '묻기',
  'assist.busy': '모델이 쓰는 중…',
  'assist.cut': '오래된 메시지는 빠집니다.',
  'assist.role.system': '모델이 할 일',
  'assist.role.user': '모델이 읽는 것',
  'assist.sends': '보내는 내용',
  'assist.sent': '보낸 내용',
  'assist.size': '{{host}}의 {{model}}에 {{characters}}자, 가린 것 {{masked}}개',
  'assist.stop': '중지',
  'assist.task.draft': '내 초안 번역',
  'assist.task.said': '번역',
  'assist.task.suggestions': '답변 제안',
  'assist.task.summary': '요약',
  'assist.text': '글이 {{host}}(으)로 갑니다. 직접 보내기 전에는 고객에게 아무것도 가지 않습니다.',
  'assist.title': '모델에게 묻기',
  'assist.use': '사용',
  'assist.useAsNote': '메모로 사용',
  'assist.what': '무엇을 물을지',
  'problem.assistance.busy': '모델이 너무 바쁘거나 할당량을 다 썼습니다. 잠시 후 다시 시도하세요.',
  'problem.assistance.key-refused':
    '모델 서버가 키를 거부합니다. 관리자에게 알리세요: AI_API_KEY를 확인해야 합니다.',
  'problem.assistance.model-unknown':
    '서버가 모델이나 주소를 모릅니다. 관리자에게 알리세요: AI_MODEL과 AI_BASE_URL을 확인해야 합니다.',
  'problem.assistance.not-set-up': '이 서버에는 언어 모델이 설정되어 있지 않습니다.',
  'problem.assistance.not-understood':
    '돌아온 것이 모델의 답이 아닙니다. 다시 시도하고, 계속되면 관리자에게 알리세요.',
  'problem.assistance.nothing-said': '아직 읽을 내용이 없습니다.',
  'problem.assistance.refused':
    '모델 서버가 요청을 거부했습니다. 다시 시도하고, 계속되면 관리자에게 알리세요.',
  'problem.assistance.switched-off': '관리자가 이 워크스페이스에서 모델을 껐습니다.',
  'problem.assistance.too-long': '글이 모델에 너무 깁니다. 줄이세요.',
  'problem.assistance.too-many': '모델에게 너무 자주 물었습니다. 나중에 다시 시도하세요.',
  'problem.assistance.too-slow': '모델이 제때 답하지 않았습니다. 다시 시도하세요.',
  'problem.assistance.unreachable':
    '모델 서버가 답하지 않습니다. 다시 시도하고, 계속되면 관리자에게 알리세요.',
};
