import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { ProjectKeysDocument, type ProjectKeysQuery, RevokeApiKeyDocument } from '@/gql/graphql';
import { ago, date, exactTime } from '@/lib/format';
import { toast } from '@/lib/toasts';
import { useProject } from '@/lib/viewer';
import { Chip, Chips, Empty, HiddenFigure, NoPermission, Panel } from '@/ui';
import { Answered } from './Answered';
import { Confirm } from './Confirm';
import { NewKey } from './NewKey';
import { RowAction, SettingsTable } from './SettingsTable';
import { scopeWord } from './words';

type ApiKey = NonNullable<ProjectKeysQuery['project']>['apiKeys'][number];

export function Keys() {
  const project = useProject();
  const may = project.permissions.has('MANAGE_KEYS');
  const [{ data, error, fetching }, again] = useQuery({
    query: ProjectKeysDocument,
    variables: { projectId: project.id },
    requestPolicy: 'cache-and-network',
    pause: !may,
  });
  const [making, makingIs] = useDisclosure(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const [, revoke] = useMutation(RevokeApiKeyDocument);
  const reload = () => again({ requestPolicy: 'network-only' });
  if (!may) return <NoPermission what="manage keys" />;
  return (
    <>
      <Panel
        title="Keys"
        line
        actions={
          <Button leftSection={<IconPlus size={14} />} onClick={makingIs.open}>
            New key
          </Button>
        }
      >
        <Answered data={data?.project?.apiKeys} error={error} fetching={fetching} what="the keys" onRetry={reload}>
          {(keys) =>
            keys.length === 0 ? (
              <Empty title="No keys yet">An application needs one to send traces, a script to ask questions.</Empty>
            ) : (
              <KeyTable keys={keys} onRevoke={setRevoking} />
            )
          }
        </Answered>
      </Panel>
      <NewKey opened={making} onClose={makingIs.close} onMade={reload} />
      <Confirm
        opened={revoking !== undefined}
        title={`Revoke ${revoking?.name ?? ''}?`}
        text="Whatever uses this key, or a key that was made with it, is refused from its next request on. This cannot be taken back."
        verb="Revoke 1 key"
        onClose={() => setRevoking(undefined)}
        onConfirm={async () => {
          const result = await revoke({ input: { id: revoking!.id } });
          if (!result.error) {
            toast(`${revoking!.name} is revoked`);
            reload();
          }
          return result;
        }}
      />
    </>
  );
}

function KeyTable({ keys, onRevoke }: { keys: readonly ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  return (
    <SettingsTable of="keys" columns={['Name', 'Begins with', 'May', 'Made by', 'Environment', 'Last used', 'Ends']}>
      {keys.map((key) => (
        <tr key={key.id}>
          <td>
            {key.name} {key.revokedAt && <Chip tone="fail">revoked</Chip>}
          </td>
          <td className="mono">{key.prefix}…</td>
          <td>
            <Chips>
              {key.scopes.map((scope) => (
                <Chip key={scope}>{scopeWord(scope)}</Chip>
              ))}
            </Chips>
          </td>
          <td data-nowrap>
            <Maker apiKey={key} />
          </td>
          <td>{key.environment ?? <span className="dim">any</span>}</td>
          <td title={key.lastUsedAt ? exactTime(key.lastUsedAt) : undefined}>
            <LastUse apiKey={key} />
          </td>
          <td>{key.expiresAt ? date(key.expiresAt) : <span className="dim">never</span>}</td>
          <td>
            {!key.revokedAt && (
              <RowAction label="Revoke" name={`Revoke ${key.name}`} onClick={() => onRevoke(key)}>
                <IconTrash size={15} stroke={1.75} />
              </RowAction>
            )}
          </td>
        </tr>
      ))}
    </SettingsTable>
  );
}

function LastUse({ apiKey: key }: { apiKey: ApiKey }) {
  if (key.lastUseHidden) return <HiddenFigure />;
  return key.lastUsedAt ? ago(key.lastUsedAt) : <span className="dim">never</span>;
}

/** Who made a key, and whose work it does where that is another. */
function Maker({ apiKey: key }: { apiKey: ApiKey }) {
  if (!key.createdBy) return <span className="dim">the installation</span>;
  return (
    <>
      {key.createdBy.name} {key.makerHasLeft && <Chip tone="warn">has left</Chip>}
      {key.actsFor && key.actsFor.id !== key.createdBy.id && (
        <>
          <br />
          <span className="dim">acts for {key.actsFor.name}</span>
        </>
      )}
    </>
  );
}
