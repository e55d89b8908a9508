import type { Pattern } from "./pattern.ts";

/** At most this much of one clause between two words that belong together. */
const gap = (most: number) => `[^;:?!]{0,${most}}?`;
const gapZh = (most: number) => `[^；。？！]{0,${most}}?`;
const en = (source: string) => new RegExp(source, "i");

/** What is released and misused; the sentence or the one beside it says that it is AI. */
const MODEL =
  "(?:models?|chatbots?|weights|(?:AI|artificial[- ]intelligence) (?:systems?|agents?|assistants?|tools?|apps?|services?|features?))";
const AI = `(?:(?:an? |its |their )?(?:AI|artificial intelligence)|${MODEL}|deepfakes?|deepfaked|voice[- ]clon\\w+)`;
/** Words up to the thing itself; "suspended talks on AI models" suspends no model. */
const ITS = `(?:(?!(?:of|on|about|with|for|in|talks|sales?|exports?|details?|data|report)\\b)[\\w'.-]+ ){0,6}`;
const THING = `(?:release|launch|roll-?out|deployment|public access|access|availability|${MODEL})`;
const HELD =
  "(?:withheld|paused|halted|suspended|delayed|postponed|shelved|rolled back|held back|blocked|pulled|disabled)";

const NO_EVENT = "summits?|institutes?|conferences?|reports?|bills?|acts?|networks?|fund";
/** A danger, or an order: without one a release is late for reasons that drive no talks. */
const DANGER = `(?:risks?|dangers?|dangerous(?:ly)?|safety|security|hack\\w*|misus\\w+|abus\\w+|cyber\\w*|attacks?|weapons?|bioweapons?|pathogens?|vulnerabilit\\w+|harm\\w*|threats?|deepfakes?)\\b(?! (?:${NO_EVENT}))`;
const REASON = new RegExp(
  `\\b(?:because|over|due to|owing to|citing|cited|after|amid|out of|for|given|saying|said)\\b${gap(80)}\\b${DANGER}|\\b(?:ordered|on (?:the )?orders? (?:of|from)|by order of|at the request of|after an order|court|injunction|regulators?|watchdog|directive)\\b`,
  "i",
);
const REASON_ZH =
  /(?:因|由于|出于|鉴于|考虑到|担心|以防|为防)[^；。]{0,30}(?:风险|安全|危险|滥用|攻击|漏洞|隐患|武器)|责令|勒令|(?:监管|主管)(?:部门|机构)|法院|应[^；。]{0,12}要求|(?:风险|漏洞|隐患)[^；。]{0,12}(?:为由|之故)/;

const MISUSER =
  /\b(?:hackers?|attackers?|cyber-?criminals?|criminals?|fraudsters?|scammers?|swindlers?|thieves|spies|extremists?|terrorists?|suspects?|impostors?|impersonators?|operatives|trolls|intruders?|(?:hacking|criminal|extremist|terrorist|spy|fraud|ransomware|state-(?:backed|sponsored|linked))[\w -]{0,20}(?:groups?|gangs?|networks?|rings?|operators?|units?|actors?)|malicious actors?|threat actors?|unknown (?:persons|people|actors?))\b/i;
const HARMED =
  "(?:attack(?:ed)?|break into|broke into|breach|hack(?: into)?|steal|infiltrate|spy on|extort|blackmail|scam|defraud|swindle|impersonate|pose as|interfere (?:in|with)|meddle in|sabotage|cripple|deceive voters|mislead voters|suppress voters)";
const HARM =
  "(?:cyber-?attacks?|hacks?|hacking|break-ins?|intrusions?|ransomware|malware|malicious code|phishing|espionage|disinformation|frauds?|scams?|bombs?|explosives?|bioweapons?|nerve agents?|pathogens?|blackmail|extortion|voters?|elections?|influence (?:operations?|campaigns?)|thefts?|robocalls?)";
const TO_HARM = `(?:to (?:\\w+ ){0,2}?${HARMED}|(?:to|in|for|into)\\b${gap(50)}\\b${HARM})\\b`;
const HARM_ANYWHERE = new RegExp(`\\b(?:${HARM}|${HARMED})\\b`, "i");

/** Words of charges, trials, rules and habits: no event. */
const UNREAL =
  "accus\\w+|alleg(?:e|es|ed|ing|ations?)|in (?:an? |the )?(?:\\w+ )?(?:tests?|simulations?|exercises?|drills?|experiments?)|red[- ]team\\w*|simulat\\w+|exercise|drill|films?|novel|fiction\\w*|hypothetical\\w*|scenarios?|such as|for example|whenever|sometimes|often|increasingly|routinely|regularly|typically|generally|every (?:day|week|month|year)|each year|per ?cent";
