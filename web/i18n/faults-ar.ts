// What is wrong with a policy, or useless in it, and what to do, by its code, in Arabic.
import type { FaultWords } from './faults-en.ts';

export const faultsAr: FaultWords = {
  'fault.action.after-close': 'يقع بعد الإغلاق. انقل الإغلاق إلى النهاية.',
  'fault.action.moved-twice':
    'الإجراءات التي قبله أرسلت المحادثة إلى مكان ما بالفعل. أبقِ واحدًا منها.',
  'fault.actions.no-list': 'أضف إجراءً: واحدًا على الأقل، و{{most}} على الأكثر.',
  'fault.agent.ambiguous': 'أكثر من موظف اسمه «{{name}}». اكتب البريد الإلكتروني بدلًا منه.',
  'fault.agent.unknown': 'لا يوجد موظف «{{name}}». اختر غيره.',
  'fault.agent.unknown.gone': 'لم يعد الموظف موجودًا. اختر غيره.',
  'fault.bot.is-person': '«{{name}}» شخص. اختر بوتًا، أو أوقف «البوت أولًا».',
  'fault.bot.word-empty': 'هناك كلمة فارغة. اكتب كلمة أو أزلها.',
  'fault.calendar.name-taken':
    'التقويم {{calendar}} اسمه «{{name}}» أيضًا. أعطِ كلًا منهما اسمًا خاصًا.',
  'fault.calendar.never-open':
    'لا يفتح في أي وقت خلال {{days}} يومًا القادمة. أعطه ساعات أسبوعية، أو تاريخًا له ساعات.',
  'fault.calendar.unknown': 'لا يوجد تقويم «{{name}}». اختر غيره أو أضفه.',
  'fault.channel.ambiguous': 'أكثر من قناة اسمها «{{name}}». أعطِ كلًا منها اسمًا خاصًا.',
  'fault.channel.unknown': 'لا توجد قناة «{{name}}». اختر غيرها، أو أزل الشرط.',
  'fault.condition.too-large': 'في القاعدة أكثر من {{most}} شروط. قسّمها إلى عدة قواعد للخطة نفسها.',
  'fault.document.empty': 'لا يجوز أن يكون هذا فارغًا.',
  'fault.document.repeated': 'الشيء نفسه مذكور مرتين. أزل أحدهما.',
  'fault.document.too-large': 'هذا كبير جدًا: {{limit}} على الأكثر.',
  'fault.document.too-long': 'هذا طويل جدًا: الحد الأقصى للأحرف {{limit}}.',
  'fault.document.too-many': 'العدد كبير جدًا: {{limit}} على الأكثر.',
  'fault.document.too-small': 'هذا صغير جدًا: {{limit}} على الأقل.',
  'fault.document.wrong-form': 'هذا ليس مكتوبًا كما ينبغي.',
  'fault.endpoint.not-bound':
    'نقطة النهاية لا تقبل الاستدعاءات. أضف إليها الحدث automation.called، أو اختر غيرها.',
  'fault.endpoint.unknown': 'لا توجد نقطة نهاية «{{name}}». اختر غيرها.',
  'fault.endpoint.unknown.gone': 'لم تعد نقطة النهاية موجودة. اختر غيرها.',
  'fault.exception.contradicts':
    '‏{{date}} مغلق هنا وله ساعات في موضع آخر؛ والساعات هي المعتبرة. أبقِ المقصود.',
  'fault.exception.half':
    'للتاريخ أحد وقتي الفتح والإغلاق فقط. أضف الآخر، أو احذف كليهما ليكون مغلقًا.',
  'fault.exception.no-such-date': 'لا يوجد {{date}} في التقويم. اختر تاريخًا آخر.',
  'fault.exception.overlaps':
    'التاريخ {{exception}} له بعض ساعات {{date}} هذه أيضًا؛ وتُعد واحدة. اكتبها دون تداخل.',
  'fault.exceptions.past': 'كل هذه التواريخ في الماضي. أدخل العطلات القادمة، أو أزل القديمة.',
  'fault.field.of-automations': 'لا تُعرف الرسالة إلا حيث تبدأ أتمتة. أزل الشرط.',
  'fault.field.of-messages':
    'لا تُعرف الرسالة إلا بعد الحدث message.created. أضف ذلك الحدث، أو أزل الشرط.',
  'fault.field.unknown': 'لم يُذكر ما يُنظر إليه («{{field}}»). اختره واكتب اسمه.',
  'fault.group.empty': 'المجموعة فارغة. أضف إليها شرطًا أو أزلها.',
  'fault.group.too-deep': 'المجموعات متداخلة بعمق يزيد على {{most}}. قسّم القاعدة إلى عدة قواعد.',
  'fault.limits.none': 'ذُكر ما يلي الحد، لكن لا حد. حدّد كم قد ينتظر أو إلى متى، أو أوقف الحدود.',
  'fault.limits.nothing-follows':
    'عند الحد تواصل المحادثة الانتظار كالمعتاد. اختر ما يلي، أو أوقف الحدود.',
  'fault.operator.unfit': 'لا يمكن مقارنة هذا بتلك الطريقة. اختر طريقة أخرى.',
  'fault.order.no-targets':
    'تخدم الخطة حسب أهدافها، لكن لا أهداف لها. أضف أهدافًا، أو اختر الترتيب المعتاد.',
  'fault.plan.leads-back':
    'ستدور المحادثة بلا نهاية: {{plans}}. اجعل إحدى هذه الخطط تنتهي بطريقة أخرى.',
  'fault.plan.missing': 'لا تذكر القاعدة خطة. اختر واحدة.',
  'fault.plan.name-taken': 'الخطة {{plan}} اسمها «{{name}}» أيضًا. أعطِ كلًا منهما اسمًا خاصًا.',
  'fault.plan.unknown': 'لا توجد خطة «{{name}}». اختر غيرها أو أضفها.',
  'fault.plan.unused': 'لا تقود أي قاعدة إلى الخطة «{{name}}». اذكرها في قاعدة أو أزلها.',
  'fault.plans.missing': 'هناك قواعد، لكن لا خطط تذكرها. أضف خطة أو أزل القواعد.',
  'fault.policy.more-found': 'هناك {{count}} أخرى من هذه. أصلح المذكورة أولًا.',
  'fault.policy.too-large':
    'المجموع كبير جدًا ({{bytes}} من {{most}} بايت على الأكثر). أزل ما لا يُستخدم.',
  'fault.prefer.contradicts':
    'الأعلى مهارة والأدنى مهارة مفضّلان معًا؛ والأخير منهما لا يحسم أبدًا. أزل أحدهما.',
  'fault.prefer.no-sticky':
    'يُفضَّل من يعرفه العميل، لكن لم يُذكر من هو. فعّل ذلك الجزء أدناه، أو أزل المعيار.',
  'fault.rule.name-taken': 'القاعدة {{rule}} اسمها «{{name}}» أيضًا. أعطِ كلًا منهما اسمًا خاصًا.',
  'fault.rule.no-name': 'تحتاج القاعدة إلى اسم من 1 إلى 100 حرف.',
  'fault.rule.repeated':
    'للقاعدة {{rule}} الشروط نفسها، لذا لا تحسم هذه أبدًا. غيّر الشروط أو أزل القاعدة.',
  'fault.rule.unreachable':
    'القاعدة {{rule}} للجميع، لذا لا تُسأل هذه أبدًا. انقلها إلى الأعلى أو أزلها.',
  'fault.rules.no-default': 'بعض المحادثات لن تطابق أي قاعدة. أضف قاعدة أخيرة لكل من بقي.',
  'fault.rules.too-many': 'هناك أكثر من {{most}} قاعدة. ادمج قواعد الخطة الواحدة.',
  'fault.silence.channel-unseen':
    'ما يُقال على القناة «{{name}}» غير معروف هنا، لذا لا يُحسب الصمت هناك. دع نظامها يراقبه.',
  'fault.silence.close-too-early':
    'ستنتهي في وقت لا يلي تذكير العميل. اجعلها تنتهي لاحقًا، أو ذكّر أبكر.',
  'fault.silence.contact-none': 'لا مدة لصمت العميل. حدّد متى يُذكّر أو تنتهي، أو أزله.',
  'fault.silence.no-reminder':
    'سيُذكّر العميل، لكن لم يُكتب لذلك نص. اكتبه ضمن النصوص، أو لا تذكّر أحدًا.',
  'fault.silence.none': 'الصمت مفعّل دون أي مدة. حدّد مدة واحدة على الأقل أو أوقفه.',
  'fault.skill.ambiguous': 'أكثر من مهارة اسمها «{{name}}». أعطِ كلًا منها اسمًا خاصًا.',
  'fault.skill.nobody': 'لا موظف لديه المهارة «{{name}}» اليوم. أعطها لأحد أو احذفها.',
  'fault.skill.repeated': 'تطلب الخطوة المهارة «{{name}}» مرتين. أزل إحداهما.',
  'fault.skill.unknown': 'لا توجد مهارة «{{name}}». اختر غيرها.',
  'fault.span.overlaps':
    'مفتوح جزئيًا في وقت الفترة {{span}} من الأسبوع نفسه. اكتب الساعات دون تداخل؛ فهي تُعد واحدة.',
  'fault.span.whole-day':
    'من {{from}} إلى {{to}} تعني 24 ساعة، حتى اليوم التالي. اكتب 00:00 إلى 24:00 ليوم كامل، أو أزلها ليكون مغلقًا.',
  'fault.step.changes-nothing':
    'تحتاج الخطوة {{step}} إلى ما تحتاج إليه الخطوة التي قبلها. غيّر ما تحتاج إليه أو أزلها.',
  'fault.step.first-not-zero':
    'تبدأ الخطوة الأولى بعد {{after}} ث، فلا شيء يذكر ما يسري قبلها. اجعلها تبدأ فورًا.',
  'fault.step.nobody':
    'لا موظف اليوم يمكنه خدمة الخطوة {{step}}: لا أحد لديه فريقها ومهاراتها معًا. اطلب أقل، أو أعطها لموظف.',
  'fault.step.not-later':
    'تبدأ الخطوة {{step}} بعد {{after}} ث، لا بعد الخطوة التي قبلها ({{before}} ث). أعطها وقتًا لاحقًا.',
  'fault.step.unreachable':
    'تبدأ الخطوة {{step}} بعد {{after}} ث، لكن الانتظار ينتهي بعد {{end}} ث. اجعلها تبدأ أبكر، أو أطل الحد.',
  'fault.sticky.not-preferred':
    'ذُكر من يعرفه العميل، لكنه ليس مفضّلًا ولا يُنتظر. افعل أحدهما، أو أوقف هذا.',
  'fault.tag.twice': 'الوسم «{{name}}» مذكور مرتين. أزل أحدهما.',
  'fault.tag.wrong': 'الوسم من 1 إلى 100 حرف. اختصره أو أزله.',
  'fault.targets.none': 'هناك أهداف دون أي مدة. حدّد مدة واحدة على الأقل أو أوقف الأهداف.',
  'fault.team.ambiguous': 'أكثر من فريق اسمه «{{name}}». أعطِ كلًا منها اسمًا خاصًا.',
  'fault.team.nobody': 'لا موظف في الفريق «{{name}}» اليوم. ضع فيه أحدًا أو احذفه.',
  'fault.team.unknown': 'لا يوجد فريق «{{name}}». اختر غيره.',
  'fault.team.unknown.gone': 'لم يعد الفريق موجودًا. اختر غيره.',
  'fault.time-zone.unknown': 'لا توجد منطقة زمنية «{{name}}». ابحث عن مدينة.',
  'fault.value.empty': 'لم يُذكر ما يُبحث عنه. اكتبه، أو اختر «معروف».',
  'fault.value.never': 'هذا لا يتحقق أبدًا: الساعات أعداد صحيحة من 0 إلى 23، والنطاق بلا @.',
  'fault.value.no-choice': 'لا قيمة للمقارنة بها. اكتب واحدة على الأقل.',
  'fault.value.not-storable': 'في النص حرف لا يمكن تخزينه. أزله.',
  'fault.value.too-long': 'النص أطول من {{most}} حرفًا. اختصره.',
  'fault.value.too-many-choices': 'عدد القيم {{count}}، والحد الأقصى {{most}}. استخدم عدة شروط.',
  'fault.value.twice':
    'القيمة مذكورة قبل ذلك في القائمة؛ ولا فرق بين الأحرف الكبيرة والصغيرة. أزل إحداهما.',
  'fault.value.unknown': 'لا تكون «{{value}}» أبدًا. اختر إحدى القيم المعروضة.',
  'fault.value.wrong-type': 'هذه القيمة لا تناسب المقارنة. اكتب غيرها.',
  'fault.words.braces-open':
    'قوسان مزدوجان لا يبدآن رمزًا بديلًا ولا ينهيانه. أدرج رمزًا بديلًا من زره، أو أزل القوسين.',
  'fault.words.channel-untold': 'لا يمكن قول شيء على القناة «{{name}}». على نظامها أن يقوله هناك.',
  'fault.words.empty': 'النص فارغ. اكتب ما يُبلّغ به العميل، أو أزل اللغة.',
  'fault.words.language-unknown': '«{{name}}» ليست طريقة كتابة لغة. اختر لغة من القائمة.',
  'fault.words.missing':
    'سيُبلّغ العميل، لكن لم يُكتب شيء من أجل «{{cause}}». اكتبه ضمن النصوص، أو اختر أن ينتظر كالمعتاد.',
  'fault.words.never-known': '«{{placeholder}}» غير معروف هنا أبدًا، لذا تُترك جملته. أزله.',
  'fault.words.never-said':
    'لا تصل الخطة أبدًا إلى قول «{{cause}}». أزله، أو أعطِ الخطة الجزء الذي ينتمي إليه.',
  'fault.words.no-fallback':
    'لا نص باللغة {{language}}، وهي لغة نصوص هذه السياسة. أضفه، أو غيّر تلك اللغة ضمن الافتراضيات.',
  'fault.words.not-in-messages': '«{{placeholder}}» معروف لنصوص الخطط وحدها. احذفه.',
  'fault.words.placeholder-unknown': 'لا يوجد رمز بديل {{name}}. أدرج واحدًا من زره.',
};
