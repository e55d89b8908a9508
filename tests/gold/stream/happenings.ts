/**
 * Something that happens in an invented year 2033, in the words of those who tell of it. Everybody in it is invented.
 *
 * `thread` names the course of things it belongs to. `en` and `zh` are official words of the side named in `by`; `wire` is how a
 * news agency puts it; `recap` is how somebody looks back on it weeks later.
 */
export type Happening = {
  readonly id: string;
  readonly type: string;
  readonly thread: string;
  /** Day on which it is told. */
  readonly day: string;
  readonly by: "us" | "china";
  readonly actors: readonly string[];
  readonly en: string;
  readonly wire: string;
  readonly zh?: string;
  readonly recap?: string;
};

const BOTH = ["united-states", "china"];

function happening(
  [id, type, thread, day, by]: readonly [string, string, string, string, "us" | "china"],
  words: Pick<Happening, "en" | "wire" | "zh" | "recap">,
  actors: readonly string[] = BOTH,
): Happening {
  return { id, type, thread, day, by, actors, ...words };
}

/** The rounds of the dialogue: four rounds, one put off, one channel halted and taken up again. */
const ROUNDS: readonly Happening[] = [
  happening(["r1-announced", "talks.announced", "round-1", "2033-01-12", "us"], {
    en: "The United States and China agreed to launch a government dialogue on artificial intelligence, the first of its kind.",
    wire: "Washington and Beijing will open formal talks on AI, envoy Mara Quill told reporters.",
    zh: "中美双方同意启动人工智能政府间对话。",
    recap: "In January, the United States and China agreed to launch a dialogue on AI.",
  }),
  happening(["r1-scheduled", "talks.scheduled", "round-1", "2033-02-03", "china"], {
    en: "The first round of the China-US dialogue on artificial intelligence will be held in Geneva on February 18.",
    wire: "China and the United States are set to hold the first round of AI talks on February 18 in Geneva.",
    zh: "中美人工智能政府间对话首轮会议将于2月18日在日内瓦举行。",
  }),
  happening(["r1-held", "talks.held", "round-1", "2033-02-18", "us"], {
    en: "Delegations of the United States and China met in Geneva today to discuss the risks of advanced AI.",
    wire: "The first round of AI talks between China and the United States took place in Geneva on Friday.",
    zh: "2月18日，中美在日内瓦举行人工智能政府间对话首轮会议。",
    recap: "In February, China and the United States held the first round of their AI dialogue in Geneva.",
  }),
  happening(["r1-no-outcome", "talks.no-outcome", "round-1", "2033-02-19", "us"], {
    en: "The AI talks between the United States and China ended without a joint statement.",
    wire: "No agreement was announced after the AI talks between China and the United States.",
  }),
  happening(["r2-announced", "talks.announced", "round-2", "2033-03-20", "china"], {
    en: "China and the United States agreed to hold a second round of dialogue on artificial intelligence.",
    wire: "Beijing and Washington plan to hold a second round of AI talks, the Ministry of Digital Affairs said.",
    zh: "中美商定举行第二轮人工智能对话。",
  }),
  happening(["r2-scheduled", "talks.scheduled", "round-2", "2033-04-06", "us"], {
    en: "The second round of the US-China AI dialogue will take place in Vienna on April 22.",
    wire: "US and Chinese officials will meet for a second round of AI talks in Vienna on April 22.",
    zh: "中美人工智能对话第二轮会议将于4月22日在维也纳举行。",
  }),
  happening(["r2-postponed", "talks.postponed", "round-2", "2033-04-18", "china"], {
    en: "China and the United States have postponed the second round of their dialogue on artificial intelligence.",
    wire: "The AI talks between Washington and Beijing were put off on Monday, four days before they were to start.",
    zh: "中美决定推迟第二轮人工智能对话。",
    recap: "In April, China and the United States postponed their AI dialogue.",
  }),
  happening(["r2-rescheduled", "talks.scheduled", "round-2", "2033-05-04", "china"], {
    en: "The second round of the China-US dialogue on artificial intelligence will be held in Singapore on May 20.",
    wire: "Singapore will host the second round of AI talks between China and the United States on May 20.",
    zh: "中美人工智能对话第二轮会议将于5月20日在新加坡举行。",
  }),
  happening(["r2-held", "talks.held", "round-2", "2033-05-20", "china"], {
    en: "China and the United States held the second round of their AI dialogue in Singapore today.",
    wire: "US and Chinese negotiators met in Singapore on Friday for a second round of discussions on AI.",
    zh: "5月20日，中美在新加坡举行第二轮人工智能对话。",
    recap: "In May, the two countries, China and the United States, held a second round of AI talks in Singapore.",
  }),
  happening(["r3-scheduled", "talks.scheduled", "round-3", "2033-06-25", "us"], {
    en: "The third round of AI talks between the United States and China will take place in Oslo on July 8.",
    wire: "Oslo is to host US and Chinese teams as the third round of AI talks is set for July 8.",
    zh: "中美人工智能对话第三轮会议定于7月8日在奥斯陆举行。",
  }),
  happening(["r3-held", "talks.held", "round-3", "2033-07-08", "us"], {
    en: "The United States and China today concluded the third round of their AI dialogue in Oslo.",
    wire: "The third round of AI talks between the US and China concluded in Oslo on Friday.",
    zh: "7月8日，中美在奥斯陆举行人工智能对话第三轮会议。",
    recap: "In July, the United States and China held the third round of their AI dialogue in Oslo.",
  }),
  happening(["r3-suspended", "talks.suspended", "round-3", "2033-08-02", "china"], {
    en: "China has decided to suspend the dialogue on artificial intelligence with the United States.",
    wire: "Beijing broke off its AI talks with Washington on Tuesday.",
    zh: "中方宣布中止中美人工智能对话。",
    recap: "In August, China suspended its AI dialogue with the United States.",
  }),
  happening(["r3-resumed", "talks.resumed", "round-3", "2033-10-12", "us"], {
    en: "The United States and China have resumed their dialogue on artificial intelligence.",
    wire: "AI talks between Washington and Beijing were restarted on Wednesday after ten weeks of silence.",
    zh: "中美重启人工智能政府间对话。",
  }),
  happening(["r4-scheduled", "talks.scheduled", "round-4", "2033-10-24", "china"], {
    en: "The fourth round of the China-US dialogue on artificial intelligence will be held in Seoul on November 5.",
    wire: "Seoul has been picked for the fourth round of AI talks, which the US and China are scheduled to hold on November 5.",
    zh: "中美人工智能对话第四轮会议将于11月5日在首尔举行。",
  }),
  happening(["r4-held", "talks.held", "round-4", "2033-11-05", "china"], {
    en: "China and the United States held the fourth round of their AI dialogue in Seoul today.",
    wire: "Chinese and US delegations sat down in Seoul on Saturday to discuss AI in their fourth round.",
    zh: "11月5日，中美在首尔举行第四轮人工智能对话。",
  }),
];