const NOT_HELD = new RegExp(`\\b(?:${UNREAL}|talks|dialogue|negotiations)\\b`, "i");
const NOT_DONE = new RegExp(
  `\\b(?:${UNREAL}|researchers|stud(?:y|ies)|survey\\w*|prevent\\w*|avoid\\w*|guard\\w*|protect\\w*|bills?|laws?|legislation|regulations?|requires?|must|should|guidelines?|frameworks?|treat(?:y|ies)|insurance)\\b|%`,
  "i",
);
const NOT_ZH =
  /可能|或将|恐将|防止|防范|避免|打击|严禁|禁止|不得|应当|应对|法案|条例|规定|办法|演练|模拟|试验中|研究人员|研究发现|指责|指控|每年|经常|日益|%|预案/;
const NOT_HELD_ZH = /可能|或将|演练|模拟|指责|指控|对话|会谈|谈判|出口|预案/;
/** Chinese has no past tense: what has happened is marked by an aspect, a day, or by how it came to light. */
const HAPPENED_ZH =
  /了|已|遭|被|日前|近日|今日|今天|昨日|昨天|\d日|上周|本周|发生|查获|破获|发现|披露|曝光|确认|导致|造成|致使|得手/;

const incident = { type: "incident.ai", near: "nearby", parties: "named", real: true } as const;
const withheld = { ...incident, topic: "frontier.guardrails", with: REASON, unless: NOT_HELD } as const;

/**
 * Real events with AI that may drive talks: a release held back for its danger or by order, a system misused, an accident, weights that
 * got out. Launches, charges, trials, wishes and rules about such events are none.
 */
