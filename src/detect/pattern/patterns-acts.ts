import type { Pattern } from "./pattern.ts";
import { TRACK_TWO } from "./patterns-talks.ts";

const CONTROL =
  "(?:export controls?|controls|restrictions?|curbs|bans?|licen[cs](?:e|ing) (?:requirements?|polic(?:y|ies))|sanctions|tariffs|Entity List|investment (?:rule|ban|screening)|investments|exports?|sales?|shipments?)";

/** A standing body of both sides, by its common noun: "a joint working group on AI risk". */
const JOINT_BODY =
  "(?:working[- ]group|task[- ]force|(?:joint|expert|bilateral|standing) (?:commission|committee|panel|group|secretariat|cent(?:er|re)))";
/** Somebody of a country who does not speak for it: "a US company pledged". */
const PRIVATE =
  /\b(?:compan(?:y|ies)|firms?|start-?ups?|universit(?:y|ies)|labs?|laborator(?:y|ies)|researchers?|scientists|scholars|schools?|students|investors|developers?|makers?|museum|think[- ]tanks?|lawmakers?|senators?|analysts?)\b[^;,]{0,40}\b(?:committed|pledged|promised|vowed|undert(?:ook|akes)|propos(?:ed|es)|called|declined|refused)\b|(?:公司|企业|大学|学者|专家|研究院)[^；，。]{0,10}(?:承诺|提议|建议|倡议|拒绝)/i;
/** What is promised, where it is plain that it belongs to the talks: openness, tests, restraint, meetings. */
const OF_THE_TALKS =
  "(?:publish|share|disclose|exchange|notify|inform|convene|host|hold|refrain|not|submit|test|evaluate|keep|maintain|limit|pause|join|sign|consult|give|grant|allow|open)";
/** What is promised that is of AI, where the sentences around it name AI. */
const OF_AI =
  /\b(?:test(?:s|ing)?|evaluations?|models?|incidents?|safety|red-team\w*|weights|algorithms?|safeguards|guardrails|systems?)\b|测试|评估|模型|安全|算法/i;

