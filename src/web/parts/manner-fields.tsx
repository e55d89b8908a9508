import { MANNER_FIELDS, type MannerTexts } from "../routes/rule-form.ts";
import type { View } from "../view.ts";

/** The part of a rule's form that says when it speaks up: quiet hours, cooldown, what is urgent, from where on bursts are told together. */
export function MannerFields({ view, texts }: { view: View; texts: MannerTexts }) {
  return (
    <>
      <label class="choice">
        <span>{view.say("quietFrom")}</span>
        <input type="time" name="quietFrom" value={texts.quietFrom} />
      </label>
      <label class="choice">
        <span>{view.say("quietTo")}</span>
        <input type="time" name="quietTo" value={texts.quietTo} />
      </label>
      <label class="choice">
        <span>{view.say("timeZone")}</span>
        <input name="zone" value={texts.zone} />
      </label>
      <label class="choice">
        <span>{view.say("cooldown")}</span>
        <input type="number" name="cooldown" value={texts.cooldown} min="0" max="99999" />
      </label>
      <label class="choice">
        <span>{view.say("urgentFrom")}</span>
        <select name="urgent">
          <option value="">{view.say("urgentNever")}</option>
          {["1", "2", "3", "4", "5"].map((severity) => (
            <option value={severity} selected={severity === texts.urgent}>
              {severity}
            </option>
          ))}
        </select>
      </label>
      <label class="choice">
        <span>{view.say("batchAfter")}</span>
        <input type="number" name="batch" value={texts.batch} min="0" max="999" />
      </label>
    </>
  );
}

/** Carries a manner that was tried on to the form that keeps it. */
export function HiddenManner({ texts }: { texts: MannerTexts }) {
  return (
    <>
      {MANNER_FIELDS.map((name) => (
        <input type="hidden" name={name} value={texts[name]} />
      ))}
    </>
  );
}
