import { Modal } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { JsonView } from '@/ui';
import shared from './heading.module.css';
import { documentOf, fileOf, layoutOf, roleText, type Shown, type ShownDocument, type Subject } from './model/subject';
import { Prose } from './Prose';
import c from './Subject.module.css';

function EarlierMessages({ label, messages }: { label: string; messages: readonly Shown[] }) {
  const [open, setOpen] = useState(false);
  if (messages.length === 0) return null;
  return (
    <div>
      <button type="button" className={c.turns} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        {label}
      </button>
      {open && (
        <div className={c.earlier}>
          {messages.map((message, i) => (
            <div key={i}>
              <h3 className={shared.h}>{roleText(message.role)}</h3>
              <MessageText message={message} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** One message: its text, then what text cannot show. */
function MessageText({ message }: { message: Shown }) {
  return (
    <>
      {message.text && <Prose text={message.text} />}
      {message.parts.map((part, i) => {
        switch (part.__typename) {
          case 'ToolCallPart':
            return <Detail key={i} title={`Called ${part.name}`} value={part.arguments} />;
          case 'ToolResultPart':
            return <Detail key={i} title="Result" value={part.result} />;
          case 'OtherPart':
          case 'ImagePart':
            return <Attached key={i} part={part} />;
          default:
            return null;
        }
      })}
    </>
  );
}

function Attached({ part }: { part: Extract<Shown['parts'][number], { __typename: 'ImagePart' | 'OtherPart' }> }) {
  const file = fileOf(part);
  if (file !== null) return <p className="dim">[{file}]</p>;
  return part.__typename === 'OtherPart' && <Detail title={part.kind} value={part.content} />;
}

const Detail = ({ title, value }: { title: string; value: unknown }) => (
  <div className={c.detail}>
    <small className="dim">{title}</small>
    {typeof value === 'string' ? <Prose text={value} /> : <JsonView value={value} label={title} />}
  </div>
);

function Documents({ documents }: { documents: Subject['documents'] }) {
  const [open, setOpen] = useState<ShownDocument | null>(null);
  if (documents.length === 0) return null;
  return (
    <>
      <h2 className={shared.h}>Documents the assistant had</h2>
      <div className={c.docs}>
        {documents.map(documentOf).map((document, i) => (
          <button
            key={i}
            type="button"
            className={c.doc}
            disabled={document.content === null}
            onClick={() => setOpen(document)}
          >
            <IconFileText size={14} stroke={1.75} aria-hidden />
            <span className="truncate">{document.title}</span>
            {document.size && <small className="num">{document.size}</small>}
          </button>
        ))}
      </div>
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open?.title}
        size={720}
        closeButtonProps={{ 'aria-label': 'Close' }}
        attributes={{ header: { role: 'presentation' } }}
        transitionProps={{ duration: 0 }}
      >
        <Prose text={open?.content ?? ''} />
      </Modal>
    </>
  );
}

/** What is judged and what it answers. The answer is the only card, so the eye knows where to look. */
export function SubjectView({ subject }: { subject: Subject }) {
  const { instructions, earlier, ask, answer } = layoutOf(subject);
  return (
    <>
      <div className={c.folds}>
        <EarlierMessages label="Instructions the assistant had" messages={instructions} />
        <EarlierMessages
          label={`${earlier.length} earlier ${earlier.length === 1 ? 'message' : 'messages'}`}
          messages={earlier}
        />
      </div>
      {ask && (
        <>
          <h2 className={shared.h}>{roleText(ask.role)}</h2>
          <div className={c.ask}>
            <MessageText message={ask} />
          </div>
        </>
      )}
      <Documents documents={subject.documents} />
      <h2 className={shared.h}>Answer to judge</h2>
      <div className={c.answer}>
        {answer.length === 0 && <p className="dim">None recorded.</p>}
        {answer.map((message, i) => (
          <MessageText key={i} message={message} />
        ))}
      </div>
    </>
  );
}
