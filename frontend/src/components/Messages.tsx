import { Fragment } from 'react';
import type { MessagePartsFragment } from '@/gql/graphql';
import { JsonView } from '@/ui';
import c from './Messages.module.css';

type Part = MessagePartsFragment['parts'][number];

const words: Record<string, string> = {
  system: 'Instructions',
  user: 'Asked',
  assistant: 'Answered',
  tool: 'Tool answered',
  developer: 'Instructions',
};

/** A JSON string is shown as the value it holds. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Text as text, anything with structure as a tree. */
export function RecordedContent({ value, label }: { value: unknown; label: string }) {
  const shown = parsed(value);
  if (shown === null || shown === undefined || shown === '') return <p className="dim">None recorded</p>;
  return typeof shown === 'object' ? (
    <JsonView value={shown} label={label} />
  ) : (
    <p className={c.text}>{String(shown)}</p>
  );
}

function PartView({ part }: { part: Part }) {
  switch (part.__typename) {
    case 'TextPart':
      return part.text ? <p className={c.text}>{part.text}</p> : null;
    case 'ReasoningPart':
      return (
        <details className={c.fold}>
          <summary>Reasoning</summary>
          <p className={c.text}>{part.reasoning}</p>
        </details>
      );
    case 'ImagePart':
      // Only shown as an address: opening it would tell a foreign server who reads this trace.
      return (
        <p className={c.text}>
          Image{part.mimeType ? `, ${part.mimeType}` : ''}:{' '}
          <span className="mono">{part.url?.startsWith('data:') ? 'embedded' : (part.url ?? 'no address')}</span>
        </p>
      );
    case 'ToolCallPart':
      return (
        <div className={c.call}>
          <p>
            Calls <b className="mono">{part.name}</b>
          </p>
          <RecordedContent value={part.arguments} label={`Arguments of ${part.name}`} />
        </div>
      );
    case 'ToolResultPart':
      return <RecordedContent value={part.result} label="Result of the tool" />;
    default:
      return (
        <div className={c.call}>
          <p>{part.kind}</p>
          <RecordedContent value={part.content} label={part.kind} />
        </div>
      );
  }
}

/** A conversation in plain words, with the technical role dimmed beside them. */
export function Messages({ messages, label }: { messages: readonly MessagePartsFragment[]; label: string }) {
  return (
    <ol className={c.list} aria-label={label}>
      {messages.map((message, i) => (
        <li key={i} className={c.message} data-role={message.role}>
          <div className={c.role}>
            {words[message.role] ?? message.role}
            <small className="mono">{message.name ? `${message.role} · ${message.name}` : message.role}</small>
          </div>
          {message.parts.map((part, at) => (
            <Fragment key={at}>
              <PartView part={part} />
            </Fragment>
          ))}
          {message.parts.length === 0 && (
            <RecordedContent value={message.text} label={words[message.role] ?? message.role} />
          )}
        </li>
      ))}
    </ol>
  );
}
