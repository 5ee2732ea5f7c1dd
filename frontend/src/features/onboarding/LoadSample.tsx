import { Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMutation } from 'urql';
import { LoadSampleProjectDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { toast } from '@/lib/toasts';
import { urls } from '@/lib/urls';
import { useCan, useProject } from '@/lib/viewer';
import { Notice } from '@/ui';
import c from './LoadSample.module.css';

/** For those who want to look around first. */
export function LoadSample() {
  const project = useProject();
  const navigate = useNavigate();
  const may = useCan('MANAGE_PROJECT');
  const [{ fetching, error }, load] = useMutation(LoadSampleProjectDocument);
  if (!may) return null;
  const submit = async () => {
    const { data } = await load({ input: { id: project.id } });
    if (!data) return;
    toast('The sample is loaded');
    await navigate(urls.traces(project));
  };
  return (
    <div className={c.alt}>
      Just looking?
      <Button
        variant="default"
        leftSection={<IconSparkles size={14} stroke={1.75} />}
        loading={fetching}
        onClick={() => void submit()}
      >
        Load sample project
      </Button>
      prompts and a day of traces, into this project
      {error && (
        <div role="alert">
          <Notice tone="fail">{sentenceOf(error)}</Notice>
        </div>
      )}
    </div>
  );
}
