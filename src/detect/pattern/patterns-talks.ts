import type { Pattern } from "./pattern.ts";

/** Talks on something else, in which AI is named beside: "the trade talks, analysts of AI said". */
const OTHER_TALKS =
  "(?<!\\b(?:trade|tariff|tariffs|climate|tax|border|fentanyl|consular|fisheries|agricultural|agriculture|soybean|maritime|arms control|debt|migration) \\w+)";
const TALKS = `(?:dialogues?|talks|consultations?|negotiations?|discussions?|protocol|(?:communication )?channels?|working group|exchanges? (?:on|about)|meetings? (?:on|about)|mechanism|hot ?lines?)${OTHER_TALKS}`;
/** At most this much of one clause between two words that belong together. */
const gap = (most: number) => `[^;:?!]{0,${most}}?`;
const gapZh = (most: number) => `[^；？！]{0,${most}}?`;
const TALKS_ZH = "(?:对话|会谈|磋商|谈判|交流机制|沟通机制|沟通渠道|工作组|热线)";
const en = (source: string) => new RegExp(`\\b${source}`, "i");

/** What makes a bare verb a decision taken. */
const DECIDED = "(?:decided to|decision to|agreed to|announced (?:that )?(?:it|they|he|she) (?:will|would)|will)";
/** What is called after talks and is none: "an Institute for AI Dialogue". */
const NO_BODY =
  "(?![^;:?!]{0,40}\\b(?:Institute|Association|Cent(?:er|re)|Office|Council|Commission|Panel|Network|Fund|Forum) (?:for|of|on)\\b)";

/** A plan that stands between talks and what became of them: "talks (between the two) scheduled for Friday (have been cancelled)". */
const HAD_BEEN_PLANNED =
  "(?:,? ?(?:(?:which|that) )?(?:(?:was|were|is|are|had been|have been|has been) )?(?:originally |initially |tentatively |previously )*(?:scheduled|set|slated|planned|due|expected|arranged|agreed|to (?:be held|take place|begin|start|open|meet))\\b[^;:?!]{0,80}?)?";
/** "Will take up their suspended talks" suspends none. */
const NO_ADJECTIVE = "(?<!\\b(?:the|their|its|an?|of|long|now)[ -]\\w+)";
const AUXILIARY =
  "(?:(?:was|were|is|are|has been|have been|had been|would be|will be|being)(?: \\w+ly| again| now| once more)?)";

/** Scholars and others who speak for no government; officials who sit with them make no round of it. */
export const TRACK_TWO =
  /\b[Tt]rack[- ](?:II|2|1\.5|One and a [Hh]alf|[Tt]wo)\b|\bsecond-track\b|\b(?:scholars|academics|university researchers|think[- ]tanks?|former (?:senior )?officials|retired (?:officials|generals|diplomats))\b[^;:?!]{0,60}\b(?:held|concluded|met|convened|wrapped up|completed|gathered)\b|二轨|1\.5轨|(?:学者|智库|前官员)[^；？！]{0,30}(?:举行|召开|进行)/;

/** Companies, universities and players of the two countries talk and meet too. */
const PRIVATE_TALKS =
  /\b(?:Chinese|American|US|U\.S\.)(?: AI| tech(?:nology)?)? (?:companies|firms|start-?ups|labs|universities|students|athletes|players)\b[^;,]{0,20}\b(?:held|met|called|cancell?ed|postponed|suspended|broke|agreed|will|plan|resumed|concluded)\b|\bbetween [^;,]{0,40}\b(?:companies|firms|start-?ups|universities|labs)\b|\b(?:[Oo]lympiad|[Tt]ournament|[Cc]hampionships?|[Hh]ackathon)\b|(?:企业|公司|高校|大学)[^；，。]{0,10}(?:举行|推迟|取消|中止|开展|进行)/;
/** A report in the sentence is said to be wrong. */
const UNTRUE =
  /\b(?:is|are|was|were) (?:not true|untrue|false|baseless|groundless|inaccurate)\b|\bno truth (?:in|to)\b|不属实|纯属|与事实不符/;
