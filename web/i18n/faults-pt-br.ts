// What is wrong with a policy, or useless in it, and what to do, by its code, in Brazilian Portuguese.

import type { FaultWords } from './faults-en.ts';

export const faultsPtBr: FaultWords = {
  'fault.action.after-close': 'Está depois do encerramento. Mova o encerramento para o fim.',
  'fault.action.moved-twice':
    'As ações anteriores já enviaram a conversa para algum lugar. Mantenha só uma.',
  'fault.actions.no-list': 'Adicione uma ação: no mínimo uma, no máximo {{most}}.',
  'fault.agent.ambiguous':
    'Mais de um agente se chama “{{name}}”. Escreva o e-mail em vez do nome.',
  'fault.agent.unknown': 'Não existe o agente “{{name}}”. Escolha outro.',
  'fault.agent.unknown.gone': 'O agente não existe mais. Escolha outro.',
  'fault.bot.is-person': '“{{name}}” é uma pessoa. Escolha um bot ou desligue “Bot primeiro”.',
  'fault.bot.word-empty': 'Uma palavra está vazia. Escreva-a ou retire-a.',
  'fault.calendar.name-taken':
    'O calendário {{calendar}} também se chama “{{name}}”. Dê a cada um o seu próprio nome.',
  'fault.calendar.never-open':
    'Não abre em nenhum momento dos próximos {{days}} dias. Dê a ele um horário semanal ou uma data com horário.',
  'fault.calendar.unknown': 'Não existe o calendário “{{name}}”. Escolha outro ou adicione-o.',
  'fault.channel.ambiguous':
    'Mais de um canal se chama “{{name}}”. Dê a cada um o seu próprio nome.',
  'fault.channel.unknown': 'Não existe o canal “{{name}}”. Escolha outro ou remova a condição.',
  'fault.condition.too-large':
    'A regra tem mais de {{most}} condições. Divida-a em várias regras do mesmo plano.',
  'fault.document.empty': 'Isto não pode ficar vazio.',
  'fault.document.repeated': 'O mesmo aparece duas vezes. Remova um deles.',
  'fault.document.too-large': 'É grande demais: no máximo {{limit}}.',
  'fault.document.too-long': 'É longo demais: no máximo {{limit}} caracteres.',
  'fault.document.too-many': 'São muitos: no máximo {{limit}}.',
  'fault.document.too-small': 'É pequeno demais: no mínimo {{limit}}.',
  'fault.document.wrong-form': 'Isto não está escrito como deve.',
  'fault.endpoint.not-bound':
    'O endpoint não recebe chamadas. Adicione o evento automation.called a ele ou escolha outro.',
  'fault.endpoint.unknown': 'Não há endpoint “{{name}}”. Escolha outro.',
  'fault.endpoint.unknown.gone': 'O endpoint não existe mais. Escolha outro.',
  'fault.exception.contradicts':
    '{{date}} está fechado aqui e tem horário em outra linha; vale o horário. Mantenha só o que se quer.',
  'fault.exception.half':
    'A data tem só a abertura ou só o fechamento. Complete, ou apague os dois para ficar fechado.',
  'fault.exception.no-such-date': 'A data {{date}} não existe. Escolha outra.',
  'fault.exception.overlaps':
    'A linha {{exception}} já tem parte deste horário de {{date}}; conta como um só. Escreva sem sobreposição.',
  'fault.exceptions.past':
    'Todas estas datas já passaram. Inclua os próximos feriados ou remova as antigas.',
  'fault.field.of-automations':
    'Uma mensagem só é conhecida onde inicia uma automação. Tire a condição.',
  'fault.field.of-messages':
    'Uma mensagem só é conhecida depois do evento message.created. Adicione esse evento ou tire a condição.',
  'fault.field.unknown': 'Não está dito o que se observa (“{{field}}”). Escolha e escreva o nome.',
  'fault.group.empty': 'O grupo está vazio. Adicione uma condição ou remova-o.',
  'fault.group.too-deep':
    'Há mais de {{most}} grupos um dentro do outro. Divida a regra em várias.',
  'fault.limits.none':
    'Está dito o que vem depois do limite, mas não há limite. Defina quantas ou por quanto tempo podem esperar, ou desligue os limites.',
  'fault.limits.nothing-follows':
    'No limite a conversa continua esperando como de costume. Escolha o que vem depois ou desligue os limites.',
  'fault.operator.unfit': 'Isto não se compara assim. Escolha outra forma.',
  'fault.order.no-targets':
    'O plano atende pela ordem das metas, mas não tem nenhuma. Adicione metas ou escolha a ordem comum.',
  'fault.plan.leads-back':
    'A conversa daria voltas sem fim: {{plans}}. Faça um destes planos terminar de outro modo.',
  'fault.plan.missing': 'A regra não nomeia nenhum plano. Escolha um.',
  'fault.plan.name-taken':
    'O plano {{plan}} também se chama “{{name}}”. Dê a cada um o seu próprio nome.',
  'fault.plan.unknown': 'Não existe o plano “{{name}}”. Escolha outro ou adicione-o.',
  'fault.plan.unused': 'Nenhuma regra leva ao plano “{{name}}”. Use-o em uma regra ou remova-o.',
  'fault.plans.missing':
    'Há regras, mas nenhum plano que possam nomear. Adicione um plano ou remova as regras.',
  'fault.policy.more-found': 'Há mais {{count}} destes. Corrija primeiro os que estão na lista.',
  'fault.policy.too-large':
    'O conjunto é grande demais ({{bytes}} de no máximo {{most}} bytes). Remova o que não se usa.',
  'fault.prefer.contradicts':
    'O mais e o menos habilidoso têm preferência; o segundo nunca decide. Remova um dos dois.',
  'fault.prefer.no-sticky':
    'Quem o contato conhece tem preferência, mas não está dito quem é. Ligue essa parte abaixo ou remova o critério.',
  'fault.rule.name-taken':
    'A regra {{rule}} também se chama “{{name}}”. Dê a cada uma o seu próprio nome.',
  'fault.rule.no-name': 'A regra precisa de um nome de 1 a 100 caracteres.',
  'fault.rule.repeated':
    'A regra {{rule}} tem as mesmas condições, então esta nunca decide. Mude-as ou remova a regra.',
  'fault.rule.unreachable':
    'A regra {{rule}} vale para todos, então esta nunca é consultada. Mova-a para cima ou remova-a.',
  'fault.rules.no-default':
    'Algumas conversas não cairiam em regra nenhuma. Adicione uma última regra para todas as outras.',
  'fault.rules.too-many': 'Há mais de {{most}} regras. Junte as do mesmo plano.',
  'fault.silence.channel-unseen':
    'O que é dito no canal “{{name}}” não é conhecido aqui, e nenhum silêncio conta lá. Deixe que o próprio sistema cuide disso.',
  'fault.silence.close-too-early':
    'Terminaria não depois de o contato ser lembrado. Deixe terminar mais tarde ou lembre antes.',
  'fault.silence.contact-none':
    'O silêncio do contato não tem duração. Defina quando lembrar ou terminar, ou remova-o.',
  'fault.silence.no-reminder':
    'O contato seria lembrado, mas não há texto para isso. Escreva-o nas palavras ou não lembre ninguém.',
  'fault.silence.none': 'O silêncio está ligado sem duração. Defina ao menos uma ou desligue-o.',
  'fault.skill.ambiguous':
    'Mais de uma habilidade se chama “{{name}}”. Dê a cada uma o seu próprio nome.',
  'fault.skill.nobody':
    'Hoje nenhum agente tem a habilidade “{{name}}”. Dê-a a alguém ou deixe-a de fora.',
  'fault.skill.repeated': 'A etapa pede a habilidade “{{name}}” duas vezes. Remova uma delas.',
  'fault.skill.unknown': 'Não existe a habilidade “{{name}}”. Escolha outra.',
  'fault.span.overlaps':
    'Em parte ao mesmo tempo que o intervalo {{span}} da semana. Escreva sem sobreposição; contam como um.',
  'fault.span.whole-day':
    'De {{from}} a {{to}} são 24 horas, até o dia seguinte. Escreva 00:00 a 24:00 para o dia todo, ou remova para ficar fechado.',
  'fault.step.changes-nothing':
    'A etapa {{step}} precisa do mesmo que a anterior. Mude o que ela pede ou remova-a.',
  'fault.step.first-not-zero':
    'A primeira etapa começa após {{after}} s, e nada diz o que vale antes. Faça-a começar logo.',
  'fault.step.nobody':
    'Hoje nenhum agente poderia atender a etapa {{step}}: ninguém reúne a equipe e as habilidades. Peça menos ou dê-as a um agente.',
  'fault.step.not-later':
    'A etapa {{step}} começa após {{after}} s, não depois da anterior ({{before}} s). Dê a ela um tempo maior.',
  'fault.step.unreachable':
    'A etapa {{step}} começa após {{after}} s, mas a espera termina após {{end}} s. Comece antes ou aumente o limite.',
  'fault.sticky.not-preferred':
    'Está dito quem o contato conhece, mas não há preferência nem espera. Escolha uma das duas ou desligue.',
  'fault.tag.twice': 'A etiqueta “{{name}}” aparece duas vezes. Remova uma delas.',
  'fault.tag.wrong': 'Uma etiqueta tem de 1 a 100 caracteres. Encurte-a ou remova-a.',
  'fault.targets.none': 'Há metas sem duração. Defina ao menos uma ou desligue as metas.',
  'fault.team.ambiguous':
    'Mais de uma equipe se chama “{{name}}”. Dê a cada uma o seu próprio nome.',
  'fault.team.nobody':
    'Hoje não há agentes na equipe “{{name}}”. Coloque alguém nela ou deixe-a de fora.',
  'fault.team.unknown': 'Não existe a equipe “{{name}}”. Escolha outra.',
  'fault.team.unknown.gone': 'A equipe não existe mais. Escolha outra.',
  'fault.time-zone.unknown': 'Não existe o fuso horário “{{name}}”. Procure por uma cidade.',
  'fault.value.empty': 'Não está dito o que se procura. Escreva, ou escolha “é conhecido”.',
  'fault.value.never':
    'Isto nunca se cumpre: horas são números inteiros de 0 a 23, e um domínio não tem @.',
  'fault.value.no-choice': 'Não há valor para comparar. Escreva ao menos um.',
  'fault.value.not-storable': 'O texto tem um caractere que não pode ser guardado. Remova-o.',
  'fault.value.too-long': 'O texto tem mais de {{most}} caracteres. Encurte-o.',
  'fault.value.too-many-choices':
    'Há {{count}} valores; o máximo é {{most}}. Use várias condições.',
  'fault.value.twice': 'O valor já está na lista; maiúsculas e minúsculas são iguais. Remova um.',
  'fault.value.unknown': 'Nunca é “{{value}}”. Escolha um dos valores oferecidos.',
  'fault.value.wrong-type': 'Este valor não serve para a comparação. Escreva outro.',
  'fault.words.braces-open':
    'Duas chaves não formam um campo. Insira o campo pelo botão ou remova as chaves.',
  'fault.words.channel-untold':
    'No canal “{{name}}” não se pode dizer nada. O sistema de lá precisa dizê-lo.',
  'fault.words.empty': 'O texto está vazio. Escreva o que se diz ao contato ou remova o idioma.',
  'fault.words.language-unknown':
    '“{{name}}” não é a forma de escrever um idioma. Escolha um da lista.',
  'fault.words.missing':
    'O contato seria avisado, mas não há texto para “{{cause}}”. Escreva-o nas palavras ou escolha esperar como de costume.',
  'fault.words.never-known':
    '“{{placeholder}}” nunca é conhecido aqui, e a frase fica de fora. Remova-o.',
  'fault.words.never-said':
    'O plano nunca chega a dizer “{{cause}}”. Remova, ou dê ao plano a parte correspondente.',
  'fault.words.no-fallback':
    'Não há texto em {{language}}, o idioma das mensagens desta política. Adicione-o ou mude o idioma nos padrões.',
  'fault.words.not-in-messages':
    '“{{placeholder}}” só é conhecido nas palavras dos planos. Retire-o.',
  'fault.words.placeholder-unknown': 'Não existe o campo {{name}}. Insira um pelo botão.',
};
