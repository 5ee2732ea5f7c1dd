import { type Content, contentOf } from './content';
import type { Inputs } from './inputs';

/** An edit that is not a version yet, and the inputs it is tried on; both stay on this device. */
interface KeptEdit {
  baseNumber: number;
  content: Content;
  note: string;
}

const editKey = (promptId: string) => `plumbline.prompt.${promptId}.edit`;
const inputsKey = (promptId: string) => `plumbline.prompt.${promptId}.inputs`;

function read(storage: Storage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function write(storage: Storage, key: string, value: unknown): boolean {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** False when the device refused to keep it. */
export const keepEdit = (storage: Storage, promptId: string, edit: KeptEdit | null): boolean =>
  write(storage, editKey(promptId), edit);

export function readEdit(storage: Storage, promptId: string): KeptEdit | null {
  const kept = read(storage, editKey(promptId)) as Partial<KeptEdit> | null;
  if (!kept?.content || typeof kept.baseNumber !== 'number') return null;
  const { content } = kept;
  if (!Array.isArray(content.messages) || !Array.isArray(content.variables)) return null;
  return {
    baseNumber: kept.baseNumber,
    note: typeof kept.note === 'string' ? kept.note : '',
    content: contentOf(content),
  };
}

export const keepInputs = (storage: Storage, promptId: string, inputs: Inputs): boolean =>
  write(storage, inputsKey(promptId), inputs);

export function readInputs(storage: Storage, promptId: string): Inputs {
  const kept = read(storage, inputsKey(promptId));
  return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? (kept as Inputs) : {};
}
