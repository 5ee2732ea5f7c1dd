import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { SaveModelPriceDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { toast } from '@/lib/toasts';
import { Notice } from '@/ui';
import type { Price } from './Prices';

type Amount = 'inputUsdPerMillion' | 'outputUsdPerMillion' | 'cachedInputUsdPerMillion' | 'reasoningUsdPerMillion';

const amounts: readonly { name: Amount; label: string; hint?: string; required?: boolean }[] = [
  { name: 'inputUsdPerMillion', label: 'Input', required: true },
  { name: 'outputUsdPerMillion', label: 'Output', required: true },
  { name: 'cachedInputUsdPerMillion', label: 'Cached input', hint: 'Empty when it costs what input costs' },
  { name: 'reasoningUsdPerMillion', label: 'Reasoning', hint: 'Empty when it costs what output costs' },
];

const today = () => new Date().toISOString().slice(0, 10);

/** A price from a day on. Prices of before stay for the calls of before. */
export function PriceForm(p: { price: Partial<Price>; organizationId: string; onClose: () => void }) {
  const [model, setModel] = useState(p.price.model ?? '');
  const [provider, setProvider] = useState(p.price.provider ?? '');
  const [since, setSince] = useState(today);
  const [values, setValues] = useState<Partial<Record<Amount, string | number>>>(() =>
    Object.fromEntries(amounts.map(({ name }) => [name, p.price[name] ?? ''])),
  );
  const [{ fetching, error }, save] = useMutation(SaveModelPriceDocument);
  const amount = (name: Amount) => (values[name] === '' || values[name] == null ? undefined : String(values[name]));
  const submit = async () => {
    const { data } = await save({
      input: {
        organizationId: p.organizationId,
        model: model.trim(),
        provider: provider.trim() || undefined,
        validFrom: `${since}T00:00:00Z`,
        inputUsdPerMillion: amount('inputUsdPerMillion')!,
        outputUsdPerMillion: amount('outputUsdPerMillion')!,
        cachedInputUsdPerMillion: amount('cachedInputUsdPerMillion'),
        reasoningUsdPerMillion: amount('reasoningUsdPerMillion'),
      },
    });
    if (!data) return;
    toast(`Price of ${model.trim()} saved`);
    p.onClose();
  };
  return (
    <Modal opened onClose={p.onClose} title="Set a price">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label="Model"
            description="As it stands in the traces"
            required
            withAsterisk={false}
            value={model}
            onChange={(event) => setModel(event.currentTarget.value)}
          />
          <TextInput
            label="Provider"
            description="Empty for whoever serves it"
            value={provider}
            onChange={(event) => setProvider(event.currentTarget.value)}
          />
          <Group grow align="start" gap="sm">
            {amounts.slice(0, 2).map(field)}
          </Group>
          <Group grow align="start" gap="sm">
            {amounts.slice(2).map(field)}
          </Group>
          <TextInput
            label="Since"
            description="Calls from this day on (UTC) are priced anew"
            type="date"
            required
            withAsterisk={false}
            value={since}
            onChange={(event) => setSince(event.currentTarget.value)}
          />
          {error && <Notice tone="fail">{sentenceOf(error)}</Notice>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={p.onClose}>
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

  function field({ name, label, hint, required }: (typeof amounts)[number]) {
    return (
      <NumberInput
        key={name}
        label={label}
        description={hint ?? 'Dollars for a million tokens'}
        min={0}
        decimalScale={6}
        prefix="$"
        required={required}
        withAsterisk={false}
        value={values[name]}
        onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
      />
    );
  }
}
