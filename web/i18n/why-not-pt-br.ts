// The words of reasons, and of “Why not somebody else?”, in Brazilian Portuguese.
import type { WhyNotWords } from './why-not-en.ts';

export const whyNotPtBr: WhyNotWords = {
  'apart.id': 'Com tudo igual, o menor id vem primeiro.',
  'apart.idle': '{{other}} está ocioso há mais tempo.',
  'apart.load-share': '{{name}} tem mais da capacidade em uso.',
  'apart.skill': '{{name}} tem níveis mais baixos nas habilidades necessárias.',
  'apart.skill-ascending': '{{name}} tem níveis mais altos e fica para casos mais difíceis.',
  'apart.sticky': 'O contato já conhece {{other}}.',
  'apart.turn': 'É a vez de {{other}}.',
  'because.askedAgain':
    'É liberada às {{time}}, quando {{name}} puder ser consultado de novo, ou antes, se voltar: {{why}}.',
  'because.askedAgainOthers':
    'É liberada às {{time}}, quando {{name}} puder ser consultado de novo, ou antes, se voltar: {{why}}. Depois, mais {{others}}.',
  'because.balanceUndone': 'Voltou de {{from}} para {{to}}: o reequilíbrio foi desfeito.',
  'because.balanced':
    '{{to}} está com ela no lugar de {{from}}, para equilibrar a carga: {{from}} passa de {{fromBefore}} para {{fromAfter}} e {{to}} de {{toBefore}} para {{toAfter}}, com todas as mudanças do reequilíbrio.',
  'because.byDue': 'O plano atende primeiro o que vence antes; esse momento é o seu lugar na fila.',
  'because.chosen':
    '{{name}} foi escolhido por “{{strategy}}”: {{share}} da capacidade em uso, ocioso há {{idle}}.',
  'because.chosenByPlan':
    '{{name}} foi escolhido pela ordem do plano ({{order}}): {{share}} da capacidade em uso, ocioso há {{idle}}.',
  'because.chosenThere':
    '{{name}} a recebeu do departamento {{department}}, cujo próprio roteamento, fora daqui, fez a escolha.',
  'because.closedWith': 'Encerrada com {{name}}: {{reason}}.',
  'because.closedWithout': 'Encerrada sem nunca ter tido um agente: {{reason}}.',
  'because.comesOnline': 'É liberada quando {{name}} ficar online.',
  'because.comesOnlineOthers': 'É liberada quando {{name}} ou um de mais {{others}} ficar online.',
  'because.considered': 'Agentes considerados: {{considered}}. Podiam assumir: {{eligible}}.',
  'because.due.ahead': '{{target}}: vence em {{at}}.',
  'because.due.overdue': '{{target}}: em atraso desde {{at}}.',
  'because.due.soon': '{{target}}: vence em breve, em {{at}}.',
  'because.ending': 'O plano “{{plan}}” a encerra neste momento: {{reason}}.',
  'because.endsOne':
    'É liberada quando {{name}} ({{held}} de {{capacity}}) encerrar uma conversa ou quando uma capacidade for aumentada.',
  'because.endsOneOf':
    'Liberada quando {{name}} ({{held}} de {{most}} de {{channel}}) encerrar uma delas.',
  'because.full':
    'O plano “{{plan}}” estava cheio quando ela teve de esperar: {{count}} esperavam nele. Por isso {{way}}.',
  'because.given': '{{by}} deu a conversa a {{name}}.',
  'because.givenForced': '{{by}} deu a conversa a {{name}}, acima da capacidade.',
  'because.handedOver':
    'Foi entregue ao departamento {{department}} de {{channel}}, cujo próprio roteamento escolhe o atendente.',
  'because.handedOverLapsed':
    'Foi entregue ao departamento {{department}} de {{channel}}. Ninguém de lá a assumiu a tempo, então o Usher também pode dá-la a alguém.',
  'because.handedOverUntil':
    'Foi entregue ao departamento {{department}} de {{channel}}, cujo próprio roteamento escolhe o atendente. A partir de {{time}}, o Usher também pode escolher.',
  'because.handoverTrouble':
    '{{channel}} não a aceita no momento e será consultado de novo: {{text}}.',
  'because.held': 'Está retida até que isso se resolva: {{why}}.',
  'because.heldUntil': 'Está retida até {{time}}: {{why}}.',
  'because.holdFailed': 'a última atribuição falhou ({{reason}})',
  'because.lacksSkills':
    'Ninguém mais que poderia atender tem as habilidades necessárias: {{skills}}.',
  'because.mayWait': 'Se ainda esperar às {{time}}, {{way}}.',
  'because.nextPass': 'Será dada a alguém em instantes, depois das que vêm antes.',
  'because.nobodyCould':
    'Ninguém poderia assumir, mesmo online e livre: inclua um agente na equipe ou no canal, ou transfira.',
  'because.notFull':
    'O plano “{{plan}}” não estava cheio quando ela teve de esperar. No máximo {{count}} esperam nele.',
  'because.noticed.agent': 'Os supervisores foram avisados às {{time}}.',
  'because.noticed.contact': 'O contato foi lembrado às {{time}}.',
  'because.offered': 'Está oferecida a {{name}} até {{time}}.',
  'because.open': '“{{calendar}}” está aberto.',
  'because.openUntil': '“{{calendar}}” está aberto até {{time}}.',
  'because.paceEnds': 'Liberada às {{time}}, quando {{name}} puder receber a próxima.',
  'because.parked':
    'Adiada com {{name}} desde {{since}}, por {{by}}. Volta {{until}}, ou assim que o cliente escrever.',
  'because.parkedUntilWritten':
    'Adiada com {{name}} desde {{since}}, por {{by}}. Volta assim que o cliente escrever.',
  'because.recheck': 'a mesma sala foi fechada há pouco e está sendo verificada',
  'because.ruled': 'A regra “{{rule}}” deu a ela o plano “{{plan}}”: {{why}}.',
  'because.ruledAlways': 'A regra “{{rule}}”, sem condição, deu a ela o plano “{{plan}}”.',
  'because.runnerUp': 'Em segundo lugar: {{name}}, {{share}} em uso, ocioso há {{idle}}.',
  'because.sentToPlan': '{{by}} enviou a conversa para o plano “{{plan}}”.',
  'because.shut': '“{{calendar}}” está fechado, sem abertura conhecida: {{way}}.',
  'because.shutUntil': '“{{calendar}}” está fechado até {{time}}: {{way}}.',
  'because.silenceEnds.agent': 'Volta à fila às {{time}}.',
  'because.silenceEnds.contact': 'Termina às {{time}}.',
  'because.silent.agent': 'O contato espera resposta desde {{time}}.',
  'because.silent.contact': 'O contato não escreve desde {{time}}.',
  'because.step': 'Está na etapa {{step}} do plano “{{plan}}”.',
  'because.stepUntil': 'Está na etapa {{step}} do plano “{{plan}}” e avança às {{time}}.',
  'because.takenOutside': '{{name}} a assumiu fora daqui, no sistema conectado.',
  'because.toRoute': 'As regras estão prestes a dizer qual plano ela segue.',
  'because.tooLong': 'Esperou mais que {{span}}, o limite do plano “{{plan}}”: {{way}}.',
  'because.took': '{{name}} assumiu a conversa.',
  'because.unconfirmed': 'O sistema conectado ainda não confirmou.',
  'because.waits': 'Espera há {{time}} e está na posição {{position}} da fila.',
  'because.waitsFor':
    'Espera por {{name}}, que o contato já conhece, até {{time}} ou até não ser possível alcançar essa pessoa.',
  'because.way.close': 'o cliente é avisado e ela termina',
  'because.way.message': 'o cliente é avisado e ela continua esperando',
  'because.way.plan': 'ela segue o plano “{{plan}}”',
  'because.way.queue': 'ela espera como de costume',
  'because.wrapUpEnds':
    'Liberada quando {{name}} terminar a finalização, o mais tardar às {{time}}.',
  'decided.id': 'Com tudo igual, o menor id vem primeiro.',
  'decided.idle': 'O segundo estava ocioso há menos tempo.',
  'decided.load-share': 'O segundo tinha mais da capacidade em uso.',
  'decided.only-candidate': 'Ninguém mais poderia assumir.',
  'decided.skill': 'O segundo tem níveis mais baixos nas habilidades necessárias.',
  'decided.skill-ascending': 'O segundo tem níveis mais altos e fica para casos mais difíceis.',
  'decided.sticky': 'O contato já o conhece.',
  'decided.turn': 'Era a vez.',
  'exclusion.agent-refused': 'o Qiscus recusou o atendente',
  'exclusion.agent-unfit': 'o Qiscus não o ofereceu para esta sala',
  'exclusion.agent-unknown-there': 'o sistema conectado não o conhecia',
  'exclusion.agent-unknown-to-qiscus': 'o Qiscus não o conhecia',
  'exclusion.declined': 'o atendente recusou',
  'exclusion.not-accepted': 'o atendente não aceitou a tempo',
  'exclusion.not-answered': 'o atendente estava com ela e não respondeu',
  'exclusion.refused-there': 'o sistema conectado o recusou',
  'exclusion.returned-elsewhere': 'foi devolvida no sistema conectado',
  'exclusion.sent-on': 'o próprio atendente a passou adiante',
  'exclusion.unknown': 'o atendente não pôde assumir antes',
  'obstacle.availability': 'Não estão online',
  'obstacle.capacity': 'Sem lugar livre',
  'obstacle.channel': 'Não atendem este canal',
  'obstacle.excluded': 'Não puderam assumir antes',
  'obstacle.lease': 'Sem sinal há muito tempo',
  'obstacle.limit': 'No limite deste canal',
  'obstacle.pace': 'Recebeu uma há pouco',
  'obstacle.skills': 'Sem as habilidades',
  'obstacle.team': 'Fora da equipe',
  'whyNot.answersElsewhere': '{{name}} responde em um sistema conectado, não aqui.',
  'whyNot.atLimit':
    '{{name}} está no limite: {{held}} de {{most}} de {{channel}} em uso, e esta ocupa {{weight}}.',
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
  'whyNot.paced': '{{name}} recebeu uma há pouco e pode receber a próxima às {{time}}.',
  'whyNot.skillLow': '{{skill}} (tem {{has}}, precisa de {{needs}})',
  'whyNot.skillMissing': '{{skill}} (nível {{needs}})',
  'whyNot.title': 'Por que não outra pessoa?',
  'whyNot.today': 'O que impede agora',
  'whyNot.wasNotFirst':
    '{{name}} não podia assumir ou veio depois de {{other}}. O registro só nomeia os dois primeiros agentes.',
  'whyNot.wasSecond': '{{name}} ficou em segundo lugar, depois de {{other}}.',
  'whyNot.wrapsUp': '{{count}} disso está em finalização, o mais tardar até {{time}}.',
};