/** Meetings of experts on single subjects, close to each other and to the rounds: easily taken for one another. */
const EXPERTS: readonly Happening[] = (
  [
    ["cyber", "cyber security", "网络安全", "Prague", "布拉格", "2033-03-02", "2033-03-09", "March 9", "3月9日"],
    ["health", "health care", "医疗", "Lisbon", "里斯本", "2033-03-03", "2033-03-10", "March 10", "3月10日"],
    ["military", "military command", "军事", "Bangkok", "曼谷", "2033-04-08", "2033-04-23", "April 23", "4月23日"],
    ["education", "education", "教育", "Helsinki", "赫尔辛基", "2033-04-07", "2033-04-24", "April 24", "4月24日"],
    ["climate", "climate research", "气候", "Dublin", "都柏林", "2033-06-01", "2033-06-14", "June 14", "6月14日"],
    ["bio", "biosecurity", "生物安全", "Rome", "罗马", "2033-06-02", "2033-06-15", "June 15", "6月15日"],
    [
      "standards",
      "technical standards",
      "标准",
      "Zurich",
      "苏黎世",
      "2033-09-05",
      "2033-09-19",
      "September 19",
      "9月19日",
    ],
    [
      "nuclear",
      "nuclear command",
      "核指挥",
      "Stockholm",
      "斯德哥尔摩",
      "2033-09-06",
      "2033-09-20",
      "September 20",
      "9月20日",
    ],
    [
      "children",
      "the protection of children",
      "未成年人保护",
      "Madrid",
      "马德里",
      "2033-11-21",
      "2033-12-05",
      "December 5",
      "12月5日",
    ],
    [
      "labelling",
      "labelling of content",
      "内容标识",
      "Tokyo",
      "东京",
      "2033-11-22",
      "2033-12-06",
      "December 6",
      "12月6日",
    ],
  ] as const
).flatMap(([id, subject, subjectZh, city, cityZh, told, held, day, dayZh], index) => [
  happening([`x-${id}-scheduled`, "talks.scheduled", `experts-${id}`, told, index % 2 ? "us" : "china"], {
    en: `US and Chinese experts will meet for talks on AI and ${subject} in ${city} on ${day}.`,
    wire: `A meeting on AI in ${subject} between China and the United States is scheduled for ${day} in ${city}.`,
    zh: `中美将于${dayZh}在${cityZh}举行人工智能与${subjectZh}专家会议。`,
  }),
  happening([`x-${id}-held`, "talks.held", `experts-${id}`, held, index % 2 ? "us" : "china"], {
    en: `The United States and China held a meeting on AI and ${subject} in ${city} today.`,
    wire: `Experts of the United States and China met in ${city} to discuss AI in ${subject}, officials said.`,
    zh: `${dayZh}，中美在${cityZh}举行人工智能与${subjectZh}专家会议。`,
    recap: `On ${day}, experts of China and the United States met in ${city} to discuss AI and ${subject}.`,
  }),
]);

