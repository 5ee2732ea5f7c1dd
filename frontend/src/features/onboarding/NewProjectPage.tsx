import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation } from 'urql';
import { CreateProjectDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useViewer } from '@/lib/viewer';
import { Empty, FocusFrame, Logo, Notice, SchemeSwitch } from '@/ui';
import c from './NewProjectPage.module.css';

export function NewProjectPage() {
  usePage({ title: 'New project' });
  const { organizations } = useViewer();
  return (
    <FocusFrame
      bar={
        <>
          <Logo />
          <b>Plumbline</b>
          <span style={{ marginLeft: 'auto' }}>
            <SchemeSwitch />
          </span>
        </>
      }
    >
      {organizations.length > 0 ? (
        <NewProjectForm />
      ) : (
        <Empty title="You belong to no organization">Ask the owner of one for an invitation.</Empty>
      )}
    </FocusFrame>
  );
}

function NewProjectForm() {
  const { organizations } = useViewer();
  const { organization: wanted } = useSearch({ from: '/signed-in/new' });
  const navigate = useNavigate();
  const [organizationId, setOrganizationId] = useState(
    (organizations.find((o) => o.slug === wanted) ?? organizations[0])?.id ?? '',
  );
  const [name, setName] = useState('');
  const [{ fetching, error }, create] = useMutation(CreateProjectDocument);
  const submit = async () => {
    const { data } = await create({ input: { organizationId, name: name.trim() } });
    const organization = organizations.find((o) => o.id === organizationId);
    if (data && organization) await navigate(urls.firstTrace({ slug: data.createProject.project.slug, organization }));
  };
  return (
    <form
      className={c.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h1>Name your project</h1>
      <p>
        One project for each application or feature that calls a model. It has its own traces, prompts, queues and keys.
      </p>
      <Stack gap="sm">
        {organizations.length > 1 && (
          <Select
            size="sm"
            label="Organization"
            data={organizations.map((o) => ({ value: o.id, label: o.name }))}
            value={organizationId}
            onChange={(value) => value && setOrganizationId(value)}
          />
        )}
        <TextInput
          size="sm"
          label="Project name"
          placeholder="Claims assistant"
          required
          withAsterisk={false}
          autoFocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {error && (
          <div role="alert">
            <Notice tone="fail">{sentenceOf(error)}</Notice>
          </div>
        )}
        <Button type="submit" size="sm" h={38} loading={fetching} disabled={!name.trim()}>
          Create the project
        </Button>
      </Stack>
    </form>
  );
}
