/** How long a submitted review can be taken back. */
export const UNDO_FOR = 60_000;

export const undoSecondsLeft = (submittedAt: number, now: number): number =>
  Math.max(0, Math.ceil((submittedAt + UNDO_FOR - now) / 1000));
