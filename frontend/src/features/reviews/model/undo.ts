/** How long a submitted review can be taken back. */
export const UNDO_FOR = 60_000;

export const undoSecondsLeft = (submittedAt: number, now: number): number =>
  // A clock that ticks once a second may be a little behind the submit.
  Math.min(UNDO_FOR / 1000, Math.max(0, Math.ceil((submittedAt + UNDO_FOR - now) / 1000)));
