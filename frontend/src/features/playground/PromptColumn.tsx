import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useRef, useState } from 'react';
import shared from './column.module.css';
import { MessageBlock } from './MessageBlock';
import {
  addMessage,
  addVariable,
  type Content,
  moveMessage,
  removeMessage,
  roleWords,
  setMessage,
} from './model/content';
import { typeWords } from './model/inputs';
import c from './PromptColumn.module.css';
import { VariablesDialog } from './VariablesDialog';

/** What you write: messages as prose, then what can be added. */
export function PromptColumn(p: {
  content: Content;
  readOnly: boolean;
  onChange: (change: (content: Content) => Content) => void;
  onRun: () => void;
}) {
  const { content } = p;
  const [inputs, setInputs] = useState(false);
  const editors = useRef<(ReactCodeMirrorRef | null)[]>([]);
  const offered = content.variables.map((v) => ({ name: v.name, type: v.type, words: typeWords(v) }));
  const seen = new Map<string, number>();
  return (
    <section aria-label="Prompt">
      <h2 className={shared.h}>Prompt</h2>
      {content.messages.map((message, i) => {
        const nth = (seen.get(message.role) ?? 0) + 1;
        seen.set(message.role, nth);
        return (
          <MessageBlock
            key={i}
            label={nth > 1 ? `${roleWords[message.role]} ${nth}` : roleWords[message.role]}
            role={message.role}
            template={message.template}
            variables={content.variables}
            offered={offered}
            first={i === 0}
            last={i === content.messages.length - 1}
            readOnly={p.readOnly}
            editor={(editor) => {
              editors.current[i] = editor;
            }}
            actions={{
              change: (template) => p.onChange((now) => setMessage(now, i, { template })),
              role: (role) => p.onChange((now) => setMessage(now, i, { role })),
              move: (by) => p.onChange((now) => moveMessage(now, i, by)),
              remove: () => p.onChange((now) => removeMessage(now, i)),
              declare: (name) => p.onChange((now) => addVariable(now, name)),
              focusNext: (by) => editors.current[i + by]?.view?.focus(),
              run: p.onRun,
            }}
          />
        );
      })}
      {!p.readOnly && (
        <div className={c.adders}>
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconPlus size={13} />}
            onClick={() => p.onChange(addMessage)}
          >
            Message
          </Button>
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconPlus size={13} />}
            onClick={() => setInputs(true)}
          >
            Input
          </Button>
        </div>
      )}
      {inputs && (
        <VariablesDialog
          content={content}
          onChange={(next) => p.onChange(() => next)}
          onClose={() => setInputs(false)}
        />
      )}
    </section>
  );
}
