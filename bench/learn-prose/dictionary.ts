/** Features that occur often enough to be learned, numbered. */
export type Dictionary = { readonly features: number[]; readonly places: ReadonlyMap<number, number> };

/** Numbers the features that are seen at least `least` times: what is rarer is learned by heart. */
export function frequentFeatures(each: (count: (feature: number) => void) => void, least: number): Dictionary {
  const counts = new Map<number, number>();
  each((feature) => counts.set(feature, (counts.get(feature) ?? 0) + 1));
  const features = [...counts].flatMap(([feature, count]) => (count >= least ? [feature] : []));
  return { features, places: new Map(features.map((feature, place) => [feature, place])) };
}

/** Gives the places of those features that are numbered. */
export function placesOf({ places }: Dictionary, features: ArrayLike<number>, count: number): Int32Array {
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const place = places.get(features[i] ?? 0);
    if (place !== undefined) found.push(place);
  }
  return Int32Array.from(found);
}

/** Makes a shuffler that always shuffles alike: the same corpus must give the same weights. */
export function steadyShuffle(): <T>(list: T[]) => void {
  let seed = 7;
  return (list) => {
    for (let i = list.length - 1; i > 0; i--) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      const j = Math.floor((seed / 4294967296) * (i + 1));
      [list[i], list[j]] = [list[j] as (typeof list)[number], list[i] as (typeof list)[number]];
    }
  };
}
