/** Words that say a sentence is about artificial intelligence ("AI" only in capitals: "ai" is a syllable elsewhere). */
const AI =
  /(?<![\p{L}\p{N}])(?:A\.?I\.?(?![\p{L}\p{N}])(?!-?generated image)|[Aa]rtificial[ -][Ii]ntelligence|ARTIFICIAL INTELLIGENCE|[Ff]rontier models?|[Ll]arge language models?)|人工智能|人工智慧|大模型|(?<![A-Za-z])AI(?![A-Za-z])/u;

/** Chips and the controls on them: the other half of the same quarrel. */
const CHIPS =
  /\b(?:advanced|AI|high-end|cutting-edge) (?:semi-?conductors?|chips?|computing)|\bsemiconductors?\b|\bmicroelectronics\b|\bH[12]00s?\b|\bH20s?\b|\bA100s?\b|\bNvidia\b|\bGPUs?\b|\bchips?[- ](?:export|exports|controls?|curbs?|sales?|bans?|restrictions?|makers?|making)\b|\bmodel weights\b|\bsensitive technolog(?:y|ies)\b|芯片|半导体|算力|集成电路/iu;

/** International processes on AI in which both sides have a seat. */
const PROCESS =
  /Global Dialogue on (?:AI|Artificial Intelligence)|(?:Independent International )?Scientific Panel on (?:AI|Artificial Intelligence)|\b(?:General Assembly|Security Council|United Nations)\b|\bUN\b|\bU\.N\.|Bletchley|Seoul Declaration|New Delhi Declaration|AI (?:Safety|Seoul|Action|Impact) Summit|[Gg]lobal (?:summit on AI|AI summit)|World (?:AI|Artificial Intelligence) (?:Conference|Cooperation Organi[sz]ation)|\bWAICO?\b|\bREAIM\b|\b[Gg]lobal (?:AI|[Aa]rtificial [Ii]ntelligence) [Gg]overnance\b|\b(?:AI|[Aa]rtificial [Ii]ntelligence) (?:[Dd]eclaration|[Tt]reaty|[Cc]onvention)\b|\b(?:[Dd]eclaration|[Tt]reaty|[Cc]onvention) on (?:AI|[Aa]rtificial [Ii]ntelligence)\b|\bAPEC (?:AI|Artificial)\b|\bIDAIS\b|联合国|联大|安理会|布莱切利|世界人工智能大会|世界人工智能合作组织|人工智能(?:安全|行动|影响力)?峰会|全球人工智能治理/u;

/** Words by which a sentence beside one about AI takes up the same matter. */
const TAKES_UP =
  /\b(?:the|this|that|these|those|such|its) (?:commitment|technolog(?:y|ies)|systems?|models?|dialogue|talks|channel|meeting|proposal|declaration|statement|text|resolution)\b|\bnuclear weapons?\b|\bhuman control\b|\bsign (?:it|them)\b|核武器|人类控制|这一(?:技术|对话|机制|倡议)|该(?:技术|对话|机制|倡议|声明)|上述对话/iu;

/** Tells whether words name artificial intelligence. */
export function namesAi(words: string): boolean {
  return AI.test(words);
}

/** Tells whether words name chips or other technology under export control. */
export function namesChips(words: string): boolean {
  return CHIPS.test(words);
}

/** Tells whether words name an international process on AI. */
export function namesProcess(words: string): boolean {
  return PROCESS.test(words);
}

/** Tells whether words refer back to the matter of the sentence beside them. */
export function takesUp(words: string): boolean {
  return TAKES_UP.test(words);
}
