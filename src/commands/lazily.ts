/** Loads a command's code when it is called: the others need not wait for it. */
export function lazily<Given extends unknown[]>(load: () => Promise<(...given: Given) => void | Promise<void>>) {
  return async (...given: Given): Promise<void> => (await load())(...given);
}