/** Agreements, commitments, proposals, institutions and votes. */
export const AGREEMENT_PATTERNS: readonly Pattern[] = [
  {
    type: "multilateral.non-signature",
    near: "nearby",
    parties: "both-or-process",
    words:
      /\b(?:declin(?:ed|es|ing)|refus(?:ed|es|ing|al)) to (?:sign|endorse|join|support)\b|\bdid not (?:sign|endorse)\b|\bdidn't (?:sign|endorse)\b|(?:未|没有|拒绝)(?:签署|联署|签字)/i,
  },
  {
    type: "multilateral.non-signature",
    near: "sentence",
    parties: "side",
    unless: PRIVATE,
    words:
      /\b(?:declin(?:ed|es)|refus(?:ed|es)) to (?:sign|endorse|back|approve)\b[^;]{0,50}\b(?:declaration|communiqu[eé]|statement|pledge|treaty|convention|code of conduct|accord|charter)\b|(?:未|没有|拒绝)(?:签署|联署)[^；]{0,25}(?:宣言|声明|公报|公约|条约)/i,
  },
  {
    type: "institution.created",
    near: "sentence",
    parties: "both",
    words: new RegExp(
      `\\b(?:established|set up|created|formed|launched|inaugurated)\\b (?:an? |the |their |its )?(?:\\w+[ -]){0,4}?${JOINT_BODY}\\b|\\b${JOINT_BODY}\\b[^;:?!]{0,60}\\b(?:was|were|has been|have been) (?:\\w+ )?(?:established|set up|created|formed|launched|inaugurated)\\b|(?:成立|设立|组建|建立)了?[^；。]{0,20}(?:工作组|专家组|联合委员会|秘书处)`,
      "i",
    ),
  },
  {
    type: "agreement.joint-statement",
    near: "nearby",
    parties: "both-or-process",
    words:
      /\b(?:issued|released|signed|adopted|endorsed|published|agreed (?:on|to))\b[^;]{0,50}\b(?:joint (?:statement|declaration|communiqu[eé])|declaration)\b|\b(?:joint (?:statement|declaration|communiqu[eé])|Declaration)\b,?[^;]{0,40}\b(?:was |were )?(?:issued|released|signed|adopted|endorsed) (?:by|at|on|in|after)\b|(?:发表|签署|通过|发布)了?[^；]{0,25}(?:联合声明|联合公报|宣言)/i,
  },
  {
    type: "agreement.understanding",
    near: "nearby",
    parties: "both",
    words:
      /\b(?:leaders|presidents|sides|governments|countries|nations|parties|heads of state|Biden|Trump|Xi|Beijing|China)\b[^;]{0,60}\b(?:affirmed|agreed (?:that|on|upon)|concurred|reached (?:an? |a |the )?(?:\w+ ){0,3}(?:understandings?|consensus|agreements?)|shared the view)\b|\breached (?:an? )?(?:\w+ ){0,3}(?:understanding|consensus)\b|达成(?:了)?[^；]{0,12}(?:共识|谅解|一致)|一致认为|一致同意|双方(?:都)?(?:同意|确认)/i,
  },
  {
    type: "commitment.made",
    near: "sentence",
    parties: "both-or-process",
    promise: true,
    words:
      /\b(?:(?:has |have |had )?committed to (?!\w+ing\b)(?!the\b|a\b|an\b|our\b|this\b|its\b)|pledged to |promised to |vowed to |undert(?:ook|akes) to |agreed to (?!launch|start|open|hold|resume|meet))[a-z]+|承诺(?:将|要|不)?|(?:双方|两国|中美)[^；]{0,10}同意/i,
  },
  {
    type: "commitment.made",
    near: "sentence",
    parties: "side",
    promise: true,
    unless: PRIVATE,
    words: new RegExp(
      `\\b(?:committed (?:itself )?to |pledged to |promised to |vowed to |undert(?:ook|akes) to )${OF_THE_TALKS}\\b|承诺[^；。，]{0,30}(?:共享|公布|发布|通报|公开|披露|举办|主办|签署|限制|测试|评估)`,
      "i",
    ),
  },
  {
    type: "commitment.made",
    near: "sentence",
    parties: "side",
    promise: true,
    negates: true,
    unless: PRIVATE,
    words: /\b(?:committed|pledged|promised|vowed|undert(?:ook|akes)) (?:itself )?not to [a-z]+|承诺(?:将)?不/i,
  },
  {
    type: "commitment.made",
    near: "beside",
    parties: "both-or-process",
    promise: true,
    with: OF_AI,
    words:
      /\b(?:(?:has |have |had )?committed (?:itself |themselves )?to (?!\w+ing\b)(?!the\b|a\b|an\b|our\b|this\b|its\b)|pledged to |promised to |vowed to |undert(?:ook|akes) to )[a-z]+|承诺(?:将|要|不)?/i,
  },
  {
    type: "commitment.made",
    near: "sentence",
    parties: "both-or-process",
    promise: true,
    words:
      /\b(?:will|would) (?:convene|host|organi[sz]e|call)\b[^;:?!]{0,50}\b(?:summit|conference|forum)\b|将(?:主办|召集|举办|召开)[^；。]{0,25}(?:峰会|大会|论坛)/i,
  },
  {
    type: "proposal.tabled",
    near: "sentence",
    parties: "side",
    unless: PRIVATE,
    words:
      /\b(?:propos(?:ed|es)|called for) (?:that |to )?(?:the |an? )?(?:creat(?:ing|ion of|e)|establish(?:ing|ment of)?|set(?:ting)? up|found(?:ing)?|launch(?:ing)?)\b[^;:?!]{0,30}\b(?:world|global|international|multilateral|UN|United Nations)\b[^;:?!]{0,40}\b(?:organi[sz]ation|body|agency|institution|centre|center|mechanism|forum|fund|panel|framework|treaty)\b|(?:提议|倡议|建议|提出)[^；。]{0,12}(?:成立|建立|设立|创建|组建)[^；。]{0,12}(?:世界|全球|国际)[^；。]{0,16}(?:组织|机构|机制|论坛|基金|平台)/i,
  },
  {
    type: "proposal.tabled",
    near: "nearby",
    parties: "both-or-process",
    words:
      /\b(?:put(?:s|ting)? forward|tabl(?:ed|es)|submitted|unveiled|presented|made) (?:an? |its |their |the |this |new |\w+ ){0,3}(?:proposals?|initiatives?)\b|\b(?:has |have |also )?proposed (?:that|to|a|an|the|setting|establishing|creating|building)\b|\bpropos(?:es|ing) (?:that|to|a|an|setting|establishing|creating)\b|\bcall(?:ed|s) (?:on both|for (?:the )?(?:establishment|creation|launch))\b|(?:提出|倡议|建议)[^；]{0,20}(?:倡议|方案|建立|设立|成立|制定|构建)/i,
  },
  {
    type: "multilateral.vote",
    near: "nearby",
    parties: "both-or-process",
    words:
      /\b(?:General Assembly|Security Council|United Nations|UN|U\.N\.)\b[^;]{0,80}\b(?:adopted|approved|passed|voted|appointed)\b|\b(?:adopted|approved|passed) by (?:the )?(?:General Assembly|UN|United Nations)\b|\bvoted (?:against|for|in favou?r)\b|(?:联大|联合国大会|安理会|联合国)[^；]{0,40}(?:通过|表决)/i,
  },
  {
    type: "track2.outcome",
    near: "nearby",
    parties: "both-or-process",
    with: TRACK_TWO,
    words:
      /\b(?:produced|published|issued|released|agreed|concluded|held|convened|hosted|met|gathered|wrapped up|completed|statement|took place)\b|发布|共识|报告|举行|召开|进行|结束/,
  },
  {
    type: "track2.outcome",
    near: "nearby",
    parties: "both-or-process",
    words:
      /\b(?:IDAIS|International Dialogues on AI Safety)\b[^;]{0,100}\b(?:produced|published|issued|released|agreed|concluded|statement)/,
  },
  {
    type: "institution.created",
    near: "sentence",
    parties: "one-side",
    words:
      /\b(?:launch(?:ed|es)|establish(?:ed|es)|set up|inaugurat(?:ed|es)|founded|creat(?:ed|es)|unveiled)\b[^;]{0,40}\b(?:Association|Institute|Organi[sz]ation|Panel|Forum|Office|Cent(?:er|re)|Dialogue on AI Governance|Global Dialogue|Network|Council|Commission)\b|(?:成立|设立|启动|揭牌)了?[^；]{0,30}(?:协会|研究院|组织|机构|机制|委员会|中心)/,
  },
];

