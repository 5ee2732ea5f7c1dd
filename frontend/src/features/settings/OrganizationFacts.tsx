import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { urls } from '@/lib/urls';
import { useProject, useViewer } from '@/lib/viewer';
import { Panel } from '@/ui';
import c from './OrganizationFacts.module.css';

export function OrganizationFacts() {
  const project = useProject();
  const navigate = useNavigate();
  const { organizations } = useViewer();
  const organization = organizations.find((o) => o.id === project.organization.id);
  return (
    <>
      <Panel title="Organization">
        <dl className={c.facts}>
          <div>
            <dt>Name</dt>
            <dd>{project.organization.name}</dd>
          </div>
          <div>
            <dt>Name in addresses</dt>
            <dd className="mono">{project.organization.slug}</dd>
          </div>
        </dl>
      </Panel>
      <Panel
        title="Projects"
        actions={
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => void navigate(urls.newProject(project.organization.slug))}
          >
            New project
          </Button>
        }
      >
        <dl className={c.facts}>
          {organization?.projects.map((p) => (
            <div key={p.id}>
              <dt>
                <Link {...urls.traces({ slug: p.slug, organization: project.organization })}>{p.name}</Link>
              </dt>
              <dd className="mono">{p.slug}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </>
  );
}