export const INCIDENT_PATTERNS: readonly Pattern[] = [
  {
    ...withheld,
    words: en(
      `\\b(?:${HELD}|cancell?ed|withholds|withdrew|recalled|froze|took down|shut down|suspends|pauses|halts)\\b (?:${ITS}${THING}|(?:the |its |an? )?release)\\b|\\b${THING}\\b${gap(50)}\\b(?:was|were|has been|have been|is being|are being) (?:\\w+ )?(?:${HELD}|withdrawn|recalled|cancell?ed|taken down|shut down)\\b`,
    ),
  },
  {
    ...withheld,
    words: en(
      `\\bordered\\b${gap(60)}\\bto (?:withhold|suspend|withdraw|pause|pull|halt|disable|take down|recall|stop (?:offering|releasing|deploying))\\b ${ITS}${THING}\\b`,
    ),
  },
  {
    ...withheld,
    negates: true,
    words: en(
      `\\b(?:decid(?:ed|es) (?:not to|against)|declin(?:ed|es) to|refus(?:ed|es) to|chose not to|opted not to|will not|would not|won't) (?:publicly )?(?:releas(?:e|ing)|launch(?:ing)?|deploy(?:ing)?|roll(?:ing)? out) ${ITS}${MODEL}\\b`,
    ),
  },
  {
    ...withheld,
    with: REASON_ZH,
    unless: NOT_HELD_ZH,
    words: new RegExp(
      `(?:暂停|推迟|暂缓|延后|撤回|下架|叫停|停止|取消|中止|收回|搁置|限制)了?${gapZh(20)}(?:模型|人工智能(?:系统|应用|服务|产品)|聊天机器人|智能体)|(?:模型|人工智能(?:系统|应用|服务|产品)|聊天机器人|智能体)${gapZh(15)}(?:被|遭|已|宣布|决定)?(?:暂停|推迟|暂缓|撤回|下架|叫停|不予|暂不)(?:发布|上线|开放|部署|使用)?`,
    ),
  },
  {
    ...incident,
    topic: "tech.model-theft",
    unless: NOT_DONE,
    words: en(
      `\\b(?:model )?weights\\b${gap(50)}\\b(?:(?:was|were|has been|have been|had been) (?:\\w+ )?(?:leaked|stolen|exfiltrated|posted online)|leaked (?:online|onto|to))|\\b(?:leaked|stole|exfiltrated)\\b${gap(40)}\\bweights\\b`,
    ),
  },
  {
    ...incident,
    topic: "tech.model-theft",
    unless: NOT_ZH,
    with: HAPPENED_ZH,
    words: new RegExp(
      `权重${gapZh(12)}(?:泄露|泄漏|外泄|失窃|被盗|遭窃)|(?:泄露|泄漏|窃取|盗走|盗取)了?${gapZh(20)}权重`,
    ),
  },
  {
    ...incident,
    topic: "misuse.non-state-actors",
    unless: NOT_DONE,
    words: en(
      `\\b(?:misused|abused|hijacked|jailbroke|weaponi[sz]ed)\\b${gap(50)}\\b${AI}\\b${gap(50)}\\b${TO_HARM}|\\b${AI}\\b${gap(40)}\\b(?:was|were) (?:\\w+ )?(?:misused|abused|hijacked|jailbroken|weaponi[sz]ed)\\b${gap(50)}\\b${TO_HARM}|\\b${AI}\\b${gap(30)}\\b(?:was|were) used\\b${gap(40)}\\bto (?:\\w+ ){0,2}?${HARMED}\\b`,
    ),
  },
  {
    ...incident,
    topic: "misuse.non-state-actors",
    with: MISUSER,
    unless: NOT_DONE,
    words: en(
      `\\b(?:used|employed|exploited|manipulated|tricked|turned|relied on)\\b${gap(50)}\\b${AI}\\b${gap(50)}\\b${TO_HARM}`,
    ),
  },
  {
    ...incident,
    topic: "misuse.non-state-actors",
    with: HARM_ANYWHERE,
    unless: NOT_DONE,
    words: en(
      `\\b(?:disrupted|uncovered|detected|foiled|thwarted|dismantled|exposed|banned)\\b${gap(90)}\\b(?:used|using|misused|misusing|abused|abusing)\\b${gap(50)}\\b${AI}\\b`,
    ),
  },
  {
    ...incident,
    topic: "misuse.deepfakes-disinfo",
    unless: NOT_DONE,
    words: en(
      `\\b(?:(?:AI|artificial[- ]intelligence)[- ](?:driven|powered|generated|enabled|orchestrated|assisted|made|run) (?:[\\w-]+ ){0,3}(?:cyber-?attacks?|attacks?|ransomware|malware|worm|campaigns?|deepfakes?|robocalls?|videos?|audio|recordings?|voices?|images?)|deepfakes?(?: (?:videos?|audio|calls?|recordings?))?)\\b${gap(60)}\\b(?:hit|struck|disrupted|crippled|paraly[sz]ed|knocked|breached|tricked|duped|deceived|misled|impersonat(?:ed|ing)|imitat(?:ed|ing)|posed as|posing as|mimick(?:ed|ing)|told voters)\\b`,
    ),
  },
  {
    ...incident,
    topic: "misuse.non-state-actors",
    with: HAPPENED_ZH,
    unless: NOT_ZH,
    words: new RegExp(
      `(?:黑客|犯罪(?:团伙|分子|嫌疑人)|不法分子|诈骗(?:团伙|分子)|攻击者|嫌疑人|恐怖分子|间谍)${gapZh(25)}(?:利用|滥用|使用|借助|通过|操纵)${gapZh(25)}(?:人工智能|AI|大模型|模型|深度伪造|换脸|聊天机器人|智能体)${gapZh(30)}(?:攻击|入侵|窃取|诈骗|勒索|冒充|伪造|干扰选举|操纵选举|散布|制造(?:炸弹|武器|虚假)|盗取)|(?:人工智能|大模型|聊天机器人|智能体|深度伪造)${gapZh(20)}(?:被|遭)(?:黑客|不法分子|犯罪团伙|人)?(?:用于|用来|滥用|利用|劫持)${gapZh(25)}(?:攻击|入侵|窃取|诈骗|勒索|冒充|选举|炸弹|武器)`,
    ),
  },
  {
    ...incident,
    topic: "frontier.loss-of-control",
    unless: NOT_DONE,
    words: en(
      `\\b(?:AI|artificial[- ]intelligence)(?:[- ][\\w-]+){0,3}? (?:systems?|models?|agents?|drones?|weapons?|robots?|vehicles?|controllers?|software|tools?|chatbots?)\\b${gap(60)}\\b(?:malfunctioned|went out of control|escaped (?:its|from)|injured|killed \\w+ (?:people|persons|soldiers|workers|civilians|passengers)|deleted|wiped|misidentified|(?:caused|triggered|set off|led to)\\b${gap(40)}\\b(?:accidents?|outages?|blackouts?|crash(?:es)?|deaths?|injur\\w+|damage|(?:false |missile |nuclear )?(?:alarms?|alerts?|warnings?)|collisions?|casualt\\w+|breach(?:es)?|explosions?|shutdowns?|disruptions?))\\b`,
    ),
  },
  {
    ...incident,
    topic: "frontier.loss-of-control",
    with: HAPPENED_ZH,
    unless: NOT_ZH,
    words: new RegExp(
      `(?:人工智能|AI|大模型|智能体|自动驾驶)${gapZh(8)}(?:系统|模型|智能体|无人机|机器人|车辆|汽车|武器|软件)${gapZh(15)}(?:失控|故障|误判|误报|误伤|致死|致伤|(?:造成|导致|引发|触发)了?${gapZh(25)}(?:事故|伤亡|死亡|受伤|停电|瘫痪|警报|误报))`,
    ),
  },
];
