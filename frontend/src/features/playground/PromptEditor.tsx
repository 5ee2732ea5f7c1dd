import { EditorView } from '@codemirror/view';
import CodeMirror, { type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { type Ref, useMemo, useRef } from 'react';
import { chips, editorKeys, look, type Offered, templateLint, variableCompletion } from './editorLook';

const setup = {
  lineNumbers: false,
  foldGutter: false,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  bracketMatching: false,
  closeBrackets: false,
  autocompletion: false,
  highlightSelectionMatches: false,
  searchKeymap: false,
};

/** One message of a prompt as prose, with its placeholders as chips. */
export function PromptEditor(p: {
  label: string;
  value: string;
  offered: readonly Offered[];
  readOnly?: boolean;
  editor?: Ref<ReactCodeMirrorRef>;
  onChange: (text: string) => void;
  onRun: () => void;
  onMove: (by: -1 | 1) => void;
}) {
  const latest = useRef(p);
  latest.current = p;
  const names = p.offered.map((o) => `${o.name}:${o.type}`).join(' ');
  const extensions = useMemo(
    () => [
      chips,
      look,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': p.label }),
      variableCompletion(() => latest.current.offered),
      // New inputs lint anew: their names are part of what makes these extensions.
      templateLint(() => latest.current.offered),
      editorKeys(
        () => latest.current.onRun(),
        (by) => latest.current.onMove(by),
      ),
    ],
    [p.label, names],
  );
  return (
    <CodeMirror
      ref={p.editor}
      value={p.value}
      theme="none"
      extensions={extensions}
      editable={!p.readOnly}
      readOnly={p.readOnly}
      basicSetup={setup}
      placeholder="Write here. {{ inserts an input."
      onChange={p.onChange}
    />
  );
}