const control = { near: "sentence", parties: "both", chips: true } as const;

/** Comes first: what is announced against controls is no new control. */
const COUNTERMEASURE: Pattern = {
  ...control,
  type: "countermeasure",
  words:
    /\b(?:retaliat(?:ed|es|ing)|(?:announc(?:ed|es)|took|taken|impos(?:ed|es)|adopt(?:ed|s)|launch(?:ed|es)|unveil(?:ed|s)) (?:\w+ ){0,3}(?:countermeasures|counter-measures|retaliatory (?:measures|controls|restrictions|tariffs|sanctions)))\b[^;]{0,120}|\b(?:hit|hits|struck|strikes) back (?:at|against)\b|\bin retaliation (?:for|against|to)\b|\bblocked the (?:acquisition|merger|purchase)\b|(?:采取|实施|宣布|公布|出台)[^；]{0,16}反制|不可靠实体清单/i,
};

/** Controls on technology, the answers to them, and charges of theft. */
export const CONTROL_PATTERNS: readonly Pattern[] = [
  COUNTERMEASURE,
  {
    ...control,
    type: "control.proposed",
    promise: true,
    words: new RegExp(
      `\\b(?:propos(?:ed|es|ing)|introduc(?:ed|es)|advanc(?:ed|es) (?=(?:the |a )?(?:\\w+ ){0,5}(?:bill|legislation|Act|rule))|consider(?:s|ed|ing)|weigh(?:s|ed|ing)|draft(?:ed|s|ing)?|plan(?:s|ned|ning)? to|(?:is |are )?(?:expected|set|preparing|poised) to|threaten(?:s|ed|ing)?)\\b[^;]{0,90}\\b(?:rules?|bill|legislation|Act|executive order|restrict|ban|regulat\\w+|limit|tighten|${CONTROL})\\b|(?:拟|考虑|草案|计划)[^；]{0,25}(?:管制|限制|禁令|制裁)`,
      "i",
    ),
  },
  {
    ...control,
    type: "control.eased",
    words: new RegExp(
      `\\b(?:eas(?:ed|es|ing)|lift(?:ed|s|ing)|rescind(?:ed|s|ing)|relax(?:ed|es|ing)|loosen(?:ed|s|ing)|revok(?:ed|es|ing)|withdr(?:ew|awn)|allow(?:ed|s|ing)|approv(?:ed|es|ing)|clear(?:ed|s)|permit(?:ted|s|ting))\\b[^;]{0,60}\\b${CONTROL}\\b|\\bcase-by-case\\b|(?:放宽|取消|解除|批准)[^；]{0,25}(?:管制|限制|出口|销售|禁令)`,
      "i",
    ),
  },
  {
    ...control,
    type: "control.imposed",
    words: new RegExp(
      `\\b(?:add(?:ed|s|ing)|plac(?:ed|es|ing)|put)\\b[^;]{0,80}\\bEntity List\\b|\\b(?:impos(?:ed|es|ing)|announc(?:ed|es|ing)|introduc(?:ed|es|ing)|issu(?:ed|es|ing)|publish(?:ed|es)|tighten(?:ed|s|ing)|expand(?:ed|s|ing)|sign(?:ed|s)|enact(?:ed|s)|implement(?:ed|s)|bann(?:ed|ing)|restrict(?:ed|s)|prohibit(?:ed|s))\\b[^;]{0,60}\\b${CONTROL}\\b|\\b${CONTROL}\\b[^;]{0,60}\\b(?<!to be |not )(?:imposed|announced|introduced|tightened|enacted)\\b(?= (?:by|on|for|against|in|this|last|today)\\b|[.,]|$)|(?:列入|加入)[^；]{0,15}实体清单|(?:实施|出台|发布|收紧|升级)[^；]{0,25}(?:出口管制|管制|限制措施|禁令)`,
      "i",
    ),
  },
  {
    ...control,
    type: "control.maintained",
    words: new RegExp(
      `\\b(?:continu(?:e|es|ed|ing) to (?:impose|enforce|apply)|maintain(?:s|ed|ing)?|keep(?:s|ing)?|kept)\\b[^;]{0,50}\\b${CONTROL}\\b|\\b${CONTROL}\\b[^;]{0,30}\\b(?:remain|stay|will stay) in (?:place|force|effect)|继续(?:实施|维持|执行)[^；]{0,20}(?:管制|限制)`,
      "i",
    ),
  },
  {
    ...control,
    type: "accusation",
    words:
      /\b(?:accus(?:ed|es|ing)|alleg(?:ed|es|ing)|charg(?:ed|es|ing) (?:that|China|the))\b[^;]{0,120}\b(?:steal|stole|theft|distill\w*|espionage|misus\w+|illicit\w*|smuggl\w+|violat\w+|industrial-scale)|(?:指责|指控|诬蔑|抹黑)[^；]{0,40}(?:窃取|盗取|蒸馏|滥用|技术)/i,
  },
];

