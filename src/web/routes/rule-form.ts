import { zoneSchema } from "../../catalogue/fields.ts";
import { type AlertManner, AT_ONCE, BURST } from "../../domain/alert-manner.ts";
import type { RuleAbout } from "../../domain/rule.ts";

/** Texts of a form, by the names of its fields. */
export type FormTexts = (name: string) => string | null;

/** What stands in the form of a rule: the address of the page says it, so that a trial can be sent to a colleague. */
export type RuleForm = {
  readonly q: string;
  readonly about: RuleAbout;
  readonly name: string;
  /** The manner as it was typed; null where the form had no place for it. */
  readonly manner: MannerTexts | null;
  /** Ids of endpoints to report to; null where none were asked for yet. */
  readonly to: readonly number[] | null;
  readonly tried: boolean;
};

/** A manner as somebody types it; the name of each is that of its field. */
export type MannerTexts = {
  /** Local `HH:MM`, both or neither. */
  readonly quietFrom: string;
  readonly quietTo: string;
  /** IANA name. */
  readonly zone: string;
  /** Minutes. */
  readonly cooldown: string;
  /** 1 to 5, or nothing. */
  readonly urgent: string;
  readonly batch: string;
};

/** The fields of a manner, in the order of the form. */
export const MANNER_FIELDS = ["quietFrom", "quietTo", "zone", "cooldown", "urgent", "batch"] as const;

/** Reads the form of a rule, from the address of the page or from what was sent. */
export function readRuleForm(text: FormTexts, to: readonly string[]): RuleForm {
  const given = (name: string) => (text(name) ?? "").trim();
  const manner = Object.fromEntries(MANNER_FIELDS.map((name) => [name, given(name)])) as MannerTexts;
  return {
    ...{ q: given("q"), name: given("name"), tried: text("q") !== null },
    about: given("about") === "statements" ? "statements" : "developments",
    manner: text("cooldown") === null ? null : manner,
    to: to.length === 0 ? null : to.map(Number),
  };
}

/** Writes a manner as its fields show it. */
export function mannerTexts({ quiet, cooldownMinutes, urgentFrom, batchAfter }: AlertManner): MannerTexts {
  return {
    ...{ quietFrom: quiet?.from ?? "", quietTo: quiet?.to ?? "", zone: quiet?.timeZone ?? "UTC" },
    ...{ cooldown: String(cooldownMinutes), urgent: urgentFrom === null ? "" : String(urgentFrom) },
    batch: String(batchAfter ?? BURST.most),
  };
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Reads a manner from its fields: what is wrong is said in a sentence each, and then the manner is that of a rule that says nothing. */
export function readManner(texts: MannerTexts): {
  readonly manner: AlertManner;
  readonly mistakes: readonly string[];
} {
  const { quietFrom, quietTo, zone, cooldown, urgent, batch } = texts;
  const isQuiet = quietFrom !== "" || quietTo !== "";
  const mistakes = [
    ...(isQuiet && !(CLOCK.test(quietFrom) && CLOCK.test(quietTo))
      ? ["Quiet hours need both a beginning and an end, such as 22:00 and 07:00."]
      : []),
    ...(isQuiet && quietFrom === quietTo ? ["Quiet hours begin and end at the same time."] : []),
    ...(isQuiet && !zoneSchema.safeParse(zone).success
      ? [`${zone || "No time zone"}: quiet hours need an IANA time zone such as Asia/Shanghai.`]
      : []),
    ...(/^\d{0,5}$/.test(cooldown) ? [] : [`${cooldown}: the cooldown is minutes, 0 to 99999.`]),
    ...(/^[1-5]?$/.test(urgent) ? [] : [`${urgent}: a severity is 1 to 5.`]),
    ...(/^\d{0,3}$/.test(batch) ? [] : [`${batch}: expected a number of alerts from 0 to 999.`]),
  ];
  if (mistakes.length > 0) return { manner: AT_ONCE, mistakes };
  const manner = {
    quiet: isQuiet ? { from: quietFrom, to: quietTo, timeZone: zone } : null,
    cooldownMinutes: Number(cooldown),
    urgentFrom: urgent === "" ? null : Number(urgent),
    ...(batch === "" || Number(batch) === BURST.most ? {} : { batchAfter: Number(batch) }),
  };
  return { manner, mistakes: [] };
}
