import type { View } from "../view.ts";

/** One thing to choose, with the group it stands in. */
export type Option = { readonly value: string; readonly label: string; readonly group?: string | null };

/** A labelled select; a value that is not among the options is kept as an option of its own, so that nothing in a URL is lost. */
export function Choice({
  view,
  name,
  label,
  value,
  options,
}: {
  view: View;
  name: string;
  label: string;
  value: string;
  options: readonly Option[];
}) {
  const known = value === "" || options.some((option) => option.value === value);
  const groups = [...new Set(options.map(({ group }) => group ?? null))];
  return (
    <label class="choice">
      <span>{label}</span>
      <select name={name}>
        <option value="">{view.say("any")}</option>
        {known ? null : (
          <option value={value} selected>
            {value}
          </option>
        )}
        {groups.map((group) => {
          const inside = options
            .filter((option) => (option.group ?? null) === group)
            .map((option) => (
              <option value={option.value} selected={option.value === value}>
                {option.label}
              </option>
            ));
          return group === null ? inside : <optgroup label={group}>{inside}</optgroup>;
        })}
      </select>
    </label>
  );
}
