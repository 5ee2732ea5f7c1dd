import { useEffect, useRef, useSyncExternalStore } from 'react';

/** A key or a sequence: `j`, `g t`, `mod+k`, `mod+enter`, `escape`, `arrowdown`, `?`. */
export interface KeyBinding {
  keys: string;
  label: string;
  run: (event: KeyboardEvent) => void;
}

interface Layer {
  bindings: readonly KeyBinding[];
}

const layers: Layer[] = [];
const watchers = new Set<() => void>();
let listed: readonly KeyBinding[] = [];
let pending = '';
let pendingAt = 0;
/** Between the keys of a sequence. */
const sequenceMs = 900;

/** The one key that works above a dialog too. */
const paletteKey = 'mod+k';

const typingFields = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]';

/** While a person types, only Esc and the Ctrl keys work. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(typingFields) !== null;

function nameOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
  return `${mod}${event.altKey ? 'alt+' : ''}${key}`;
}

/** The newest layer wins, so that a dialog or a page goes before the shell. */
function find(keys: string): KeyBinding | undefined {
  for (let i = layers.length - 1; i >= 0; i--) {
    const hit = layers[i]!.bindings.find((b) => b.keys === keys);
    if (hit) return hit;
  }
  return undefined;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = nameOf(event);
  if (isTyping(event.target) && !name.startsWith('mod+') && name !== 'escape') return;
  // A dialog has its own Esc and Enter; the page below rests, so that closing a menu in it does not undo a selection.
  if (document.querySelector('[aria-modal="true"]') && name !== paletteKey) return;
  const now = event.timeStamp;
  const sequence = pending && now - pendingAt < sequenceMs ? `${pending} ${name}` : '';
  const hit = (sequence && find(sequence)) || find(name);
  pending = hit ? '' : name;
  pendingAt = now;
  if (!hit) return;
  if (event.repeat && !/arrow|^[jk]$/.test(name)) return;
  event.preventDefault();
  hit.run(event);
}

function announce(): void {
  listed = layers.flatMap((layer) => layer.bindings);
  for (const watcher of watchers) watcher();
}

function add(layer: Layer): () => void {
  if (layers.length === 0) window.addEventListener('keydown', onKeyDown);
  layers.push(layer);
  announce();
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    if (layers.length === 0) window.removeEventListener('keydown', onKeyDown);
    announce();
  };
}

/** Keys that work while the component is shown and `on` holds. */
export function useKeys(bindings: readonly KeyBinding[], on = true): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  const names = bindings.map((b) => `${b.keys}\u0000${b.label}`).join('\u0001');
  useEffect(() => {
    if (!on) return;
    // Handlers are looked up when pressed, so that a layer is not torn down on every render.
    const stable = names.split('\u0001').map((name, i) => {
      const [keys, label] = name.split('\u0000') as [string, string];
      return { keys, label, run: (event: KeyboardEvent) => latest.current[i]?.run(event) };
    });
    return add({ bindings: stable });
  }, [names, on]);
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** All keys that work now, for the list behind `?`. */
export const useActiveKeys = (): readonly KeyBinding[] => useSyncExternalStore(subscribe, () => listed);

const words: Record<string, string> = {
  mod: 'Ctrl',
  enter: '↵',
  escape: 'Esc',
  arrowdown: '↓',
  arrowup: '↑',
  arrowleft: '←',
  arrowright: '→',
  alt: 'Alt',
  ' ': 'Space',
};

/** How a binding is shown on keys: `mod+k` is Ctrl K, `g t` is G T. */
export const keyNames = (keys: string): string[] =>
  (keys === ' ' ? [' '] : keys.split(/[ +]/)).map(
    (part) => words[part] ?? (part.length === 1 ? part.toUpperCase() : part),
  );
