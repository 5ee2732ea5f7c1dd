import { Button, Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useClient, useMutation, useQuery } from 'urql';
import { CreatePromptDocument, PromptListDocument, type PromptRowFragment } from '@/gql/graphql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { ago, exactTime, plural } from '@/lib/format';
import { useKeys } from '@/lib/keys';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useCan, useProject } from '@/lib/viewer';
import {
  Chip,
  Chips,
  DialogActions,
  Empty,
  Failure,
  Interval,
  Key,
  Notice,
  PageHead,
  Person,
  RowList,
  Waiting,
} from '@/ui';
import { firstVersion, nameProblem } from './model';
import c from './PromptsPage.module.css';

const PAGE = 50;

/** Every prompt with where its labels stand, what changed last and how it does. */
export function PromptsPage() {
  const project = useProject();
  const client = useClient();
  const mayEdit = useCan('EDIT_PROMPTS');
  const [typed, setTyped] = useState('');
  const [still] = useDebouncedValue(typed.trim(), 250);
  const search = still || null;
  const variables = { projectId: project.id, first: PAGE, after: null as string | null, search };
  const [{ data, error, fetching }, again] = useQuery({
    query: PromptListDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const [older, setOlder] = useState<{ for: string | null; nodes: PromptRowFragment[]; cursor: string | null }>();
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  usePage({ title: 'Prompts' });
  useKeys([{ keys: '/', label: 'Search prompts', run: () => field.current?.focus() }]);

  const page = data?.project?.prompts;
  const more = older?.for === search ? older : undefined;
  const prompts = [...(page?.nodes ?? []), ...(more?.nodes ?? [])].filter((p) => !p.archivedAt);
  const cursor = more ? more.cursor : page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  const load = async () => {
    const answer = await client.query(PromptListDocument, { ...variables, after: cursor });
    const next = answer.data?.project?.prompts;
    if (next)
      setOlder({
        for: search,
        nodes: [...(more?.nodes ?? []), ...next.nodes],
        cursor: next.pageInfo.hasNextPage ? (next.pageInfo.endCursor ?? null) : null,
      });
  };
  const button = mayEdit && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setOpen(true)}>
      New prompt
    </Button>
  );
  const none = page !== undefined && prompts.length === 0;
  return (
    <>
      <PageHead title="Prompts" actions={none && !search ? undefined : button}>
        {page && <span className="dim num">{plural(page.totalCount, 'prompt')}</span>}
      </PageHead>
      {(prompts.length > 0 || search) && (
        <div className={c.tools}>
          <TextInput
            ref={field}
            w={260}
            aria-label="Search prompts"
            placeholder="Search prompts"
            leftSection={<IconSearch size={14} stroke={1.75} />}
            rightSection={<Key>/</Key>}
            value={typed}
            onChange={(e) => setTyped(e.currentTarget.value)}
          />
        </div>
      )}
      {!page && fetching && <Waiting />}
      {!page && !fetching && (
        <Failure
          title="The prompts could not be listed"
          text={error ? sentenceOf(error) : 'The server sent no answer.'}
          detail={error && detailOf(error)}
          onRetry={() => again({ requestPolicy: 'network-only' })}
        />
      )}
      {none &&
        (search ? (
          <Empty
            title={`No prompt matches “${search}”`}
            action={
              <Button variant="default" onClick={() => setTyped('')}>
                Clear the search
              </Button>
            }
          />
        ) : (
          <Empty title="No prompts yet" action={button}>
            A prompt keeps every version of a text that is sent to a model. Write one here, or register one from code.
          </Empty>
        ))}
      {prompts.length > 0 && (
        <RowList>
          {prompts.map((prompt) => (
            <li key={prompt.id}>
              <PromptRow prompt={prompt} link={urls.prompt(project, prompt.name)} />
            </li>
          ))}
        </RowList>
      )}
      {cursor && (
        <div className={c.more}>
          <Button variant="default" onClick={() => void load()}>
            Show more
          </Button>
        </div>
      )}
      {open && <NewPrompt onClose={() => setOpen(false)} />}
    </>
  );
}

function PromptRow({ prompt, link }: { prompt: PromptRowFragment; link: ReturnType<typeof urls.prompt> }) {
  const { latest, labels } = prompt;
  const rate = latest.passRate;
  return (
    <Link {...link} className={c.row}>
      <span>
        <b className="truncate">{prompt.name}</b>
        <small className="truncate">{prompt.description ?? latest.note ?? latest.model ?? 'No description'}</small>
      </span>
      <Chips>
        {labels.map((label) => (
          <Chip key={label.name} tone={label.name === 'production' ? 'pass' : undefined}>
            {label.name} v{label.version.number}
          </Chip>
        ))}
      </Chips>
      <span className={c.who} title={exactTime(latest.createdAt)}>
        {latest.author && <Person name={latest.author.name} size={18} />}
        <span className="num truncate">
          v{latest.number}, {ago(latest.createdAt)}
        </span>
      </span>
      <span>
        {rate && rate.passed + rate.failed > 0 ? <Interval rate={rate.rate} low={rate.low} high={rate.high} /> : null}
      </span>
    </Link>
  );
}

function NewPrompt({ onClose }: { onClose: () => void }) {
  const project = useProject();
  const navigate = useNavigate();
  const [creating, create] = useMutation(CreatePromptDocument);
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const problem = nameProblem(name);
  const save = async () => {
    const { data } = await create({ input: firstVersion(project.id, name) });
    if (data) void navigate(urls.prompt(project, name));
  };
  return (
    <Modal opened onClose={onClose} title="New prompt" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={c.form}
        onSubmit={(e) => {
          e.preventDefault();
          setTried(true);
          if (!problem) void save();
        }}
      >
        <TextInput
          data-autofocus
          label="Name"
          description="Code and scripts use this name; it stays."
          placeholder="claim-reply"
          value={name}
          error={tried ? problem : undefined}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        {creating.error && <Notice tone="fail">{sentenceOf(creating.error)}</Notice>}
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={creating.fetching}>
            Create prompt
          </Button>
        </DialogActions>
      </form>
    </Modal>
  );
}
