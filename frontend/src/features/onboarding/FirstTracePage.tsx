import { Button, Collapse, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation } from 'urql';
import { CreateFirstKeyDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useCan, useProject } from '@/lib/viewer';
import { Code, Notice } from '@/ui';
import c from './FirstTracePage.module.css';
import { kits } from './kits';
import { LoadSample } from './LoadSample';
import { useFirstTrace } from './useFirstTrace';

const placeholder = 'pl_YOUR_KEY';

/** How to send traces: key, address and code filled in; waits for the first one in plain sight. */
export function FirstTracePage() {
  usePage({ title: 'Send traces' });
  const [secret, setSecret] = useState<string>();
  const endpoint = location.origin;
  return (
    <div className={c.wrap}>
      <h1>Send your first trace</h1>
      <p className={c.lead}>
        Plumbline reads what any OpenTelemetry GenAI library already sends. Point it here; your address is filled in
        below, and your key as soon as you have made one.
      </p>
      <Arrival />
      <KeyOnce secret={secret} onMade={setSecret} />
      <div className={c.card}>
        <Tabs defaultValue={kits[0]!.name} keepMounted={false}>
          <Tabs.List>
            {kits.map((kit) => (
              <Tabs.Tab key={kit.name} value={kit.name}>
                {kit.name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {kits.map((kit) => (
            <Tabs.Panel key={kit.name} value={kit.name}>
              {kit.steps(endpoint, secret ?? placeholder).map((step, i) => (
                <div key={step.title} className={c.step}>
                  <i aria-hidden>{i + 1}</i>
                  <b>{step.title}</b>
                  <div>
                    <Code label={step.label}>{step.code}</Code>
                  </div>
                </div>
              ))}
            </Tabs.Panel>
          ))}
        </Tabs>
      </div>
      <LoadSample />
    </div>
  );
}

function Arrival() {
  const project = useProject();
  const first = useFirstTrace(project.id);
  const [help, helpIs] = useDisclosure(false);
  return (
    <div className={c.wait} data-done={first ? true : undefined}>
      <div className={c.state} role="status">
        {first ? (
          <IconCircleCheckFilled size={20} aria-hidden className={c.tick} />
        ) : (
          <span className={c.pulse} aria-hidden />
        )}
        <span>
          <b>{first ? 'Your first trace is here' : 'Waiting for your first trace…'}</b>
          <small>{first ? first.name : 'This turns green by itself, usually within a second.'}</small>
        </span>
      </div>
      {first ? (
        <Link {...urls.trace(project, first.traceId)} className={c.open}>
          <Button component="span">Open it</Button>
        </Link>
      ) : (
        <Button variant="subtle" color="gray" c="var(--pl-text-2)" aria-expanded={help} onClick={helpIs.toggle}>
          Nothing arrives?
        </Button>
      )}
      <Collapse expanded={help && !first} className={c.help}>
        <ul>
          <li>Send one call by hand with curl below. If it arrives, the address and the key are right.</li>
          <li>An answer of 401 means a wrong or revoked key; 404 means the address lacks nothing but /v1/traces.</li>
          <li>Libraries send in batches: let the program end or flush, or wait five seconds.</li>
          <li>In a container, 127.0.0.1 is the container itself: use the name or address of this machine.</li>
        </ul>
      </Collapse>
    </div>
  );
}

function KeyOnce({ secret, onMade }: { secret: string | undefined; onMade: (secret: string) => void }) {
  const project = useProject();
  const may = useCan('MANAGE_KEYS');
  const [{ fetching, error }, create] = useMutation(CreateFirstKeyDocument);
  if (secret) {
    return (
      <div className={c.key}>
        <Code label="key">{secret}</Code>
        <Notice tone="warn">
          This is the only time the key is shown. Copy it now; if it is lost, make another one.
        </Notice>
      </div>
    );
  }
  if (!may)
    return (
      <Notice>
        You need a key to send traces. Owners, admins and developers can make one under Settings, API keys.
      </Notice>
    );
  return (
    <div className={c.key}>
      <Button
        loading={fetching}
        onClick={async () => {
          const { data } = await create({ input: { projectId: project.id, name: 'First key', scopes: ['INGEST'] } });
          if (data) onMade(data.createApiKey.secret);
        }}
      >
        Create a key
      </Button>
      <span className="dim">It can only send traces to {project.name}.</span>
      {error && <Notice tone="fail">{sentenceOf(error)}</Notice>}
    </div>
  );
}
