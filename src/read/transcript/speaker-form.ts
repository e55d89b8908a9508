const MODIFIER =
  "(?:THE|HIS|HER|SENIOR|FORMER|ACTING|DEPUTY|ASSISTANT|ASSOCIATE|PRINCIPAL|CHIEF|VICE|FIRST|SECOND|PRIME|FOREIGN|DEFEN[SC]E|FINANCE|STATE|UNDER|CROWN|HIGH|NATIONAL|SECURITY|ADMINISTRATION|ATTORNEY|SURGEON|LIEUTENANT|MAJOR|BRIGADIER|EXECUTIVE|MANAGING|CZECH|FEDERAL|LT\\.?|MAJ\\.?)";
const TITLE =
  "(?:M(?:R|S|RS|ISS|ME|X)|DRS?|PROF(?:ESSOR)?|PRESIDENT|PREMIER|MINISTER|CHANCELLOR|TAOISEACH|KING|QUEEN|PRINCE|PRINCESS|EMPEROR|EMIR|SULTAN|MAJESTY|HIGHNESS|EXCELLENCY|POPE|SECRETARY|SECRETARY-GENERAL|UNDERSECRETARY|AMBASSADOR|ENVOY|COMMISSIONER|ADMINISTRATOR|ADMINISTRATION|DIRECTOR|DIRECTOR-GENERAL|REPRESENTATIVE|REP|SENATOR|SEN|CONGRESS(?:WO)?MAN|SPEAKER|LEADER|WHIP|GOVERNOR|GOV|MAYOR|SHERIFF|JUDGE|JUSTICE|CHAIR|CHAIR(?:WO)?MAN|CHAIRPERSON|CHIEF|CEO|COUNSEL|COUNSELOR|ADVIS[EO]R|COORDINATOR|SPOKES(?:PERSON|MAN|WOMAN)|OFFICIALS?|GENERAL|GEN|ADMIRAL|ADM|COLONEL|COL|CAPTAIN|CAPT|COMMANDER|MAJOR|LIEUTENANT|SERGEANT|SGT|CORPORAL|LADY|GENTLEMAN|REV|REVEREND|PASTOR|BISHOP|ARCHBISHOP|CARDINAL|RABBI|IMAM|FATHER|SISTER|COACH|DEAN|PROVOST)";
const TITLED_CAPITALS = new RegExp(`^(?:${MODIFIER} )*${TITLE}\\.?(?: |$)`);
/** Mixed case is the form of any heading too, so fewer titles are taken there, and only before a name. */
const TITLED_MIXED =
  /^(?:(?:The|Vice|Prime|Foreign|Deputy|Acting|Under|First) )*(?:Mr|Ms|Mrs|Dr|President|Premier|Minister|Chancellor|Secretary|Secretary-General|Senator|Ambassador|Governor|King|Queen|Lady)\.? (?:(?:of|for) )?\p{Lu}/u;
const TITLE_ZH =
  "(?:总统|主席|总书记|总理|首相|部长|外长|国务卿|国务委员|大使|特使|秘书长|总干事|司长|局长|主任|发言人|教授|院长|所长|先生|女士)";
/** 罗文总统, 蓝桥部长: a name and its title, and nothing that is done. */
const TITLED_ZH = new RegExp(`^(?![会致给同与和对向就据在])\\p{Script=Han}{1,8}?${TITLE_ZH}$`, "u");
/** What may follow a name in its label: 蓝桥部长, "MARA LIND JR." */
const AFTER_NAME = new RegExp(`^(?:${TITLE_ZH}|,? (?:[JS]r|I{2,3}|IV))?[.)\\s]*$`, "iu");
const FOR_A_BODY = /\b(?:spokes\w+|officials?|secretary|minister|press)\b|发言人|负责人|官员/i;