/** Who makes rules for a whole country. */
const LAWGIVER =
  /\b(?:State Council|National People's Congress|NPC|Cyberspace Administration|White House|President|Congress|Senate|House of Representatives|Commerce Department|Department of Commerce)\b|国务院|全国人大|人大常委会|网信办|白宫|美国国会|参议院|众议院|总统/;

/** What is published or said: documents, denials, silence, positions. */
export const WORD_PATTERNS: readonly Pattern[] = [
  {
    type: "domestic.rule",
    near: "sentence",
    parties: "one-side",
    words:
      /\b(?:signed|issued|enacted|repealed|revoked|adopted|passed)\b[^;]{0,50}\b(?:executive order|EO|Act|law|measures|regulations?)\b|\b(?:executive order|Action Plan)\b[^;]{0,60}\b(?:signed|issued|released|repealed|revoked|took effect)\b|\breleased\b[^;]{0,30}\bAI Action Plan\b|(?:出台|颁布|施行|签署)[^；]{0,30}(?:法案|办法|行政令|行动计划|条例)/,
  },
  {
    type: "domestic.rule",
    near: "sentence",
    parties: "side",
    with: LAWGIVER,
    unless: /\b(?:lawmakers|legislature|governor|state (?:senate|house|assembly))\b|[省市](?:政府|人大)/i,
    words:
      /\b(?:released|published|issued|unveiled|adopted|passed|approved|enacted|submitted|signed)\b[^;:?!]{0,40}\b(?:draft (?:AI |artificial intelligence )?law|(?:AI|[Aa]rtificial [Ii]ntelligence) (?:[Ll]aw|[Aa]ct|[Bb]ill|[Rr]egulations?|[Mm]easures)|executive order|draft of (?:an?|the) (?:AI|[Aa]rtificial [Ii]ntelligence) (?:[Ll]aw|[Aa]ct))\b|(?:发布|公布|出台|颁布|通过|审议通过|印发|签署)了?《[^》]{0,20}(?:人工智能|算法|大模型)[^》]{0,20}(?:法|条例|办法|规定)[^》]{0,8}》/,
  },
  {
    type: "document.published",
    near: "sentence",
    parties: "both-or-process",
    words:
      /\b(?:released|published|issued|unveiled)\b[^;]{0,60}\b(?:report|white paper|guidelines?|framework|action plan|initiative|principles|commentary|assessment)\b|(?:发布|印发|发表)了?[^；]{0,40}(?:报告|白皮书|指南|倡议|框架|行动计划|文件)/i,
  },
  {
    type: "document.published",
    near: "nearby",
    parties: "both-or-process",
    spoken: true,
    words:
      /\b(?:wrote|writes|argued|argues|said) in an? (?:recent |new )?(?:[\w.]+ ){0,4}(?:commentary|report|paper|article|op-ed|essay|brief)\b/i,
  },
  {
    type: "statement.contradicted",
    answers: true,
    near: "nearby",
    parties: "both",
    spoken: true,
    words:
      /\b(?:den(?:ied|y|ies) (?:that|the|any|an?|claims?|media|news|rumou?rs|suggestions?|reports?)|(?:report|claim|story)s?\b[^;]{0,30}\b(?:is|are|was|were) (?:not true|untrue|false|inaccurate|wrong))\b|否认|不属实|与事实不符|纯属/i,
  },
  {
    type: "silence.no-comment",
    answers: true,
    near: "nearby",
    parties: "both",
    spoken: true,
    words:
      /\b(?:no comment (?:on|about|regarding)|(?:have|had|has|is|was) no (?:\w+ )?(?:information|comment|announcement)|(?:don't|do not|didn't|did not) have (?:\w+ ){0,3}(?:information|comment|to announce|to share|to preview|to read out)|(?:won't|not going to|wouldn't|will not) (?:\w+ )?(?:get ahead of|comment|preview|speculate)|(?:declined|refused) to (?:comment|confirm|elaborate)|refer you to)\b|没有可以提供的信息|没有(?:更多|进一步)?(?:信息|消息)(?:可以)?(?:提供|发布|补充)|不掌握|不了解(?:具体|有关|你提到的)?情况|向(?:中方)?(?:主管|有关)部门(?:了解|询问)|不予置评|不作评论/i,
  },
  {
    type: "leak.report",
    near: "nearby",
    parties: "both",
    words:
      /\b(?:people|person|sources?|officials?|individuals?) (?:familiar with|briefed on|close to|with knowledge of)\b|\bsources (?:said|say|told)\b|知情人士|消息人士/i,
  },
  {
    type: "readout.published",
    near: "nearby",
    parties: "both",
    words:
      /\b(?:said|told|emphasi[sz]ed|stressed|confirmed|noted|announced)\b[^;]{0,60}\b(?:at|during|in) (?:a |the |an )?(?:\w+ ){0,3}(?:news|press) (?:briefing|conference)|\b[Aa]t (?:a|the|an) (?:[\w.]+ ){0,4}(?:news|press) (?:briefing|conference)\b|例行记者会上|答记者问时/,
  },
  {
    type: "position.stated",
    near: "nearby",
    parties: "both-or-process",
    evenBeside: true,
    words:
      /\b(?:came out in (?:strong |open |clear )?(?:opposition|support)|voiced (?:strong |its |their )?(?:opposition|support|objections?)|(?:has |have |had )?aligned (?:itself |themselves )?(?:closely )?with\b[^;]{0,80}\bto (?:back|support|oppose)|(?:strongly |openly |publicly )(?:backed|opposed|rejected))\b|(?:公开|明确|强烈)(?:反对|支持)/i,
  },
  {
    type: "position.stated",
    near: "sentence",
    parties: "both-or-process",
    spoken: true,
    words:
      /\b(?:oppos(?:es|ed)|strongly oppose|support(?:s|ed) (?:the|a|an|efforts)|reject(?:s|ed)?|(?:has|have|had) expressed concerns?|(?:is|are|was|were) (?:wary of|concerned about|opposed to)|came out in (?:strong )?(?:opposition|support)|stands? ready to|is willing to|urg(?:es|ed))\b|反对|支持|主张|愿(?:同|与)|敦促|呼吁/i,
  },
];
