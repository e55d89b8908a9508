import { nameIn, type View } from "../view.ts";
import type { Option } from "./choice.tsx";

type TopicName = { id: string; label: string; labelZh: string | null; parentId: string | null };

/** Lists the taxonomy for a select: each parent, which stands for all its leaves, leads its own group. */
export function topicOptions(view: View, topics: readonly TopicName[]): readonly Option[] {
  const parents = topics.filter(({ parentId }) => parentId === null);
  return parents.flatMap((parent) => {
    const group = nameIn(view, parent);
    const leaves = topics.filter(({ parentId }) => parentId === parent.id);
    return [parent, ...leaves].map((topic) => ({ value: topic.id, label: nameIn(view, topic), group }));
  });
}
