import type { View } from "../view.ts";

/**
 * A field for an actor. Any id, name or part of a name is typed, and those of whom the archive holds most are suggested. With script
 * the whole catalogue is; without it, a part of a name is answered with who has it.
 */
export function ActorChoice({
  view,
  label,
  value,
  actors,
}: {
  view: View;
  label: string;
  value: string;
  actors: readonly { readonly id: string; readonly name: string; readonly nameZh: string | null }[];
}) {
  return (
    <label class="choice">
      <span>{label}</span>
      <input name="actor" value={value} list="actor-names" data-names="actor" autocomplete="off" spellcheck={false} />
      <datalist id="actor-names">
        {actors.map(({ id, name, nameZh }) => (
          <option value={id} label={view.lang === "zh" ? (nameZh ?? name) : name} />
        ))}
      </datalist>
    </label>
  );
}
