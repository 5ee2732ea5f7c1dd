import { Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { type CombinedError, useQuery } from 'urql';
import { MemberKeysDocument, type MemberKeysQuery, type Role } from '@/gql/graphql';
import { ago } from '@/lib/format';
import { Chip, Chips, Notice, Waiting } from '@/ui';
import { Confirm } from './Confirm';
import c from './Members.module.css';
import { scopeWord } from './words';

interface Somebody {
  id: string;
  name: string;
}
type Key = NonNullable<MemberKeysQuery['organization']>['members']['nodes'][number]['apiKeys'][number];

/**
 * Asks before somebody is removed, or lowered, what is to become of the keys that act for them and may do more than
 * they may from then on: revoked, or taken over by another member.
 */
export function Handover(p: {
  slug: string;
  who: Somebody;
  /** The role they get; none when they are removed. */
  role?: Role;
  others: readonly Somebody[];
  title: string;
  text: string;
  verb: string;
  onClose: () => void;
  onConfirm: (keysToUserId: string | undefined) => Promise<{ error?: CombinedError }>;
}) {
  const [heir, setHeir] = useState<string | null>(null);
  const [{ data, error, fetching }] = useQuery({
    query: MemberKeysDocument,
    variables: { slug: p.slug, beyond: p.role },
    requestPolicy: 'network-only',
  });
  const keys = data?.organization?.members.nodes.find((m) => m.user.id === p.who.id)?.apiKeys ?? [];
  return (
    <Confirm
      opened
      title={p.title}
      text={p.text}
      verb={p.verb}
      disabled={fetching || error !== undefined}
      onClose={p.onClose}
      onConfirm={() => p.onConfirm(heir ?? undefined)}
    >
      {fetching && <Waiting rows={2} label="Loading the keys" />}
      {error && (
        <Notice tone="fail">
          The keys that act for {p.who.name} could not be read. Close this and try again, so that none is revoked
          unseen.
        </Notice>
      )}
      {keys.length > 0 && (
        <Stack gap="sm" mb="sm">
          <KeyList keys={keys} />
          <Select
            label="These keys"
            aria-label="What becomes of these keys"
            data={[
              { value: '', label: 'are revoked' },
              ...p.others.map((o) => ({ value: o.id, label: `are taken over by ${o.name}` })),
            ]}
            value={heir ?? ''}
            onChange={(value) => setHeir(value || null)}
          />
          {heir ? (
            <Notice tone="warn">
              {p.who.name} may know their secrets and could go on using them. Make new keys soon, and revoke these.
            </Notice>
          ) : (
            <Notice tone="warn">Whatever uses them is refused from its next request on.</Notice>
          )}
        </Stack>
      )}
    </Confirm>
  );
}

function lastUse(key: Key) {
  if (key.lastUseHidden) return 'last use hidden while you review';
  return key.lastUsedAt ? `used ${ago(key.lastUsedAt)}` : 'never used';
}

function KeyList({ keys }: { keys: readonly Key[] }) {
  return (
    <ul className={c.keys} aria-label="Keys that act for them">
      {keys.map((key) => (
        <li key={key.id}>
          <span>
            {key.name} <small className="mono">{key.prefix}…</small>
          </span>
          <Chips>
            {key.scopes.map((scope) => (
              <Chip key={scope}>{scopeWord(scope)}</Chip>
            ))}
          </Chips>
          <small>{lastUse(key)}</small>
        </li>
      ))}
    </ul>
  );
}
