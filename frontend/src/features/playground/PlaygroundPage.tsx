import { useParams, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { PlaygroundOneVersionDocument, PlaygroundPromptDocument, PlaygroundProvidersDocument } from '@/gql/graphql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useCan, useProject } from '@/lib/viewer';
import { Failure, NoPermission, Waiting } from '@/ui';
import { Workbench } from './Workbench';

const from = '/signed-in/p/$org/$project/prompts/$name';

/** The workbench of one prompt; `?version=` opens that version. */
export function PlaygroundPage() {
  const project = useProject();
  const { name } = useParams({ from });
  const { version } = useSearch({ from });
  usePage({ title: name, parents: [{ label: 'Prompts', link: urls.prompts(project) }], rail: true });
  const mayRead = useCan('READ_TRACES') || useCan('EDIT_PROMPTS');
  const [{ data, error, fetching }, again] = useQuery({
    query: PlaygroundPromptDocument,
    variables: { projectId: project.id, name },
  });
  const [providers] = useQuery({ query: PlaygroundProvidersDocument, variables: { projectId: project.id } });
  const [asked] = useQuery({
    query: PlaygroundOneVersionDocument,
    variables: { projectId: project.id, name, number: version ?? 0 },
    pause: version === undefined,
  });
  const prompt = data?.project?.prompt;
  if (!prompt && !mayRead) return <NoPermission what="open prompts" />;
  if (!prompt) {
    if (fetching) return <Waiting />;
    return (
      <Failure
        title={`There is no prompt “${name}” here`}
        text={error ? sentenceOf(error) : 'It may have another name, or belong to another project.'}
        detail={error && detailOf(error)}
        onRetry={() => again({ requestPolicy: 'network-only' })}
      />
    );
  }
  if ((version !== undefined && asked.fetching) || (providers.fetching && !providers.data)) return <Waiting />;
  return (
    <Workbench
      key={`${prompt.id} ${version ?? ''}`}
      prompt={prompt}
      start={asked.data?.project?.prompt?.version ?? prompt.latest}
      providers={providers.data?.project?.providers ?? []}
    />
  );
}
