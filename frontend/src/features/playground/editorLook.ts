import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { type Diagnostic, linter } from '@codemirror/lint';
import { type Extension, Prec } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { type Declared, lintTemplate } from '@/lib/templateCheck';

const chip = Decoration.mark({ class: 'pl-var' });
const section = Decoration.mark({ class: 'pl-section' });
const decorator = new MatchDecorator({
  regexp: /(?<!\\)\{\{\s*([#^/]?)\s*[\w.]+\s*\}\}/g,
  decoration: (match) => (match[1] ? section : chip),
});

/** Placeholders look like chips, sections are dashed. */
export const chips: Extension = ViewPlugin.fromClass(
  class {
    set: DecorationSet;
    constructor(view: EditorView) {
      this.set = decorator.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.set = decorator.updateDeco(update, this.set);
    }
  },
  { decorations: (plugin) => plugin.set },
);

/** Prose, not code: Inter, no gutter, wrapped lines. Only the placeholders look different. */
export const look: Extension = EditorView.theme({
  '&': { fontSize: '13.5px', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': {
    fontFamily: 'var(--mantine-font-family)',
    lineHeight: '1.6',
    padding: '0 0 10px',
    caretColor: 'var(--pl-text)',
    minHeight: '44px',
  },
  '.cm-line': { padding: '0 12px' },
  '.cm-scroller': { fontFamily: 'inherit' },
  '.cm-cursor': { borderLeftColor: 'var(--pl-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--pl-accent-mid) !important',
  },
  '.cm-placeholder': { color: 'var(--mantine-color-placeholder)' },
  '.pl-var': {
    background: 'var(--pl-accent-mid)',
    color: 'var(--pl-accent-text)',
    borderRadius: '5px',
    padding: '1px 4px',
    fontWeight: '550',
    fontSize: '12.5px',
  },
  '.pl-section': { color: 'var(--pl-dim)', borderBottom: '1px dashed var(--pl-line-strong)', fontSize: '12.5px' },
  '.cm-tooltip': {
    background: 'var(--pl-surface)',
    color: 'var(--pl-text)',
    border: '1px solid var(--pl-line)',
    borderRadius: '8px',
    boxShadow: 'var(--mantine-shadow-md)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mantine-font-family)',
    fontSize: '13px',
    maxHeight: '20em',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '5px 10px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--pl-accent-soft)',
    color: 'var(--pl-accent-text)',
  },
  '.cm-completionDetail': { color: 'var(--pl-dim)', fontStyle: 'normal', marginLeft: '8px' },
  '.cm-diagnostic': { fontSize: '12.5px', padding: '6px 10px' },
});

export interface Offered extends Declared {
  words: string;
}

/** `{{` offers the inputs; the braces are closed by the choice. */
export function variableCompletion(offered: () => readonly Offered[]): Extension {
  const source = (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/\{\{\s*[#^/]?[\w.]*$/);
    if (!typed) return null;
    const name = /[\w.]*$/.exec(typed.text)![0];
    return {
      from: typed.to - name.length,
      options: offered().map((o) => ({
        label: o.name,
        detail: o.words,
        apply: (view, _completion, from, to) => {
          const closed = view.state.sliceDoc(to, to + 2) === '}}';
          const insert = closed ? o.name : `${o.name}}}`;
          view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + o.name.length + 2 } });
        },
      })),
      validFor: /^[\w.]*$/,
    };
  };
  return autocompletion({ override: [source], icons: false });
}

export const templateLint = (variables: () => readonly Declared[]): Extension =>
  linter(
    (view): Diagnostic[] => {
      const text = view.state.doc.toString();
      return lintTemplate(text, variables()).map((p) => ({
        from: p.offset,
        to: Math.min(text.length, p.offset + Math.max(1, p.length)),
        severity: 'error',
        message: p.message,
      }));
    },
    { delay: 250 },
  );

/** Wraps a deed as a key command that is always taken. */
const taken = (deed: () => void) => () => {
  deed();
  return true;
};

export const editorKeys = (run: () => void, move: (by: -1 | 1) => void): Extension =>
  Prec.highest(
    keymap.of([
      { key: 'Mod-Enter', run: taken(run) },
      { key: 'Alt-ArrowUp', run: taken(() => move(-1)) },
      { key: 'Alt-ArrowDown', run: taken(() => move(1)) },
    ]),
  );
