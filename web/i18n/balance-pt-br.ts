// Português: o reequilíbrio, e a justiça nos relatórios.
import type { BalanceWords } from './balance-en.ts';

export const balancePtBr: BalanceWords = {
  'balance.after': 'Depois',
  'balance.agentLoad': 'Carga de cada agente',
  'balance.again': 'Verificar de novo',
  'balance.apply': 'Mover {{count}}',
  'balance.applying': 'Todas, ou nenhuma se algo mudou.',
  'balance.before': 'Antes',
  'balance.changed':
    'Algo mudou desde que este plano foi feito, então nada foi movido. Abaixo está um plano novo.',
  'balance.contact': 'Contato',
  'balance.even': 'A parte de todos está equilibrada',
  'balance.evenText':
    'Nenhuma mudança deixaria mais equilibrado. Só se movem conversas que o Usher distribuiu, que ninguém respondeu desde então e que são respondidas aqui.',
  'balance.everybody': 'Todas as equipes',
  'balance.from': 'De',
  'balance.highest': 'Maior parte',
  'balance.jain': 'Índice de Jain',
  'balance.jainText': '1: todos têm a mesma parte',
  'balance.left': 'Ficam onde estão: {{count}}',
  'balance.left.cannot-give': 'seu agente está ausente: {{count}}',
  'balance.left.cannot-take': 'o agente anterior está ausente ou não pode tê-las: {{count}}',
  'balance.left.no-room': 'o agente anterior não tem espaço: {{count}}',
  'balance.left.not-movable': 'respondidas, encerradas ou movidas desde então: {{count}}',
  'balance.lowest': 'Menor parte',
  'balance.more':
    'Mais mudanças deixariam mais equilibrado. Aplique estas primeiro e olhe de novo.',
  'balance.moved': 'Movidas: {{count}}. A maior parte agora é {{highest}}, a menor {{lowest}}.',
  'balance.moves': 'Mudanças',
  'balance.movesText': 'As menos possíveis para deixar as partes o mais equilibradas que dá.',
  'balance.nobody': 'Ninguém está online',
  'balance.nobodyText': 'A carga se divide entre os agentes que estão online e têm capacidade.',
  'balance.open': 'Reequilibrar',
  'balance.proposed':
    'A carga está desigual: de {{lowest}} a {{highest}}. Com {{count}} mudanças ficaria de {{newLowest}} a {{newHighest}}.',
  'balance.proposedWhy':
    'Aparece quando um reequilíbrio reduz essa diferença em pelo menos {{gap}} pontos percentuais.',
  'balance.show': 'Mostrar as mudanças',
  'balance.team': 'Equipe',
  'balance.text':
    'Conversas que ninguém respondeu ainda vão para agentes com mais espaço. Você vê tudo antes que algo se mova.',
  'balance.title': 'Reequilíbrio',
  'balance.to': 'Para',
  'balance.undo': 'Desfazer',
  'balance.undone': 'De volta aos agentes anteriores: {{count}}.',
  'balance.why': 'Por quê',
  'fairness.agents': 'Agentes online',
  'fairness.given': 'Recebidas, menor – maior',
  'fairness.givenJain': 'Recebidas, índice de Jain',
  'fairness.load': 'Carga, menor – maior',
  'fairness.loadJain': 'Carga, índice de Jain',
  'fairness.spread': '{{lowest}} – {{highest}}',
  'fairness.text':
    'Quão igualmente o trabalho se dividiu entre os agentes que estiveram online no dia. O índice de Jain é 1 se todos têm o mesmo, e 1/n se um de n tem tudo. Carga é o que um agente teve em média enquanto online. Recebidas é quantas conversas um agente recebeu: menos para quem ficou online menos tempo.',
  'fairness.title': 'Equilíbrio',
};