/** What talks are when they are called off or put off, in the passive. */
const CALLED_OFF =
  "(?:cancel(?:l)?ed|postponed|suspended|delayed|scrapped|halted|called off|put off|pushed back|broken off)";
const NOT_BEEN =
  "(?:(?:has|have|had) (?:not|never) been|(?:has|have|had)n['’]t been|(?:was|were|is|are) (?:not|never)|(?:was|were|is|are)n['’]t|(?:will|would) (?:not|never) be|(?:won|wouldn)['’]t be)(?: \\w+ly)?";
/** That talks were not called off says that nothing has changed: no news of their day, of their holding or of their end. */
const NOT_CALLED_OFF = new RegExp(
  `\\b${TALKS}\\b[^,;:?!]{0,60}?${HAD_BEEN_PLANNED}\\b${NOT_BEEN} ${CALLED_OFF}\\b|(?:\\b(?:not|never|no (?:plans?|intentions?|decision|reason|wish))|n['’]t)\\b[^,;:?!]{0,20}\\b(?:cancel(?:l?ed|l?ing)?|postpon(?:ed?|ing)|suspend(?:ed|ing)?|delay(?:ed|ing)?|scrap(?:ped|ping)?|halt(?:ed|ing)?|call(?:ed|ing)? off|put(?:ting)? off|push(?:ed|ing)? back)\\b[^,;:?!]{0,40}\\b${TALKS}|${TALKS_ZH}[^，。；？！]{0,8}(?:并未|并没有|没有|从未|未|不会|不曾)(?:被|会)?(?:取消|推迟|中止|暂停|延期|延后|叫停|中断)|(?:并未|并没有|没有|从未|未|不会|不曾|无意)(?:取消|推迟|中止|暂停|延后|叫停|中断)[^，。；？！]{0,28}${TALKS_ZH}`,
);
const NO_TALKS = new RegExp(`${TRACK_TWO.source}|${PRIVATE_TALKS.source}|${UNTRUE.source}|${NOT_CALLED_OFF.source}`);
/** What makes "would be held" a condition and no plan that somebody tells of. */
const CONDITION = /\b(?:if|unless|whether|proposed|suggested|could|urged|wanted|hoped)\b/;

const DAY_EN =
  "(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\\.|\\d{1,2}|next|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)";

const talks = { near: "sentence", parties: "both", unless: NO_TALKS } as const;

