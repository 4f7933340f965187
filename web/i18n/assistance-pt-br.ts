// The words of asking the language model in Portuguese.
import type { AssistanceWords } from './assistance-en.ts';

export const assistancePtBr: AssistanceWords = {
  'assist.again': 'Perguntar de novo',
  'assist.answers': 'O que o modelo escreve',
  'assist.ask': 'Perguntar',
  'assist.busy': 'O modelo está escrevendo…',
  'assist.cut': 'As mensagens mais antigas ficam de fora.',
  'assist.role.system': 'O que o modelo deve fazer',
  'assist.role.user': 'O que ele lê',
  'assist.sends': 'O que é enviado',
  'assist.sent': 'O que foi enviado',
  'assist.size': '{{characters}} caracteres para {{model}} em {{host}}, {{masked}} ocultados',
  'assist.stop': 'Parar',
  'assist.task.draft': 'Traduzir meu rascunho',
  'assist.task.said': 'Traduzir',
  'assist.task.suggestions': 'Sugerir uma resposta',
  'assist.task.summary': 'Resumir',
  'assist.text': 'O texto vai para {{host}}. O cliente não recebe nada até que você envie.',
  'assist.title': 'Perguntar ao modelo',
  'assist.use': 'Usar',
  'assist.useAsNote': 'Usar como nota',
  'assist.what': 'O que pedir',
  'problem.assistance.busy':
    'O modelo está ocupado demais ou sua cota acabou. Tente de novo em um minuto.',
  'problem.assistance.key-refused':
    'O servidor do modelo recusa a chave. Avise seu administrador: é preciso conferir AI_API_KEY.',
  'problem.assistance.model-unknown':
    'O servidor não conhece o modelo ou o endereço. Avise seu administrador: é preciso conferir AI_MODEL e AI_BASE_URL.',
  'problem.assistance.not-set-up': 'Nenhum modelo de linguagem está configurado neste servidor.',
  'problem.assistance.not-understood':
    'O que voltou não é a resposta de um modelo. Tente de novo; se continuar, avise seu administrador.',
  'problem.assistance.nothing-said': 'Ainda não foi dito nada que se possa ler.',
  'problem.assistance.refused':
    'O servidor do modelo recusou o pedido. Tente de novo; se continuar, avise seu administrador.',
  'problem.assistance.switched-off': 'Um administrador desligou o modelo neste espaço de trabalho.',
  'problem.assistance.too-long': 'O texto é longo demais para o modelo. Encurte-o.',
  'problem.assistance.too-many': 'O modelo foi consultado vezes demais. Tente mais tarde.',
  'problem.assistance.too-slow': 'O modelo não respondeu a tempo. Tente de novo.',
  'problem.assistance.unreachable':
    'O servidor do modelo não responde. Tente de novo; se continuar, avise seu administrador.',
};
