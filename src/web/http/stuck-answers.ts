import type { RequestListener } from "node:http";

/** Longest that a reader may take nothing of what is being sent, milliseconds. */
export const LONGEST_STUCK_MS = 60_000;

/**
 * Ends an answer of which nothing could be written for a while, by closing its connection: whoever asks for much and reads none of
 * it would hold what the answer is made with. One that is slow is not ended (answers in parts are held to a pace besides, see
 * `answerParts`), nor one that is still being made.
 *
 * @param stuckMs - After how long without a byte taken.
 */
export function endStuck(answer: RequestListener, stuckMs: number): RequestListener {
  return (request, response) => {
    // Of the socket's own clock: it goes on as long as the kernel takes some of what waits, however large the piece.
    response.on("timeout", () => {
      if (response.writableLength > 0) request.socket.destroy();
      else response.setTimeout(stuckMs);
    });
    response.setTimeout(stuckMs);
    answer(request, response);
  };
}
