/** The item a person holds, remembered on this device so that the inbox can offer to go on. */
interface Held {
  queueId: string;
  expiresAt: number;
}

const keyOf = (userId: string) => `plumbline.held.${userId}`;

export function rememberHeld(storage: Storage, userId: string, held: Held | null): void {
  try {
    if (held) storage.setItem(keyOf(userId), JSON.stringify(held));
    else storage.removeItem(keyOf(userId));
  } catch {
    // Without storage the inbox simply does not offer it.
  }
}

export function readHeld(storage: Storage, userId: string, now: number): Held | null {
  try {
    const held = JSON.parse(storage.getItem(keyOf(userId)) ?? 'null') as Partial<Held> | null;
    return held && typeof held.queueId === 'string' && typeof held.expiresAt === 'number' && held.expiresAt > now
      ? { queueId: held.queueId, expiresAt: held.expiresAt }
      : null;
  } catch {
    return null;
  }
}