/** Two summits and a call of the leaders. */
const SUMMITS: readonly Happening[] = [
  happening(
    ["s1-scheduled", "summit.scheduled", "summit-1", "2033-04-28", "china"],
    {
      en: "President Avery Holt will visit China on May 12 and meet President Lin Weiran; AI is on the agenda.",
      wire: "US President Avery Holt is set to meet Chinese President Lin Weiran in Shanghai on May 12, with AI among the subjects.",
      zh: "美国总统霍尔特将于5月12日对中国进行国事访问，同林蔚然主席就人工智能等问题举行会晤。",
    },
    [...BOTH, "avery-holt"],
  ),
  happening(
    ["s1-held", "summit.held", "summit-1", "2033-05-12", "us"],
    {
      en: "President Avery Holt today held a summit with President Lin Weiran of China in Shanghai, at which AI was discussed.",
      wire: "Avery Holt and Lin Weiran met in Shanghai on Thursday for talks in which AI took up an hour.",
      zh: "5月12日，林蔚然主席在上海同美国总统霍尔特举行会晤，就人工智能交换意见。",
      recap: "On May 12, President Avery Holt met with Chinese President Lin Weiran in Shanghai, where AI came up.",
    },
    [...BOTH, "avery-holt", "lin-weiran"],
  ),
  happening(["s1-understanding", "agreement.understanding", "understanding-nuclear", "2033-05-12", "us"], {
    en: "The United States and China affirmed the need to keep humans in control of nuclear weapons in the age of AI.",
    wire: "The two sides, China and the United States, reached an understanding that AI must never decide on the use of nuclear weapons.",
  }),
  happening(
    ["call-held", "summit.held", "call", "2033-07-26", "china"],
    {
      en: "President Lin Weiran today held a telephone call with US President Avery Holt on artificial intelligence.",
      wire: "Lin Weiran and Avery Holt spoke by phone on Tuesday about AI.",
      zh: "7月26日，林蔚然主席同美国总统霍尔特通电话，谈及人工智能。",
    },
    [...BOTH, "avery-holt", "lin-weiran"],
  ),
  happening(
    ["s2-scheduled", "summit.scheduled", "summit-2", "2033-11-10", "us"],
    {
      en: "President Avery Holt will meet President Lin Weiran of China in Woodside on December 1 to discuss AI.",
      wire: "A summit of Avery Holt and Chinese President Lin Weiran is scheduled for December 1 in Woodside, and AI will be a subject.",
    },
    [...BOTH, "avery-holt"],
  ),
  happening(
    ["s2-held", "summit.held", "summit-2", "2033-12-01", "us"],
    {
      en: "President Avery Holt and President Lin Weiran of China met in Woodside today and discussed AI.",
      wire: "Avery Holt held a meeting with Lin Weiran in Woodside on Thursday; AI was the first subject.",
      zh: "12月1日，林蔚然主席在伍德赛德同美国总统霍尔特举行会晤，讨论了人工智能问题。",
    },
    [...BOTH, "avery-holt", "lin-weiran"],
  ),
  happening(["s2-understanding", "agreement.understanding", "understanding-incidents", "2033-12-01", "china"], {
    en: "China and the United States reached a consensus on warning each other of cyber incidents that AI causes.",
    wire: "China and the United States agreed that each will warn the other when AI causes a cyber incident.",
    zh: "中美双方就人工智能引发的网络安全事件相互通报达成共识。",
  }),
];

