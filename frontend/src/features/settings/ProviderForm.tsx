import { Button, Group, Modal, NumberInput, PasswordInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { type ModelProviderKind, SaveProviderDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { useProject } from '@/lib/viewer';
import { Notice } from '@/ui';
import type { Provider } from './Providers';
import { providerKinds } from './words';

export function ProviderForm({
  provider,
  onClose,
  onSaved,
}: {
  provider?: Provider;
  onClose: () => void;
  onSaved: () => void;
}) {
  const project = useProject();
  const [kind, setKind] = useState<ModelProviderKind>(provider?.kind ?? 'OPENAI');
  const [name, setName] = useState(provider?.name ?? '');
  const [baseUrl, setBaseUrl] = useState(provider?.baseUrl ?? '');
  const [apiKey, setApiKey] = useState('');
  const [models, setModels] = useState(provider?.models ?? []);
  const [budget, setBudget] = useState<string | number>(provider?.monthlyBudgetUsd ?? '');
  const [{ fetching, error }, save] = useMutation(SaveProviderDocument);
  const known = providerKinds.find((k) => k.value === kind);
  const submit = async () => {
    const { data } = await save({
      input: {
        projectId: project.id,
        id: provider?.id,
        name: name.trim() || known?.label || kind,
        kind,
        baseUrl: baseUrl.trim() || known?.address,
        apiKey: apiKey || undefined,
        models,
        monthlyBudgetUsd: budget === '' ? undefined : String(budget),
      },
    });
    if (!data) return;
    onSaved();
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={provider ? `Edit ${provider.name}` : 'Add a provider'}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <Select
            data-autofocus
            label="Kind"
            data={providerKinds.map(({ value, label }) => ({ value, label }))}
            value={kind}
            onChange={(value) => value && setKind(value as ModelProviderKind)}
          />
          <TextInput
            label="Name"
            placeholder={known?.label}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {kind !== 'DEMO' && (
            <>
              <TextInput
                label="Address"
                type="url"
                placeholder={known?.address ?? 'https://…/v1'}
                required={!known?.address}
                withAsterisk={false}
                value={baseUrl}
                onChange={(event) => setBaseUrl(event.currentTarget.value)}
              />
              <PasswordInput
                label="Key"
                placeholder={provider?.secretHint ? `${provider.secretHint} is set. Type to replace it` : undefined}
                autoComplete="off"
                value={apiKey}
                onChange={(event) => setApiKey(event.currentTarget.value)}
              />
              <TagsInput
                label="Models"
                description="Names as the provider spells them; Enter after each"
                value={models}
                onChange={setModels}
              />
              <NumberInput
                label="Most to spend in a month, in dollars"
                description="Runs are refused above it; empty for no limit"
                min={0}
                value={budget}
                onChange={setBudget}
              />
            </>
          )}
          {error && <Notice tone="fail">{sentenceOf(error)}</Notice>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={fetching}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
