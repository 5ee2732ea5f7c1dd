import { Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { Messages, RecordedContent } from '@/components/Messages';
import { SpanDetailDocument, type SpanFullFragment, type SpanLineFragment } from '@/gql/graphql';
import { codeOf, detailOf, sentenceOf } from '@/lib/errors';
import { cost, duration, exactTime, int, percent, timeOfDay, tokens } from '@/lib/format';
import { urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { Blinded, Chip, Count, Failure, JsonView, Notice, Waiting } from '@/ui';
import c from './SpanDetail.module.css';
import { spanKinds } from './spanKinds';

/** Everything that was recorded about one span; fetched when it is looked at. */
export function SpanDetail({ line }: { line: SpanLineFragment }) {
  const [{ data, error, fetching }, again] = useQuery({ query: SpanDetailDocument, variables: { id: line.id } });
  const node = data?.node as SpanFullFragment | null | undefined;
  const span = node?.spanId === line.spanId ? node : undefined;
  return (
    <section className={c.panel} aria-label="Span">
      <header className={c.head}>
        <h2 className="truncate">{line.name}</h2>
        <Chip>{spanKinds[line.kind].word}</Chip>
        {line.model && <span className="mono truncate">{line.model}</span>}
        <span className="dim num">{duration(line.durationMs)}</span>
      </header>
      {span ? (
        <Body span={span} />
      ) : fetching ? (
        <Waiting label="Loading the span" />
      ) : codeOf(error) === 'BLINDED' ? (
        <Blinded />
      ) : (
        <Failure
          title="This span could not be read"
          text={error ? sentenceOf(error) : 'It may have been deleted since the trace was opened.'}
          detail={error && detailOf(error)}
          onRetry={() => again({ requestPolicy: 'network-only' })}
        />
      )}
    </section>
  );
}

function Body({ span }: { span: SpanFullFragment }) {
  const attributes = Object.entries((span.attributes ?? {}) as Record<string, unknown>);
  return (
    <Tabs defaultValue="talk" keepMounted={false} className={c.tabs}>
      <Tabs.List className={c.tabList}>
        <Tabs.Tab value="talk">Input and output</Tabs.Tab>
        <Tabs.Tab value="facts">Details</Tabs.Tab>
        <Tabs.Tab value="attributes" rightSection={<Count>{attributes.length}</Count>}>
          Attributes
        </Tabs.Tab>
        {span.events.length > 0 && (
          <Tabs.Tab value="events" rightSection={<Count>{span.events.length}</Count>}>
            Events
          </Tabs.Tab>
        )}
        {span.logs.length > 0 && (
          <Tabs.Tab value="logs" rightSection={<Count>{span.logs.length}</Count>}>
            Logs
          </Tabs.Tab>
        )}
      </Tabs.List>
      <Tabs.Panel value="talk" className={c.body}>
        {span.statusMessage && span.status === 'ERROR' && (
          <div className={c.said}>
            <Notice tone="fail">{span.statusMessage}</Notice>
          </div>
        )}
        <SpanConversation span={span} />
      </Tabs.Panel>
      <Tabs.Panel value="facts" className={c.body}>
        <Facts span={span} />
      </Tabs.Panel>
      <Tabs.Panel value="attributes" className={c.body}>
        <Attributes entries={attributes} />
      </Tabs.Panel>
      <Tabs.Panel value="events" className={c.body}>
        {span.events.map((event, i) => (
          <Block key={i} title={event.name} note={<span title={exactTime(event.time)}>{timeOfDay(event.time)}</span>}>
            <RecordedContent value={event.attributes} label={`Attributes of ${event.name}`} />
          </Block>
        ))}
      </Tabs.Panel>
      <Tabs.Panel value="logs" className={c.body}>
        {span.logs.map((log, i) => (
          <Block
            key={i}
            title={log.eventName ?? log.severity ?? 'Log'}
            note={
              <span title={exactTime(log.time)}>
                {timeOfDay(log.time)}
                {log.eventName && log.severity ? ` · ${log.severity}` : ''}
              </span>
            }
          >
            <RecordedContent value={log.body} label="Log record" />
            {Object.keys(log.attributes as object).length > 0 && (
              <JsonView value={log.attributes} label="Attributes of the log record" />
            )}
          </Block>
        ))}
      </Tabs.Panel>
    </Tabs>
  );
}

const Block = ({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) => (
  <section className={c.block} aria-label={title}>
    <h3>
      {title} {note && <small>{note}</small>}
    </h3>
    {children}
  </section>
);

function SpanConversation({ span }: { span: SpanFullFragment }) {
  return (
    <>
      <Block title="Input">
        {span.inputMessages?.length ? (
          <Messages messages={span.inputMessages} label="Input" />
        ) : (
          <RecordedContent value={span.input} label="Input" />
        )}
      </Block>
      {span.documents && span.documents.length > 0 && (
        <Block title="Documents found">
          <ol className={c.documents}>
            {span.documents.map((document, i) => (
              <li key={i}>
                <div>
                  <b className="mono">{document.id ?? `Document ${i + 1}`}</b>
                  {document.score !== null && <span className="dim num">score {document.score.toFixed(3)}</span>}
                </div>
                <p>{document.content ?? 'no text recorded'}</p>
              </li>
            ))}
          </ol>
        </Block>
      )}
      <Block title="Output">
        {span.outputMessages?.length ? (
          <Messages messages={span.outputMessages} label="Output" />
        ) : (
          <RecordedContent value={span.output} label="Output" />
        )}
      </Block>
      {span.tools && span.tools.length > 0 && (
        <Block title="Tools it could use">
          <ul className={c.documents}>
            {span.tools.map((tool) => (
              <li key={tool.name}>
                <div>
                  <b className="mono">{tool.name}</b>
                </div>
                {tool.description && <p>{tool.description}</p>}
                {tool.parameters != null && <JsonView value={tool.parameters} label={`Parameters of ${tool.name}`} />}
              </li>
            ))}
          </ul>
        </Block>
      )}
    </>
  );
}

const none = <span className="dim">none recorded</span>;

function Facts({ span }: { span: SpanFullFragment }) {
  const project = useProject();
  const { promptVersion: version, tokens: used } = span;
  const cached = used?.cachedInput && used.input ? ` (${percent(used.cachedInput / used.input)} cached)` : '';
  const facts: [string, ReactNode][] = [
    [
      'Prompt',
      version ? (
        <Link {...urls.prompt(project, version.prompt.name, version.number)}>
          {version.prompt.name}, v{version.number}
        </Link>
      ) : (
        none
      ),
    ],
    ['Model', span.model ? <span className="mono">{span.model}</span> : none],
    ['Provider', span.provider ?? none],
    ['Tokens in → out', used ? `${tokens(used)}${cached}` : none],
    ['Reasoning tokens', used?.reasoning != null ? int(used.reasoning) : none],
    ['Cost', span.costUsd === null && !used ? none : cost(span.costUsd)],
    [
      'Started',
      <span key="at" title={exactTime(span.startTime)}>
        {timeOfDay(span.startTime)}
      </span>,
    ],
    ['Duration', duration(span.durationMs)],
    ['First word after', span.timeToFirstTokenMs === null ? none : duration(span.timeToFirstTokenMs)],
    ['Finished because', span.finishReasons?.length ? span.finishReasons.join(', ') : none],
    ['Service', span.serviceName ?? none],
    ['Environment', span.environment ?? none],
    ['User', span.userId ?? none],
    ['Session', span.sessionId ?? none],
    ['Tags', span.tags.length ? span.tags.join(', ') : none],
    [
      'Span id',
      <span key="id" className="mono">
        {span.spanId}
      </span>,
    ],
  ];
  return (
    <>
      <dl className={`${c.facts} num`}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {span.parameters != null && (
        <Block title="Parameters">
          <JsonView value={span.parameters} label="Parameters" />
        </Block>
      )}
      {span.links.length > 0 && (
        <Block title="Links to other traces">
          <ul className={c.documents}>
            {span.links.map((link) => (
              <li key={`${link.traceId}${link.spanId}`} className="mono">
                <Link {...urls.trace(project, link.traceId, link.spanId)}>
                  {link.traceId} · {link.spanId}
                </Link>
              </li>
            ))}
          </ul>
        </Block>
      )}
    </>
  );
}

function Attributes({ entries }: { entries: [string, unknown][] }) {
  if (entries.length === 0) return <p className="dim">None recorded</p>;
  return (
    <table className={c.table}>
      <thead className="vh">
        <tr>
          <th scope="col">Attribute</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(([key, value]) => (
          <tr key={key}>
            <th scope="row" className="mono">
              {key}
            </th>
            <td className="mono">
              {typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