/** Talks on AI: from "agreed to launch" to "postponed". First match wins where two match the same words. */
export const TALKS_PATTERNS: readonly Pattern[] = [
  {
    ...talks,
    type: "talks.suspended",
    words: en(
      `(?:(?:suspend(?:ed|s|ing)|cancel(?:led|ed|s|ling)|halt(?:ed|s|ing)|froze|frozen|freez(?:es|ing)|call(?:ed|s|ing) off|broke(?:n)? off|cut(?:s|ting)? off|scrap(?:ped|s|ping)|(?:announc|confirm|order)(?:ed|s|ing) (?:the |a )?(?:\\w+ )?(?:cancellation|suspension|termination) of|${DECIDED} (?:suspend|cancel|halt|freeze|call off|break off|scrap))${NO_ADJECTIVE}\\b${gap(60)}\\b${TALKS}|${TALKS}\\b${gap(60)}${HAD_BEEN_PLANNED}\\b${AUXILIARY} (?:suspended|cancel(?:l)?ed|halted|frozen|called off|broken off|scrapped)\\b)`,
    ),
  },
  {
    ...talks,
    type: "talks.suspended",
    words: en(
      `(?:pulled out of|withdr(?:ew|awn|awing) from|withdraws from|walked (?:out of|away from)|pulling out of|backed out of|quit|boycott(?:ed|s|ing)?|stay(?:ed|ing)? away from|${DECIDED} (?:pull out of|withdraw from|quit|boycott|skip|stay away from))\\b${gap(50)}\\b${TALKS}`,
    ),
  },
  {
    ...talks,
    type: "talks.suspended",
    negates: true,
    words: en(
      `(?:(?:(?:will|would|does|did) not|won't|wouldn't|decided not to|refus(?:ed|es) to|declin(?:ed|es) to|no longer) (?:attend|take part in|participate in|join|send (?:a |its |any )?(?:delegations?|teams?|envoys?|officials?|negotiators?|representatives?) to|return to|continue|come to)\\b${gap(50)}\\b${TALKS}|${TALKS}\\b${gap(60)}${HAD_BEEN_PLANNED}\\b(?:(?:will|would) (?:not|no longer)|won't|wouldn't) (?:take place|go ahead|be held|happen|proceed)\\b)`,
    ),
  },
  {
    ...talks,
    type: "talks.postponed",
    words: en(
      `(?:(?:postpon(?:ed|es|ing)|(?:announc|confirm|order)(?:ed|s|ing) (?:the |a )?(?:\\w+ )?(?:postponement|delay) of|delay(?:ed|s|ing)|push(?:ed|es|ing) back|put(?:s|ting)? off|${DECIDED} (?:postpone|delay|push back|put off))${NO_ADJECTIVE}\\b${gap(60)}\\b${TALKS}|${TALKS}\\b${gap(60)}${HAD_BEEN_PLANNED}\\b${AUXILIARY} (?:postponed|delayed|pushed back|put off|rescheduled)\\b|${TALKS}\\b${gap(60)}\\b(?:(?:has|have|had) )?(?:slipped|slid|been moved) (?:to|into)\\b)`,
    ),
  },
  {
    ...talks,
    type: "talks.resumed",
    words: en(
      `(?:(?:resum(?:ed?|es|ing|ption)|re-?start(?:ed|s|ing)?|reviv(?:ed?|es|ing|al)|re-?open(?:ed|s|ing)?)\\b${gap(60)}\\b${TALKS}|${TALKS}\\b${gap(50)}\\b(?:(?:was|were|been|be|has|have) (?:resumed|restarted|revived|reopened)))`,
    ),
  },
  {
    ...talks,
    type: "talks.scheduled",
    dated: true,
    future: true,
    words: en(
      `(?:(?:${TALKS}|round|meeting|session)\\b${gap(90)}\\b(?:will (?:be held|take place|meet|convene|start|begin|open)|(?:is|are|was|were) (?:scheduled|set|slated|due|to be held|to take place)|scheduled (?:for|on))|(?:will|to|set to|due to|plan(?:s|ned)? to|scheduled to) (?:hold|convene|host|meet for|begin|start|open)\\b${gap(90)}\\b(?:${TALKS}|round|meeting|session))`,
    ),
  },
  {
    ...talks,
    type: "talks.scheduled",
    dated: true,
    future: true,
    words: en(
      `(?:agree(?:d|s)|set|due|scheduled|slated|expected|plan(?:s|ned)?|are|is|will) (?:to )?(?:meet|gather|sit down|reconvene)\\b${gap(80)}\\b(?:for|to (?:hold|discuss|begin|start|open|continue|talk about))\\b${gap(50)}\\b(?:${TALKS}|round|meeting|session|AI|artificial intelligence)`,
    ),
  },
  {
    ...talks,
    type: "talks.scheduled",
    dated: true,
    future: true,
    words: en(
      `(?:(?:(?:have|has) (?:now )?(?:scheduled|set|fixed|arranged|slated)|scheduled|fixed|arranged|pencil?led in)\\b${gap(50)}\\b(?:${TALKS}|round|session)\\b${gap(60)}\\b(?:for|on|in)\\b|(?:set|fixed|chose|picked|named|agreed on|settled on|confirmed) (?:(?:the date of|a date of|the week of|early|mid|late) ?)?-?${DAY_EN}${gap(30)}\\b(?:for|as the date (?:of|for)|to (?:hold|open|begin|start))\\b${gap(50)}\\b(?:${TALKS}|round|session))`,
    ),
  },
  {
    ...talks,
    type: "talks.scheduled",
    dated: true,
    future: true,
    with: /\b(?:said|says|announced|confirmed|told|according to)\b/i,
    unless: new RegExp(`${NO_TALKS.source}|${CONDITION.source}`),
    words: en(`(?:${TALKS}|round|session)\\b${gap(90)}\\bwould (?:be held|take place|convene|start|begin|open)\\b`),
  },
  {
    ...talks,
    type: "talks.scheduled",
    dated: true,
    future: true,
    words: en(
      `(?:date|${DAY_EN})${gap(30)}\\b(?:has been|have been|was|were|is) (?:set|fixed|chosen|picked|agreed|named|settled)\\b${gap(25)}\\b(?:for|as|of)\\b${gap(40)}\\b(?:${TALKS}|round|session)`,
    ),
  },
  {
    ...talks,
    type: "talks.scheduled",
    dated: true,
    future: true,
    hedged: true,
    words: en(
      `(?:${TALKS}|round|session)\\b${gap(80)}\\b(?:is|are) (?:now |tentatively |currently )?(?:expected|planned|foreseen|likely)(?: to (?:be held|take place|begin|start|open|convene|happen))?\\b${gap(40)}\\b(?:in|on|by|for|next|this|later|as early as|before)\\b`,
    ),
  },
  {
    ...talks,
    type: "talks.announced",
    promise: true,
    words: en(
      `(?:agree(?:d|s|ing|ment)?|consensus|decided|plann?(?:ed|s|ing)?|prepar(?:e|es|ed|ing)|intend(?:s|ed)?|announc(?:ed?|es|ing)|(?:is|are|'re|was|were) (?:set|ready|going|about|poised)|will|would|proceed(?:ed)?)\\b${gap(70)}\\b(?:launch|start|begin|open|establish|set up|hold|initiate|create|conduct|convene|engage in|pursue|kick off)(?:ing|es|s)?\\b${gap(90)}\\b${TALKS}`,
    ),
  },
  {
    ...talks,
    type: "talks.announced",
    promise: true,
    words: en(
      `announc(?:ed|es|ing) (?:the (?:launch|start|creation|opening|establishment) of )?(?:an? |their )(?:\\w+ ){0,3}${TALKS}`,
    ),
  },
  {
    ...talks,
    type: "talks.announced",
    promise: true,
    words: new RegExp(
      `就(?:正式)?(?:开启|启动|建立|开展|举行|设立)${gapZh(30)}${TALKS_ZH}(?:达成|取得)了?${gapZh(6)}(?:共识|一致)`,
    ),
  },
  {
    ...talks,
    type: "talks.announced",
    promise: true,
    words: en(
      `(?:affirmed|agreed|stressed|underscored|committed|pledged)\\b${gap(130)}\\b(?:through|via|in)\\b${gap(50)}\\b(?:government|governmental|intergovernmental|bilateral|official)${gap(20)}\\b${TALKS}`,
    ),
  },
  {
    ...talks,
    type: "talks.announced",
    promise: true,
    words: en(
      `(?:get(?:ting)?|bring(?:ing)?|put(?:ting)?)(?:- get)? (?:our|their|the|both)(?: two| respective)? (?:experts?|teams|governments|sides|people)\\b${gap(25)}\\btogether\\b${gap(40)}\\b(?:discuss|talk|work(?:ing)?|address)`,
    ),
  },
  {
    ...talks,
    type: "talks.announced",
    promise: true,
    words: en(
      `(?:consider(?:s|ing)?|weigh(?:s|ed|ing)?|explor(?:e|es|ing)|discuss(?:es|ing)?) (?:launch(?:ing)?|start(?:ing)?|open(?:ing)?|hold(?:ing)?|the launch of|whether to (?:start|launch|open|hold))?\\b${gap(10)}(?:official|formal|government(?:al)?|intergovernmental|regular|bilateral|high-level)\\b${gap(20)}${TALKS}`,
    ),
  },
  {
    ...talks,
    type: "talks.held",
    words: en(
      `(?:held|convened|concluded|wrapped up|completed|kicked off|co-chaired|launched|hosted)\\b${NO_BODY}${gap(60)}\\b(?:${TALKS}|(?:round|meeting|session) (?:of|on|under|about|dedicated to))`,
    ),
  },
  {
    ...talks,
    type: "talks.held",
    words: en(
      `${TALKS}\\b${gap(50)}\\b(?:(?:was|were) (?:held|convened|concluded|co-chaired)|took place|concluded|wrapped up|got under way)`,
    ),
  },
  {
    ...talks,
    type: "talks.held",
    words: en(
      `(?:delegations?|representatives|officials|experts|teams|envoys|negotiators|diplomats|the two sides|both sides)\\b${gap(60)}\\b(?:met|convened|sat down|gathered)\\b${gap(80)}\\b(?:to discuss|discuss(?:ed|ing)|for|on)\\b`,
    ),
  },
  {
    ...talks,
    type: "talks.suspended",
    words: new RegExp(
      `(?:中止|暂停|取消|中断|退出|叫停)了?${gapZh(28)}${TALKS_ZH}|${TALKS_ZH}${gapZh(16)}(?:中止|暂停|取消|中断|叫停)`,
    ),
  },
  {
    ...talks,
    type: "talks.suspended",
    negates: true,
    words: new RegExp(
      `(?:不再|拒绝|不会|将不|决定不)(?:出席|参加|参与)${gapZh(20)}${TALKS_ZH}|${TALKS_ZH}${gapZh(16)}(?:不再|不会|将不)(?:如期)?举行`,
    ),
  },
  {
    ...talks,
    type: "talks.postponed",
    words: new RegExp(`(?:推迟|延期|延后)${gapZh(28)}${TALKS_ZH}|${TALKS_ZH}${gapZh(16)}(?:推迟|延期|延后)`),
  },
  {
    ...talks,
    type: "talks.resumed",
    words: new RegExp(`(?:重启|恢复|重新开启)${gapZh(25)}${TALKS_ZH}|${TALKS_ZH}${gapZh(8)}(?:重启|恢复)`),
  },
  {
    ...talks,
    type: "talks.scheduled",
    dated: true,
    future: true,
    words: new RegExp(
      `(?<!原)(?:将于|定于|拟于|计划于|将在|商定在|商定于|同意于|同意在|约定于|约定在|预计于|预计在)${gapZh(40)}(?:举行|召开|举办|开展)${gapZh(40)}(?:${TALKS_ZH}|会议)|(?:${TALKS_ZH}|会议)${gapZh(20)}(?<!原)(?:将于|定于|将在|定在|预计于|预计在|预计将于|拟于)${gapZh(30)}(?:举行|召开|开始|启动)`,
    ),
  },
  {
    ...talks,
    type: "talks.announced",
    promise: true,
    words: new RegExp(
      `(?:同意|商定|决定|宣布|约定|共识|准备|计划|考虑|拟|将)${gapZh(25)}(?:开启|启动|建立|开展|举行|设立|展开|推进)${gapZh(35)}${TALKS_ZH}`,
    ),
  },
  {
    ...talks,
    type: "talks.held",
    words: new RegExp(
      `(?<!将|定于|拟)(?:(?:举行|召开|举办|共同主持|进行)了?${gapZh(35)}(?:${TALKS_ZH}|会议)|进行了${gapZh(20)}(?:沟通|交流|讨论))|${TALKS_ZH}${gapZh(25)}(?<!将)(?:举行|召开|结束)`,
    ),
  },
  {
    type: "talks.no-outcome",
    near: "nearby",
    parties: "both",
    words:
      /\b(?:no (?:concrete |formal |binding |joint |specific )?(?:agreements?|deals?|outcomes?|commitments?|statement|breakthroughs?)\b[^;]{0,40}\b(?:announced|reached|signed|issued|emerged|produced|made)|(?:ended|concluded|closed|broke up|finished)\b[^;]{0,40}\b(?:without (?:an? |any |reaching |producing )*(?:\w+ )?(?:agreement|deal|outcome|statement|result|breakthrough)s?|inconclusively|in (?:deadlock|stalemate|failure))|nothing (?:was )?signed|(?:failed|were unable|was unable|did not manage) to (?:reach|agree|produce|conclude|secure|strike|sign|issue|adopt|find)\b[^;]{0,60}\b(?:agreements?|deals?|consensus|statement|declaration|text|common ground|terms|on (?:AI|artificial intelligence))|(?:could not|couldn't|did not|didn't) (?:agree on|reach (?:an? |any )?(?:\w+ )?(?:agreement|deal|consensus))|made no progress)\b|\b(?:talks|negotiations|dialogue)\b[^;:?!]{0,50}\b(?:collapsed|broke down|broken down|fell apart|foundered)\b|(?:未|没有|没能)(?:能)?(?:就[^；。]{0,20})?(?:达成|发表|公布|签署|取得)[^；]{0,12}(?:协议|声明|成果|共识|一致|进展)|无果而终|不欢而散/i,
  },
  {
    type: "talks.no-outcome",
    near: "sentence",
    parties: "side",
    words: new RegExp(
      `\\b(?:no (?:\\w+ )?(?:agreement|deal|consensus|understanding) (?:was |had been |has been )?(?:reached|struck|made|found)|(?:there was|there had been) no (?:\\w+ )?(?:agreement|deal|consensus|understanding)) (?:on|about|to (?:hold|launch|start|open|resume))\\b${gap(50)}\\b${TALKS}|(?:未|没有)就${gapZh(20)}${TALKS_ZH}达成`,
      "i",
    ),
  },
  {
    type: "envoy.named",
    promise: true,
    near: "nearby",
    parties: "both",
    words:
      /\b(?:will|to|would|set to) (?:co-)?(?:lead|head|chair)\b[^;]{0,60}\b(?:delegation|talks|dialogue|team|side|negotiations|discussions)\b|\b(?:named|appointed|tapped|designated|picked|chosen)\b[^;]{0,60}\b(?:lead|head|envoy|negotiator|counterpart|representative|chair)\b|\bdelegation (?:will be )?(?:led|headed) by\b|\bdelegations?\b[^;]{0,60}\b(?:will|would|is to|are to|set to) be (?:led|headed|chaired) by\b|\bcounterpart\b[^;]{0,30}\bnot (?:yet )?been named\b|(?:率团|牵头|担任[^；]{0,10}(?:团长|代表)|任命[^；]{0,20}(?:特使|代表|负责人))/i,
  },
];

