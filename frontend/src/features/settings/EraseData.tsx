import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useClient, useMutation } from 'urql';
import { EraseDataDocument, TracesToEraseDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { plural } from '@/lib/format';
import { toast, toastError } from '@/lib/toasts';
import { useProject } from '@/lib/viewer';
import { Notice, Panel } from '@/ui';
import { Confirm } from './Confirm';
import shared from './settings.module.css';

type Subject = 'user' | 'trace';

const fields: Record<Subject, { label: string; hint: string }> = {
  user: { label: 'User id', hint: 'As your application sends it in user.id' },
  trace: { label: 'Trace id', hint: '32 characters; the trace page copies it' },
};

/** Deletes what one end user, or one trace, left behind. Counts first, so that the question names what will go. */
export function EraseData() {
  const project = useProject();
  const client = useClient();
  const [subject, setSubject] = useState<Subject>('user');
  const [id, setId] = useState('');
  const [counting, setCounting] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState(false);
  /** What the question is about; it stays while the dialog fades. */
  const [going, setGoing] = useState({ subject, name: '', count: '' });
  const [, erase] = useMutation(EraseDataDocument);
  if (!project.permissions.has('MANAGE_PROJECT')) return null;
  const name = id.trim();

  const confirm = (count: string) => {
    setGoing({ subject, name, count });
    setAsking(true);
  };
  const ask = async () => {
    setProblem(undefined);
    if (subject === 'trace') {
      if (/^[0-9a-f]{32}$/i.test(name)) confirm('1 trace');
      else setProblem('A trace id has 32 characters from 0 to 9 and a to f.');
      return;
    }
    setCounting(true);
    const { data, error } = await client
      .query(
        TracesToEraseDocument,
        { projectId: project.id, where: { userId: { eq: name } } },
        { requestPolicy: 'network-only' },
      )
      .toPromise();
    setCounting(false);
    if (error || !data?.project) return setProblem(error ? sentenceOf(error) : 'The traces could not be counted.');
    confirm(plural(data.project.traces.totalCount ?? 0, 'trace'));
  };

  return (
    <Panel title="Erase data" note="when somebody asks to be forgotten">
      <form
        className={`${shared.inside} ${shared.form}`}
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <SegmentedControl
          data-wide
          style={{ justifySelf: 'start' }}
          aria-label="What is erased"
          data={[
            { value: 'user', label: 'A user' },
            { value: 'trace', label: 'One trace' },
          ]}
          value={subject}
          onChange={(value) => {
            setSubject(value as Subject);
            setProblem(undefined);
          }}
        />
        <div data-wide>
          <TextInput
            label={fields[subject].label}
            description={fields[subject].hint}
            value={id}
            error={problem}
            onChange={(event) => setId(event.currentTarget.value)}
          />
        </div>
        <div data-wide>
          <Notice>
            Review items, dataset items, playground runs and comments about those traces go too. What arrives later
            stays, and the audit log keeps that it was done.
          </Notice>
        </div>
        <div className={shared.actions}>
          <Button type="submit" variant="default" disabled={!name} loading={counting}>
            Erase…
          </Button>
        </div>
      </form>
      <Confirm
        opened={asking}
        title={going.subject === 'user' ? `Erase what ${going.name} left behind?` : 'Erase this trace?'}
        text={
          going.count === plural(0, 'trace')
            ? 'No trace that you can see names this user. Traces that are hidden from you while you review are erased as well.'
            : 'It is deleted from storage, not only from view. This cannot be undone.'
        }
        verb={`Erase ${going.count}`}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          const result = await erase({
            input: { projectId: project.id, [going.subject === 'user' ? 'userId' : 'traceId']: going.name },
          });
          if (result.data) {
            const { erasedSpans, unreadableBlocks } = result.data.eraseData;
            // Not shown to whoever is still to review: it says what hidden traces held.
            const said = erasedSpans === null ? 'Erased' : `${plural(erasedSpans, 'span')} erased`;
            if (unreadableBlocks === 0) toast(said);
            else
              toastError(
                `${said}. ${plural(unreadableBlocks, 'damaged block')} could not be read: what they hold goes when an operator restores them.`,
              );
            setId('');
          }
          return result;
        }}
      />
    </Panel>
  );
}
