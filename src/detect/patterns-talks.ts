import type { Pattern } from "./pattern.ts";

const TALKS =
  "(?:dialogues?|talks|consultations?|negotiations?|discussions?|protocol|(?:communication )?channels?|working group|exchanges? (?:on|about)|meetings? (?:on|about)|mechanism)";
/** At most this much of one clause between two words that belong together. */
const gap = (most: number) => `[^;:?!]{0,${most}}?`;
const gapZh = (most: number) => `[^；？！]{0,${most}}?`;
const TALKS_ZH = "(?:对话|会谈|磋商|谈判|交流机制|沟通机制|沟通渠道|工作组)";
const en = (source: string) => new RegExp(`\\b${source}`, "i");

/** What makes a bare verb a decision taken. */
const DECIDED = "(?:decided to|decision to|agreed to|announced (?:that )?(?:it|they|he|she) (?:will|would)|will)";
/** What is called after talks and is none: "an Institute for AI Dialogue". */
const NO_BODY =
  "(?![^;:?!]{0,40}\\b(?:Institute|Association|Cent(?:er|re)|Office|Council|Commission|Panel|Network|Fund|Forum) (?:for|of|on)\\b)";

const talks = { near: "sentence", parties: "both" } as const;

/** Talks on AI: from "agreed to launch" to "postponed". First match wins where two match the same words. */
export const TALKS_PATTERNS: readonly Pattern[] = [
  {
    ...talks,
    type: "talks.suspended",
    words: en(
      `(?:(?:suspend(?:ed|s|ing)|cancel(?:led|ed|s|ling)|halt(?:ed|s|ing)|froze|frozen|freez(?:es|ing)|call(?:ed|s|ing) off|broke(?:n)? off|${DECIDED} (?:suspend|cancel|halt|freeze|call off|break off))\\b${gap(60)}\\b${TALKS}|${TALKS}\\b${gap(60)}\\b(?:(?:was|were|been|is|are) (?:suspended|cancel(?:l)?ed|halted|frozen|called off|broken off)))`,
    ),
  },
  {
    ...talks,
    type: "talks.postponed",
    words: en(
      `(?:(?:postpon(?:ed|es|ing)|delay(?:ed|s|ing)|push(?:ed|es|ing) back|put(?:s|ting)? off|${DECIDED} (?:postpone|delay|push back|put off))\\b${gap(60)}\\b${TALKS}|${TALKS}\\b${gap(60)}\\b(?:(?:was|were|been|is|are) (?:postponed|delayed|pushed back|put off)))`,
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
    words: new RegExp(`(?:中止|暂停|取消|中断)${gapZh(20)}${TALKS_ZH}|${TALKS_ZH}${gapZh(12)}(?:中止|暂停|取消|中断)`),
  },
  {
    ...talks,
    type: "talks.postponed",
    words: new RegExp(`(?:推迟|延期|延后)${gapZh(20)}${TALKS_ZH}|${TALKS_ZH}${gapZh(12)}(?:推迟|延期|延后)`),
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
      `(?:将于|定于|拟于|计划于|将在)${gapZh(40)}(?:举行|召开|举办|开展)${gapZh(40)}(?:${TALKS_ZH}|会议)|${TALKS_ZH}${gapZh(20)}(?:将于|定于|将在)${gapZh(30)}(?:举行|召开)`,
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
      /\b(?:no (?:concrete |formal |binding |joint |specific )?(?:agreements?|deals?|outcomes?|commitments?|statement|breakthroughs?)\b[^;]{0,40}\b(?:announced|reached|signed|issued|emerged|produced|made)|(?:ended|concluded|closed)\b[^;]{0,40}\bwithout (?:an? |any )?(?:\w+ )?(?:agreement|deal|outcome|statement)|nothing (?:was )?signed)\b|(?:未|没有)(?:能)?(?:达成|发表|公布|签署)[^；]{0,12}(?:协议|声明|成果|共识)/i,
  },
  {
    type: "envoy.named",
    promise: true,
    near: "nearby",
    parties: "both",
    words:
      /\b(?:will|to|would|set to) (?:co-)?(?:lead|head|chair)\b[^;]{0,60}\b(?:delegation|talks|dialogue|team|side|negotiations|discussions)\b|\b(?:named|appointed|tapped|designated|picked|chosen)\b[^;]{0,60}\b(?:lead|head|envoy|negotiator|counterpart|representative|chair)\b|\bdelegation (?:will be )?(?:led|headed) by\b|\bcounterpart\b[^;]{0,30}\bnot (?:yet )?been named\b|(?:率团|牵头|担任[^；]{0,10}(?:团长|代表)|任命[^；]{0,20}(?:特使|代表|负责人))/i,
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
