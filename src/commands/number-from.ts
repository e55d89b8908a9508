import { Failure } from "../domain/failure.ts";

/**
 * Reads the number of a thing that a person named, such as a development or a meeting.
 *
 * @throws {Failure} `bad-input` when it cannot be one.
 */
export function numberFrom(text: string, noun: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Failure("bad-input", `${noun} ${text}: expected its number.`);
  return Number(text);
}
