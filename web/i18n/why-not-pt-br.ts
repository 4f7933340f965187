// The words of “Why not somebody else?” in Brazilian Portuguese.
import type { WhyNotWords } from './why-not-en.ts';

export const whyNotPtBr: WhyNotWords = {
  'apart.id': 'Com tudo igual, o menor id vem primeiro.',
  'apart.idle': '{{other}} está ocioso há mais tempo.',
  'apart.load-share': '{{name}} tem mais da capacidade em uso.',
  'apart.skill': '{{name}} tem níveis mais baixos nas habilidades necessárias.',
  'apart.skill-ascending': '{{name}} tem níveis mais altos e fica para casos mais difíceis.',
  'apart.sticky': 'O contato já conhece {{other}}.',
  'apart.turn': 'É a vez de {{other}}.',
  'whyNot.answersElsewhere': '{{name}} responde em um sistema conectado, não aqui.',
  'whyNot.away': '{{name}} está ausente.',
  'whyNot.belowLevel': '{{name}} não tem as habilidades necessárias: {{skills}}.',
  'whyNot.choose': 'Escolha um agente',
  'whyNot.couldNotThen':
    '{{name}} não podia assumir quando {{other}} a recebeu. O registro não diz o que impedia.',
  'whyNot.excluded': '{{name}} não é consultado por enquanto: {{why}}.',
  'whyNot.excludedUntil': '{{name}} não é consultado até {{time}}: {{why}}.',
  'whyNot.figures':
    '{{name}}: {{share}} em uso, ocioso há {{idle}}. {{other}}: {{its}} em uso, ocioso há {{itsIdle}}.',
  'whyNot.fitsAtNoStep':
    'Nenhuma etapa seguinte do plano “{{plan}}” combina com a equipe e as habilidades de {{name}}.',
  'whyNot.fitsLater':
    '{{name}} combina a partir da etapa {{step}} do plano “{{plan}}”, que começa em {{time}}.',
  'whyNot.goesTo': 'Vai agora para {{other}}, não para {{name}}.',
  'whyNot.goesToFilled': 'Vai agora para {{other}}: as que estão antes ocupam o lugar de {{name}}.',
  'whyNot.goesToThem': 'Vai agora para {{name}}.',
  'whyNot.hadItLast': '{{name}} foi quem esteve com ela por último.',
  'whyNot.hadItLastUntil': '{{name}} foi quem esteve com ela por último, até {{time}}.',
  'whyNot.hasIt': '{{name}} está com ela desde {{time}}.',
  'whyNot.noRoom':
    '{{name}} não tem lugar: {{held}} de {{capacity}} em uso, e esta ocupa {{weight}}.',
  'whyNot.noRoomOutside':
    '{{name}} não tem lugar: {{held}} de {{capacity}} em uso, {{outside}} em sistemas conectados, e esta ocupa {{weight}}.',
  'whyNot.notHeardOf': 'Não há sinal de {{name}} desde {{time}}.',
  'whyNot.notInDivision': '{{name}} não atende o canal {{external}} de {{channel}}.',
  'whyNot.notInTeam': '{{name}} não está na equipe {{team}}.',
  'whyNot.notOnChannel': 'O canal {{channel}} não conhece {{name}}.',
  'whyNot.offline': '{{name}} está offline.',
  'whyNot.oneBefore': 'Uma conversa antes dela poderia ir para {{name}}.',
  'whyNot.othersBefore': 'Antes dela há {{many}} conversas que poderiam ir para {{name}}.',
  'whyNot.skillLow': '{{skill}} (tem {{has}}, precisa de {{needs}})',
  'whyNot.skillMissing': '{{skill}} (nível {{needs}})',
  'whyNot.title': 'Por que não outra pessoa?',
  'whyNot.today': 'O que impede agora',
  'whyNot.wasNotFirst':
    '{{name}} não podia assumir ou veio depois de {{other}}. O registro só nomeia os dois primeiros agentes.',
  'whyNot.wasSecond': '{{name}} ficou em segundo lugar, depois de {{other}}.',
};
