import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { type ApiKeyScope, CreateApiKeyDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { useProject } from '@/lib/viewer';
import { Code, Notice } from '@/ui';
import { scopes } from './words';

const lives = { never: 'Never', '30': 'In 30 days', '90': 'In 90 days', '365': 'In a year' };
const day = 86_400_000;
const refused = { disabled: true, description: 'Given by owners and admins' };

/** Makes a key and shows its secret this once. */
export function NewKey(p: { opened: boolean; onClose: () => void; onMade: () => void }) {
  const [secret, setSecret] = useState<string>();
  const close = () => {
    p.onClose();
    setSecret(undefined);
  };
  return (
    <Modal
      opened={p.opened}
      onClose={close}
      title={secret ? 'Copy the key now' : 'New key'}
      // The secret is not to be lost by a stray click.
      closeOnClickOutside={!secret}
      closeOnEscape={!secret}
    >
      {secret ? (
        <Stack gap="sm">
          <Code label="key">{secret}</Code>
          <Notice tone="warn">This is the only time it is shown. If it is lost, make another one.</Notice>
          <Group justify="flex-end">
            <Button data-autofocus onClick={close}>
              I have copied it
            </Button>
          </Group>
        </Stack>
      ) : (
        <NewKeyForm
          onClose={close}
          onMade={(made) => {
            setSecret(made);
            p.onMade();
          }}
        />
      )}
    </Modal>
  );
}

function NewKeyForm({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const project = useProject();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>(['INGEST']);
  const [environment, setEnvironment] = useState('');
  const [life, setLife] = useState<keyof typeof lives>('never');
  const [{ fetching, error }, create] = useMutation(CreateApiKeyDocument);
  const submit = async () => {
    const { data } = await create({
      input: {
        projectId: project.id,
        name: name.trim(),
        scopes: chosen as ApiKeyScope[],
        environment: environment.trim() || undefined,
        expiresAt: life === 'never' ? undefined : new Date(Date.now() + Number(life) * day).toISOString(),
      },
    });
    if (data) onMade(data.createApiKey.secret);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label="Name"
          description="What will use it"
          placeholder="claims-api, production"
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label="It may" value={chosen} onChange={setChosen}>
          <Stack gap={6} mt={6}>
            {scopes.map((scope) => (
              <Checkbox
                key={scope.value}
                value={scope.value}
                label={`${scope.label}: ${scope.may}`}
                {...(scope.given && !project.permissions.has(scope.given) ? refused : {})}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <TextInput
          label="Environment"
          description="Set on every trace it sends that names none; empty for any"
          value={environment}
          onChange={(event) => setEnvironment(event.currentTarget.value)}
        />
        <Select
          label="Ends"
          data={Object.entries(lives).map(([value, label]) => ({ value, label }))}
          value={life}
          onChange={(value) => setLife((value ?? 'never') as keyof typeof lives)}
        />
        {error && <Notice tone="fail">{sentenceOf(error)}</Notice>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={fetching} disabled={!name.trim() || chosen.length === 0}>
            Create the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
