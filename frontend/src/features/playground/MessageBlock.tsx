import { ActionIcon, Menu } from '@mantine/core';
import { IconAlertTriangle, IconDots } from '@tabler/icons-react';
import type { ReactCodeMirrorRef } from '@uiw/react-codemirror';
import type { Ref } from 'react';
import type { MessageRole } from '@/gql/graphql';
import type { Offered } from './editorLook';
import c from './MessageBlock.module.css';
import { roleWords } from './model/content';
import { type Hint, hintsFor } from './model/hints';
import type { Variable } from './model/inputs';
import { PromptEditor } from './PromptEditor';

const roles: MessageRole[] = ['SYSTEM', 'USER', 'ASSISTANT'];
/** More problems than this are shown as a number. */
const MAX_HINTS = 3;

interface MessageActions {
  change: (template: string) => void;
  role: (role: MessageRole) => void;
  move: (by: -1 | 1) => void;
  remove: () => void;
  declare: (name: string) => void;
  focusNext: (by: -1 | 1) => void;
  run: () => void;
}

function HintLine({ hint, onMend }: { hint: Hint; onMend: () => void }) {
  return (
    <div className={c.warn} data-tone={hint.tone} role="note">
      <IconAlertTriangle size={15} stroke={2} aria-hidden />
      <span>
        <b>Line {hint.line}:</b> {hint.message}{' '}
        {hint.mend && (
          <button type="button" onClick={onMend}>
            {hint.mend.label}
          </button>
        )}
      </span>
    </div>
  );
}

/** A message as prose; its role in plain words with the technical one dimmed; problems stand under it. */
export function MessageBlock(p: {
  label: string;
  role: MessageRole;
  template: string;
  variables: readonly Variable[];
  offered: readonly Offered[];
  first: boolean;
  last: boolean;
  readOnly: boolean;
  editor: Ref<ReactCodeMirrorRef>;
  actions: MessageActions;
}) {
  const hints = hintsFor(p.template, p.variables);
  const mend = (hint: Hint) => {
    if (hint.mend?.variable) p.actions.declare(hint.mend.variable);
    else if (hint.mend?.template !== undefined) p.actions.change(hint.mend.template);
  };
  return (
    <div className={c.msg} role="group" aria-label={p.label}>
      <div className={c.msgHead}>
        {roleWords[p.role]}
        <small>{p.role.toLowerCase()}</small>
        {!p.readOnly && (
          <Menu position="bottom-end" shadow="md" width={200}>
            <Menu.Target>
              <ActionIcon size={24} variant="subtle" color="gray" aria-label={`Message menu: ${p.label}`}>
                <IconDots size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {roles
                .filter((role) => role !== p.role)
                .map((role) => (
                  <Menu.Item key={role} onClick={() => p.actions.role(role)}>
                    Make it: {roleWords[role]}
                  </Menu.Item>
                ))}
              <Menu.Divider />
              <Menu.Item disabled={p.first} onClick={() => p.actions.move(-1)}>
                Move up
              </Menu.Item>
              <Menu.Item disabled={p.last} onClick={() => p.actions.move(1)}>
                Move down
              </Menu.Item>
              <Menu.Item disabled={p.first && p.last} onClick={p.actions.remove}>
                Remove
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <PromptEditor
        label={p.label}
        value={p.template}
        offered={p.offered}
        readOnly={p.readOnly}
        editor={p.editor}
        onChange={p.actions.change}
        onRun={p.actions.run}
        onMove={p.actions.focusNext}
      />
      {hints.slice(0, MAX_HINTS).map((hint) => (
        <HintLine key={`${hint.line} ${hint.message}`} hint={hint} onMend={() => mend(hint)} />
      ))}
      {hints.length > MAX_HINTS && <p className={c.more}>{hints.length - MAX_HINTS} more like these</p>}
    </div>
  );
}