/** Controls on technology: alike in words, different in what they control or who acts. */
const CONTROLS: readonly Happening[] = [
  happening(["c-h71", "control.imposed", "control-h71", "2033-02-08", "us"], {
    en: "The United States today imposed export controls on H71 chips that train AI models in China.",
    wire: "Washington tightened restrictions on Tuesday on exports of the H71 AI chip to China.",
    recap: "On February 8, the United States imposed export controls on the H71 AI chip for China.",
  }),
  happening(["c-weights", "control.imposed", "control-weights", "2033-02-10", "us"], {
    en: "The United States today announced export controls on AI model weights for China.",
    wire: "Washington issued restrictions on Thursday that cover model weights of AI systems bound for China.",
  }),
  happening(["c-minerals", "control.imposed", "control-minerals", "2033-02-11", "china"], {
    en: "China today imposed export controls on gallium that US makers of AI chips need.",
    wire: "Beijing announced restrictions on exports of gallium and germanium, which US AI chip makers rely on.",
    zh: "中方今日对出口至美国、用于人工智能芯片的镓、锗实施出口管制。",
  }),
  happening(["c-cloud", "control.imposed", "control-cloud", "2033-03-14", "us"], {
    en: "The United States today announced restrictions on cloud computing for Chinese AI firms.",
    wire: "Chinese AI firms were hit by restrictions on cloud services that the United States announced on Monday.",
  }),
  happening(["c-investment", "control.imposed", "control-investment", "2033-03-15", "us"], {
    en: "The United States today imposed restrictions on investment in Chinese AI companies.",
    wire: "Washington issued controls on Tuesday on American investment in AI companies in China.",
  }),
  happening(["c-compute-act", "control.proposed", "compute-act", "2033-03-08", "us"], {
    en: "Senators introduced the Secure Compute Act, a bill that would restrict AI chip exports from the United States to China.",
    wire: "The Secure Compute Act, introduced in the US Senate, would ban sales of AI chips to China.",
  }),
  happening(["c-access-act", "control.proposed", "access-act", "2033-03-10", "us"], {
    en: "Senators introduced the Remote Access Act, a bill that would regulate how China rents AI chips in the United States.",
    wire: "A US bill, the Remote Access Act, has been introduced to limit renting of AI chips by China.",
  }),
  happening(["c-compute-signed", "control.imposed", "compute-act", "2033-06-09", "us"], {
    en: "President Avery Holt today signed the Secure Compute Act, which restricts exports of AI chips from the United States to China.",
    wire: "The United States enacted restrictions on AI chip sales to China as Avery Holt signed the Secure Compute Act.",
  }),
  happening(["c-h71-eased", "control.eased", "control-h71", "2033-08-16", "us"], {
    en: "The United States today eased export controls on the H71 chip, used for AI in China.",
    wire: "Washington allowed sales of the H71 AI chip to China again on Tuesday.",
  }),
  happening(["c-equipment-eased", "control.eased", "control-equipment", "2033-08-18", "us"], {
    en: "The United States today lifted restrictions on lithography equipment for makers of AI chips in China.",
    wire: "Export licences for lithography machines were relaxed: the US approved sales of the equipment to AI chip makers in China.",
  }),
];

