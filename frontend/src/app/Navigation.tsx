import { Menu } from '@mantine/core';
import { IconCheck, IconLogout, IconPlus, IconSelector, IconSettings } from '@tabler/icons-react';
import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useQuery } from 'urql';
import { InboxCountDocument, NavigationCountsDocument } from '@/gql/graphql';
import { int } from '@/lib/format';
import { urls } from '@/lib/urls';
import { useProject, useViewer } from '@/lib/viewer';
import { Logo, Person } from '@/ui';
import c from './Navigation.module.css';
import { groupsFor } from './navigation';
import { useSignOut } from './useSignOut';

/** Counts are extras: where the server cannot say them, the links stand without. */
function useCounts() {
  const project = useProject();
  const [queues] = useQuery({
    query: NavigationCountsDocument,
    variables: { projectId: project.id },
    pause: !project.permissions.has('ADJUDICATE'),
  });
  const [inbox] = useQuery({ query: InboxCountDocument, pause: !project.permissions.has('REVIEW') });
  const sum = (values?: number[]) => values?.reduce((total, value) => total + value, 0) || undefined;
  return {
    reviews: sum(inbox.data?.viewer?.reviewInbox?.map((queue) => queue.myProgress.available)),
    disputes: sum(queues.data?.project?.reviewQueues?.filter((q) => !q.closedAt).map((q) => q.progress.disputed)),
  };
}

function ProjectSwitch() {
  const { organizations } = useViewer();
  const project = useProject();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" width={240} shadow="md">
      <Menu.Target>
        <button type="button" className={c.switch} aria-label={`Project ${project.name}, switch`}>
          <span>
            <b className="truncate">{project.name}</b>
            <small className="truncate">{project.organization.name}</small>
          </span>
          <IconSelector size={14} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {organizations.map((organization) => (
          <Fragment key={organization.id}>
            <Menu.Label>{organization.name}</Menu.Label>
            {organization.projects.map((p) => (
              <Menu.Item
                key={p.id}
                leftSection={p.id === project.id ? <IconCheck size={14} /> : <span style={{ width: 14 }} />}
                onClick={() => navigate(urls.traces({ slug: p.slug, organization }))}
              >
                {p.name}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlus size={14} />}
          onClick={() => navigate(urls.newProject(project.organization.slug))}
        >
          New project
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function PersonMenu({ rail }: { rail: boolean }) {
  const { user } = useViewer();
  const signOut = useSignOut();
  if (!user) return null;
  return (
    <Menu position="top-start" width={220} shadow="md">
      <Menu.Target>
        <button type="button" className={c.link} aria-label={`${user.name}, account`}>
          <Person name={user.name} />
          {!rail && <span className="truncate">{user.name}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item leftSection={<IconLogout size={14} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function Navigation({ rail = false, onMove }: { rail?: boolean; onMove?: () => void }) {
  const project = useProject();
  const path = useRouterState({ select: (s) => s.location.pathname });
  const counts = useCounts();
  const item = (label: string) => (rail ? { 'aria-label': label, title: label } : {});
  const here = (to: string) =>
    path.startsWith(to.replace('$org', project.organization.slug).replace('$project', project.slug));
  const settings = urls.settings(project);
  return (
    <nav className={c.side} aria-label="Primary">
      <div className={c.brand}>
        <Logo />
        {!rail && 'Plumbline'}
      </div>
      {!rail && <ProjectSwitch />}
      {groupsFor(project.permissions).map((group) => (
        <div key={group.name}>
          {rail ? <div style={{ height: 12 }} /> : <div className={c.group}>{group.name}</div>}
          {group.links.map(({ label, icon: Icon, link, count }) => {
            const target = link(project);
            return (
              <Link
                key={label}
                {...target}
                className={c.link}
                onClick={onMove}
                aria-current={here(target.to) ? 'page' : undefined}
                {...item(label)}
              >
                <Icon size={16} stroke={1.75} aria-hidden />
                {!rail && label}
                {!rail && count && counts[count] && <em className="num">{int(counts[count])}</em>}
              </Link>
            );
          })}
        </div>
      ))}
      <div className={c.foot}>
        <Link
          {...settings}
          className={c.link}
          onClick={onMove}
          aria-current={path.includes('/settings/') ? 'page' : undefined}
          {...item('Settings')}
        >
          <IconSettings size={16} stroke={1.75} aria-hidden />
          {!rail && 'Settings'}
        </Link>
        <PersonMenu rail={rail} />
      </div>
    </nav>
  );
}
