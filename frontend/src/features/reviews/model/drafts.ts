import { isEmpty, type ReviewForm } from './form';

/**
 * Drafts stay on this device until they are submitted. They are kept under the person, the queue and the text
 * that is judged, not under the assignment: an item that comes back after its lease ran out has a new assignment.
 */
const prefix = 'plumbline.review.';
export const MAX_DRAFTS = 50;

interface Stored {
  form: ReviewForm;
  savedAt: number;
}

/** A short, stable name for a text (FNV-1a over UTF-16 units, two lanes). */
export function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - i), 0x85ebca6b);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

export const draftKey = (userId: string, queueId: string, subject: string): string =>
  `${prefix}${userId}.${queueId}.${fingerprint(subject)}`;

/** False when the device refused to keep it (storage full or switched off). */
export function keepDraft(storage: Storage, key: string, form: ReviewForm, now: number): boolean {
  try {
    if (isEmpty(form)) storage.removeItem(key);
    else {
      storage.setItem(key, JSON.stringify({ form: { ...form, missing: null }, savedAt: now } satisfies Stored));
      dropOldest(storage);
    }
    return true;
  } catch {
    return false;
  }
}

export function readDraft(storage: Storage, key: string): ReviewForm | null {
  try {
    const stored = JSON.parse(storage.getItem(key) ?? 'null') as Partial<Stored> | null;
    const form = stored?.form;
    if (!form || typeof form.reasoning !== 'string' || !Array.isArray(form.failureModes)) return null;
    return form;
  } catch {
    return null;
  }
}

export const dropDraft = (storage: Storage, key: string): void => storage.removeItem(key);

function dropOldest(storage: Storage): void {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i)!).filter((k) => k.startsWith(prefix));
  if (keys.length <= MAX_DRAFTS) return;
  const savedAt = (key: string): number => {
    try {
      return (JSON.parse(storage.getItem(key) ?? '{}') as Partial<Stored>).savedAt ?? 0;
    } catch {
      return 0;
    }
  };
  keys.sort((a, b) => savedAt(a) - savedAt(b));
  for (const key of keys.slice(0, keys.length - MAX_DRAFTS)) storage.removeItem(key);
}