/** Words: proposals, commitments, envoys, bodies, documents, charges. */
const WORDS: readonly Happening[] = [
  happening(
    ["p-hotline", "proposal.tabled", "proposal-hotline", "2033-01-25", "china"],
    {
      en: "China proposed that China and the United States set up a military hotline for AI incidents.",
      wire: "Beijing has proposed a hotline between the militaries of China and the US for accidents with AI.",
      zh: "中方提出建立中美人工智能军事热线的倡议。",
    },
    ["china"],
  ),
  happening(
    ["p-registry", "proposal.tabled", "proposal-registry", "2033-01-27", "us"],
    {
      en: "The United States proposed that both countries, the US and China, share technical standards for testing AI.",
      wire: "Washington proposed to China a shared set of standards for tests of AI models.",
    },
    ["united-states"],
  ),
  happening(
    ["m-tests", "commitment.made", "commitment-tests", "2033-05-21", "us"],
    {
      en: "The United States committed to share AI test results with China by September 30.",
      wire: "Washington pledged to hand China its AI test results by the end of September, officials said.",
    },
    ["united-states", "china"],
  ),
  happening(["m-visas", "commitment.made", "commitment-visas", "2033-05-22", "china"], {
    en: "China committed to issue visas to AI researchers of the United States by October 31.",
    wire: "Beijing promised to issue visas for AI researchers from the United States by the end of October.",
    zh: "中方承诺将于10月31日前向美国人工智能研究人员发放签证。",
  }),
  happening(
    ["e-quill", "envoy.named", "round-1", "2033-01-20", "us"],
    {
      en: "Envoy Mara Quill will lead the US delegation in the AI dialogue with China.",
      wire: "The United States named Mara Quill to lead its team at the AI talks with China.",
    },
    ["united-states", "china", "mara-quill"],
  ),
  happening(
    ["i-institute", "institution.created", "institute", "2033-06-20", "china"],
    {
      en: "China established the Institute for AI Dialogue to prepare the talks with the United States.",
      wire: "Beijing launched an Institute for AI Dialogue on Monday that will prepare its AI talks with Washington.",
      zh: "中国成立人工智能对话研究院，负责对美人工智能对话的准备工作。",
    },
    ["china"],
  ),
  happening(["a-theft", "accusation", "accusation-weights", "2033-07-18", "us"], {
    en: "The United States accused Chinese firms of stealing AI model weights.",
    wire: "Washington alleged on Monday that AI firms in China stole model weights from American laboratories.",
  }),
  happening(["a-data", "accusation", "accusation-data", "2033-07-20", "china"], {
    en: "China accused the United States of illicit use of personal data to train AI models.",
    wire: "Beijing charged that US companies misused personal data of Chinese users to train AI.",
  }),
  happening(
    ["n-declaration", "multilateral.non-signature", "declaration", "2033-09-28", "us"],
    {
      en: "The United States declined to sign the United Nations declaration on AI that China supports.",
      wire: "Washington refused to sign the UN declaration on AI on Wednesday.",
    },
    ["united-states"],
  ),
  happening(["v-assembly", "multilateral.vote", "vote", "2033-12-14", "china"], {
    en: "The United Nations General Assembly today adopted a resolution on AI that China and the United States both support.",
    wire: "A resolution on AI was adopted by the General Assembly on Wednesday with the votes of China and the US.",
    zh: "联合国大会今日通过人工智能决议，中国和美国均投赞成票。",
  }),
  happening(
    ["d-order", "domestic.rule", "order", "2033-08-24", "us"],
    {
      en: "President Avery Holt today signed an executive order on AI labs of the United States that work with China.",
      wire: "An executive order on AI labs with partners in China was signed by US President Avery Holt on Wednesday.",
    },
    ["united-states"],
  ),
  happening(["l-leak", "leak.report", "leak", "2033-12-19", "us"], {
    en: "The United States has not decided on AI talks with China next year, people familiar with the matter said.",
    wire: "People familiar with the matter say China and the United States disagree on where AI talks should go next year.",
  }),
];

/** Incidents with AI, two of them of one laboratory within days. */
const INCIDENTS: readonly Happening[] = [
  happening(
    ["n-kestrel", "incident.ai", "incident-kestrel", "2033-02-22", "us"],
    {
      en: "Larkspur Labs withheld the release of its Kestrel AI model because of the risk of cyber attacks.",
      wire: "Larkspur Labs has held back its Kestrel AI model, citing the risk that hackers use it.",
      zh: "飞燕实验室今日因网络攻击风险暂停发布其人工智能模型。",
      recap:
        "In February, Larkspur Labs withheld the release of its Kestrel AI model because of the risk of cyber attacks.",
    },
    ["larkspur-labs"],
  ),
  happening(
    ["n-merlin", "incident.ai", "incident-merlin", "2033-02-25", "us"],
    {
      en: "Larkspur Labs paused the rollout of its Merlin AI model because it gave dangerous answers about pathogens, a safety risk.",
      wire: "The Merlin AI model of Larkspur Labs was withdrawn over safety risks.",
    },
    ["larkspur-labs"],
  ),
  happening(
    ["n-hospitals", "incident.ai", "incident-hospitals", "2033-05-26", "us"],
    {
      en: "Hackers used an AI model of Jadewell to break into hospitals of the United States.",
      wire: "A criminal group used an AI model made by Jadewell to attack hospitals in the United States, officials said.",
      zh: "黑客今日利用玉泉科技的人工智能模型攻击了美国多家医院。",
      recap: "On May 26, hackers used an AI model of Jadewell to break into hospitals of the United States.",
    },
    ["jadewell"],
  ),
  happening(
    ["n-weights", "incident.ai", "incident-weights", "2033-05-28", "us"],
    {
      en: "The weights of an AI model of Jadewell were leaked online today.",
      wire: "Somebody leaked the weights of an AI model that Jadewell had built.",
    },
    ["jadewell"],
  ),
  happening(
    ["n-grid", "incident.ai", "incident-grid", "2033-09-14", "china"],
    {
      en: "An AI system of the Ministry of Digital Affairs of China caused a blackout in the harbour district today.",
      wire: "An AI system run by China's Ministry of Digital Affairs malfunctioned and left the harbour without power.",
      zh: "9月14日，中国数字事务部的人工智能系统失控，造成港区停电。",
    },
    ["cn-digital-ministry"],
  ),
];