/** Words that stand in headings and in no name: "WHAT WE DID", "KEY FACTS", "NOTE". */
const HEADING =
  /(?:^|[\s-])(?:a|an|are|as|at|be|but|by|can|did|do|does|for|from|had|has|have|how|if|in|is|it|its|it[’']s|must|no|not|on|or|our|should|than|that|their|they|this|to|up|was|we|were|what|when|where|which|who|why|with|you|your|about|actions?|agenda|announcements?|background|benefits?|caption|commitments?|conclusion|contacts?|copy|corrections?|credits?|dates?|details?|editor(?:[’']s)?|embargo(?:ed)?|examples?|excerpts?|facts?|figures?|findings?|following|goals?|headlines?|highlights?|impacts?|introduction|issues?|locations?|media|more|next|notes?|objectives?|overview|phase|photos?|places?|points?|principles?|priorit(?:y|ies)|problems?|progress|purpose|questions?|readout|references?|related|releases?|remarks|reports?|results?|schedule|sections?|solutions?|sources?|statements?|steps?|subject|summary|takeaways?|tags?|targets?|themes?|time|timeline|title|today|topics?|transcript|updates?|venue|video|warning|ps|re|cc|fyi)(?=[\s-]|$)/i;

/** What a label's own form tells of who speaks; `unsure` words may be a name or a heading. */
export type SpeakerForm = "titled" | "unsure" | "heading";

/** Tells a name with a title (`MR. ALDER`, `THE PRESIDENT`, `Senator Alder`, 蓝桥部长) from what may be a name and from a heading. */
export function speakerForm(name: string): SpeakerForm {
  if (/\p{Script=Han}/u.test(name)) return TITLED_ZH.test(name) ? "titled" : "unsure";
  const words = name.split(/[\s\u00a0]+/);
  const titled = (isCapitals(name) ? TITLED_CAPITALS : TITLED_MIXED).test(words.join(" "));
  // "UNDER SECRETARY FOR ENERGY ALDER" and "MR. DO" are people for all their small words; "PRESIDENT ALDER IS KEEPING HIS WORD" is none.
  const own = titled
    ? words.filter((word) => !/^(?:an|at|be|do|for|in|no|on|or|to|up)$/i.test(word)).join(" ")
    : words.join(" ");
  if (HEADING.test(own) || words.length > (titled ? 8 : 5)) return "heading";
  return titled ? "titled" : "unsure";
}

/**
 * Tells whether a label names somebody whole, where the name stands at `start` to `end` of it. "Friends of Norland" is not Norland, and
 * "ALDER ADMINISTRATION OFFICIAL" not Alder; who speaks for a body may be named by it.
 */
export function namesWhole(label: string, start: number, end: number, isPerson: boolean): boolean {
  if (isPerson) return AFTER_NAME.test(label.slice(end));
  return FOR_A_BODY.test(label) || (/^(?:the )?$/i.test(label.slice(0, start)) && end === label.length);
}

/** Tells words in capitals, such as transcripts print labels in; the small letters of McALDER and deALDER count as capitals. */
export function isCapitals(name: string): boolean {
  return (
    /[A-Z]{2}/.test(name) &&
    !/\p{Ll}/u.test(name.replace(/(?<!\p{L})(?:Mc|Mac|Fitz|[Dd]e|[Ll]a|[Ll]e|[Vv]an|[Vv]on|d)(?=\p{Lu})/gu, ""))
  );
}

const SMALL = /^(?:of|the|and|at|in|on|for|by|en|route|de|del|du|la|via|to|upon|aboard|with|as|&|–|—|-|\|)$/i;
const LONGEST_DATELINE = 200;

/**
 * Tells lines over a transcript that say where, when and by which office it was given: "Lake Hall", "Alder, Norland", "Via Teleconference", "For Immediate Release".
 * Such a line has capitals throughout and no sentence.
 */
export function isDateline(line: string): boolean {
  const words = line.replace(/[*_]/g, "").trim();
  if (words === "" || words.length > LONGEST_DATELINE) return words === "";
  if (/\p{Script=Han}/u.test(words)) return /^(?:时间|地点|日期|来源|主题)[：:]/.test(words);
  if (/^as (?:prepared for delivery|prepared|delivered)\.?$/i.test(words)) return true;
  return (
    !/[!?]$/.test(words) && words.split(/\s+/).every((word) => SMALL.test(word) || /^["“([]?[\p{Lu}\d]/u.test(word))
  );
}
