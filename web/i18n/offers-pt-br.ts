// What is offered to an agent, in Portuguese.
import type { OffersWords } from './offers-en.ts';

export const offersPtBr: OffersWords = {
  'conversation.offered':
    'Esta conversa é oferecida a você. Aceite ou simplesmente responda; se recusar, o próximo atendente é chamado.',
  'keys.acceptOffer': 'Aceitar o que é oferecido',
  'keys.declineOffer': 'Recusar o que é oferecido',
  'offers.announce':
    '{{name}}, por {{channel}}, é oferecida a você. {{time}} para responder. {{text}} Y aceita, D recusa.',
  'offers.away':
    'Você está ausente porque não respondeu ao que foi oferecido. Nenhuma conversa nova chega a você.',
  'offers.backOnline': 'Voltar a ficar online',
  'offers.declineWhy': 'Por que você recusa?',
  'offers.files': 'Arquivos: {{count}}',
  'offers.hurry': 'Restam {{time}} para {{name}}.',
  'offers.left': 'restam {{time}}',
  'offers.missed':
    'Você não respondeu a tempo: {{name}} por {{channel}}, oferecida às {{time}}. A conversa vai para outro agente.',
  'offers.missedMore':
    'Você não respondeu a {{count}} ofertas a tempo, a última de {{name}} às {{time}}. Elas vão para outros agentes.',
  'offers.nothingYet': 'Ainda não há mensagens.',
  'offers.notify': 'Oferecida a você, {{time}} para responder: {{text}}',
  'offers.open': 'Ver antes',
  'offers.over': 'O tempo acabou.',
  'offers.reason.busy': 'Estou com outro cliente',
  'offers.reason.known': 'Conheço esta pessoa',
  'offers.reason.language': 'Não falo o idioma',
  'offers.reason.leaving': 'Estou de saída',
  'offers.reason.none': 'Sem motivo',
  'offers.reason.not-my-subject': 'Não é o meu assunto',
  'offers.reason.other': 'Outro motivo…',
  'offers.reasonLabel': 'Motivo',
  'offers.title': 'Oferecidas a você',
  'offers.understood': 'Entendi',
  'offers.why': 'Por que você',
  'problem.conversation.not-offered': 'Esta conversa não é mais oferecida a você.',
  'problem.conversation.offer-late':
    'O tempo para aceitar acabou. A conversa vai para outro agente.',
  'verb.accept': 'Aceitar',
  'verb.decline': 'Recusar',
};