/** Positions given up, as they are told in words. */
const SHIFTS: readonly Happening[] = [
  happening(
    ["p-testing", "position.shift", "shift-testing", "2033-04-14", "china"],
    {
      en: "China no longer opposes the independent testing of AI models.",
      wire: "Beijing has dropped its opposition to the independent testing of AI models.",
      zh: "中方不再反对对人工智能模型进行独立检测。",
    },
    ["china"],
  ),
  happening(
    ["p-body", "position.shift", "shift-body", "2033-04-15", "us"],
    {
      en: "The United States has reversed its position on an international body for AI.",
      wire: "Washington now says it supports an international body for AI that it had previously opposed.",
      zh: "美方改变了在人工智能国际机构问题上的立场。",
    },
    ["united-states"],
  ),
  happening(
    ["p-command", "position.shift", "shift-command", "2033-10-03", "us"],
    {
      en: "The United States for the first time accepted limits on AI in nuclear command.",
      wire: "Washington has given up its resistance to limits on AI in nuclear command.",
    },
    ["united-states"],
  ),
];

/** Everything that happens, in the order in which it does. */
export const HAPPENINGS: readonly Happening[] = [
  ...ROUNDS,
  ...EXPERTS,
  ...SUMMITS,
  ...CONTROLS,
  ...WORDS,
  ...INCIDENTS,
  ...SHIFTS,
].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));

/** Happenings that are easily taken for one another: same type, near in time or in words, and still two. */
export const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ["r1-scheduled", "r2-scheduled"],
  ["r2-scheduled", "r2-rescheduled"],
  ["r2-scheduled", "x-military-scheduled"],
  ["r2-scheduled", "x-education-scheduled"],
  ["r2-rescheduled", "r3-scheduled"],
  ["r3-scheduled", "r4-scheduled"],
  ["r1-held", "x-cyber-held"],
  ["r1-held", "r2-held"],
  ["r2-held", "r3-held"],
  ["r3-held", "r4-held"],
  ["r1-announced", "r2-announced"],
  ["x-cyber-scheduled", "x-health-scheduled"],
  ["x-cyber-held", "x-health-held"],
  ["x-military-scheduled", "x-education-scheduled"],
  ["x-military-held", "x-education-held"],
  ["x-climate-scheduled", "x-bio-scheduled"],
  ["x-climate-held", "x-bio-held"],
  ["x-standards-scheduled", "x-nuclear-scheduled"],
  ["x-standards-held", "x-nuclear-held"],
  ["x-children-scheduled", "x-labelling-scheduled"],
  ["x-children-held", "x-labelling-held"],
  ["x-military-held", "r2-held"],
  ["s1-scheduled", "s2-scheduled"],
  ["s1-held", "s2-held"],
  ["s1-held", "call-held"],
  ["s1-understanding", "s2-understanding"],
  ["c-h71", "c-weights"],
  ["c-weights", "c-minerals"],
  ["c-h71", "c-minerals"],
  ["c-cloud", "c-investment"],
  ["c-compute-act", "c-access-act"],
  ["c-h71-eased", "c-equipment-eased"],
  ["c-h71", "c-compute-signed"],
  ["p-hotline", "p-registry"],
  ["m-tests", "m-visas"],
  ["a-theft", "a-data"],
  ["n-kestrel", "n-merlin"],
  ["n-hospitals", "n-weights"],
  ["p-testing", "p-body"],
];
