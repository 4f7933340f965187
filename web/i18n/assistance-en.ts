// The words of asking the language model in English: fetched with what says them.

export const assistanceEn = {
  'assist.again': 'Ask again',
  'assist.answers': 'What the model writes',
  'assist.ask': 'Ask',
  'assist.busy': 'The model is writing…',
  'assist.cut': 'Older messages are left out.',
  'assist.role.system': 'What the model shall do',
  'assist.role.user': 'What it reads',
  'assist.sends': 'What is sent',
  'assist.sent': 'What was sent',
  'assist.size': '{{characters}} characters to {{model}} at {{host}}, {{masked}} masked',
  'assist.stop': 'Stop',
  'assist.task.draft': 'Translate my draft',
  'assist.task.said': 'Translate',
  'assist.task.suggestions': 'Suggest an answer',
  'assist.task.summary': 'Summarize',
  'assist.text': 'Text goes to {{host}}. The customer gets nothing until you send it.',
  'assist.title': 'Ask the model',
  'assist.use': 'Use it',
  'assist.useAsNote': 'Use as a note',
  'assist.what': 'What to ask for',
  'problem.assistance.busy':
    'The model has too much to do, or its quota is spent. Try again in a minute.',
  'problem.assistance.key-refused':
    'The model’s server refuses the key. Tell your admin: AI_API_KEY is to be checked.',
  'problem.assistance.model-unknown':
    'The server does not know the model or the address. Tell your admin: AI_MODEL and AI_BASE_URL are to be checked.',
  'problem.assistance.not-set-up': 'No language model is set up on this server.',
  'problem.assistance.not-understood':
    'What came back is no answer of a model. Try again; if it stays so, tell your admin.',
  'problem.assistance.nothing-said': 'Nothing has been said yet that could be read.',
  'problem.assistance.refused':
    'The model’s server refused the request. Try again; if it stays so, tell your admin.',
  'problem.assistance.switched-off': 'An admin has switched the model off in this workspace.',
  'problem.assistance.too-long': 'The text is too long for the model. Shorten it.',
  'problem.assistance.too-many': 'The model has been asked too often. Try again later.',
  'problem.assistance.too-slow': 'The model did not answer in time. Try again.',
  'problem.assistance.unreachable':
    'The model’s server does not answer. Try again; if it stays so, tell your admin.',
};
export type AssistanceWords = Record<keyof typeof assistanceEn, string>;