const summit = { near: "document", parties: "leaders" } as const;

/** Meetings of the leaders in which AI came up. */
export const SUMMIT_PATTERNS: readonly Pattern[] = [
  {
    type: "summit.scheduled",
    near: "nearby",
    parties: "leaders",
    future: true,
    words:
      /\b(?:will|plans? to|planning|planned|set to|due to|agreed to|scheduled to|expected to|scheduled for) (?:\w+ ){0,3}?(?:visit|meet|hold|host|travel to|state visit|exchange of visits|summit)\b|\b(?:[Ss]ummit|[Mm]eeting|[Vv]isit|[Cc]all)\b[^;]{0,80}\b(?:is|are|was|were|has been) (?:scheduled|set|planned|due|slated|fixed) (?:for|to|on)\b|将(?:于[^；]{0,20})?(?:对[^；]{0,12}进行[^；]{0,6})?(?:访问|国事访问|会晤|举行会晤|会面)/i,
  },
  {
    ...summit,
    type: "summit.held",
    words:
      /\b(?:held|holding|concluded|wrapped up|hosted|had|finished)\b[^;]{0,60}\b(?:summit|(?:face-to-face |bilateral |several hours of )?meetings?|talks|(?:phone |telephone |video )?call|conversations?)\b[^;]{0,20}\b(?:with|between|in|on)\b|\b(?:met|sat down|spoke)(?= (?:with|by|over|today|yesterday|on (?:the|\w+day)|in|at|for|again|face|this|here)\b)|\b(?:official|state) visit (?:of|by|to)\b/i,
  },
  {
    ...summit,
    type: "summit.held",
    words: /(?:举行|进行)了?[^；]{0,12}(?:会晤|会谈|通话)|会见了?|(?<!将)同[^；]{0,25}(?:会晤|通电话|举行会谈)|通电话/,
  },
];
