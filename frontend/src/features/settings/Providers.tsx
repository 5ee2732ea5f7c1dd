import { Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { DeleteProviderDocument, ProjectProvidersDocument, type ProjectProvidersQuery } from '@/gql/graphql';
import { cost } from '@/lib/format';
import { useProject } from '@/lib/viewer';
import { Empty, HiddenFigure, Panel } from '@/ui';
import { Answered } from './Answered';
import { Confirm } from './Confirm';
import { ProviderForm } from './ProviderForm';
import { RowAction, SettingsTable } from './SettingsTable';
import { kindWord } from './words';

export type Provider = NonNullable<ProjectProvidersQuery['project']>['providers'][number];

export function Providers() {
  const project = useProject();
  const may = project.permissions.has('MANAGE_PROJECT');
  const [{ data, error, fetching }, again] = useQuery({
    query: ProjectProvidersDocument,
    variables: { projectId: project.id },
    requestPolicy: 'cache-and-network',
  });
  const [editing, setEditing] = useState<Provider | 'new'>();
  const [going, setGoing] = useState<Provider>();
  const [, remove] = useMutation(DeleteProviderDocument);
  const reload = () => again({ requestPolicy: 'network-only' });
  return (
    <>
      <Panel
        title="Providers"
        line
        actions={
          may && (
            <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
              Add a provider
            </Button>
          )
        }
      >
        <Answered
          data={data?.project?.providers}
          error={error}
          fetching={fetching}
          what="the providers"
          onRetry={reload}
        >
          {(providers) =>
            providers.length === 0 ? (
              <Empty title="No provider yet">Add one with its key, or the demo to try the playground without.</Empty>
            ) : (
              <ProviderTable providers={providers} may={may} onEdit={setEditing} onRemove={setGoing} />
            )
          }
        </Answered>
      </Panel>
      {editing && (
        <ProviderForm
          provider={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSaved={reload}
        />
      )}
      <Confirm
        opened={going !== undefined}
        title={`Remove ${going?.name ?? ''}?`}
        text="Its key is deleted. Prompts that name it can no longer run until another is chosen."
        verb="Remove 1 provider"
        onClose={() => setGoing(undefined)}
        onConfirm={async () => {
          const result = await remove({ input: { id: going!.id } });
          if (!result.error) reload();
          return result;
        }}
      />
    </>
  );
}

function ProviderTable(p: {
  providers: readonly Provider[];
  may: boolean;
  onEdit: (provider: Provider) => void;
  onRemove: (provider: Provider) => void;
}) {
  return (
    <SettingsTable of="providers" columns={['Name', 'Kind', 'Models', 'Key', 'Spent this month']}>
      {p.providers.map((provider) => (
        <tr key={provider.id}>
          <td>{provider.name}</td>
          <td>{kindWord(provider.kind)}</td>
          <td className="mono">{provider.models.join(', ') || <span className="dim">any</span>}</td>
          <td className="mono">{provider.secretHint ?? <span className="dim">none</span>}</td>
          <td>
            {provider.spentThisMonthUsd === null ? <HiddenFigure /> : cost(provider.spentThisMonthUsd)}
            {provider.monthlyBudgetUsd && <span className="dim"> of {cost(provider.monthlyBudgetUsd)}</span>}
          </td>
          <td>
            {p.may && (
              <span style={{ display: 'inline-flex', gap: 4 }}>
                <RowAction label="Edit" name={`Edit ${provider.name}`} onClick={() => p.onEdit(provider)}>
                  <IconPencil size={15} stroke={1.75} />
                </RowAction>
                <RowAction label="Remove" name={`Remove ${provider.name}`} onClick={() => p.onRemove(provider)}>
                  <IconTrash size={15} stroke={1.75} />
                </RowAction>
              </span>
            )}
          </td>
        </tr>
      ))}
    </SettingsTable>
  );
}
