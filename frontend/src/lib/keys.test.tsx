import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { type KeyBinding, keyNames, useActiveKeys, useKeys } from './keys';

function Page({ bindings, on }: { bindings: KeyBinding[]; on?: boolean }) {
  useKeys(bindings, on);
  return <input aria-label="Field" />;
}
const binding = (keys: string, run = vi.fn()) => ({ keys, label: keys, run });

describe('useKeys', () => {
  it('runs a key, but not while a person types', async () => {
    const j = binding('j');
    render(<Page bindings={[j]} />);
    await userEvent.keyboard('j');
    expect(j.run).toHaveBeenCalledTimes(1);
    await userEvent.type(screen.getByLabelText('Field'), 'j');
    expect(j.run).toHaveBeenCalledTimes(1);
  });

  it('leaves the page alone while a dialog is open, but for the palette', async () => {
    const [clear, run, palette] = [binding('escape'), binding('mod+enter'), binding('mod+k')];
    render(
      <>
        <Page bindings={[clear, run, palette]} />
        <div role="dialog" aria-modal="true" aria-label="Dialog">
          <input aria-label="In the dialog" />
        </div>
      </>,
    );
    await userEvent.type(screen.getByLabelText('In the dialog'), '{Escape}{Control>}{Enter}k{/Control}');
    expect([clear, run, palette].map((b) => b.run.mock.calls.length)).toEqual([0, 0, 1]);
  });

  it('runs Esc and Ctrl keys while a person types', async () => {
    const esc = binding('escape');
    const submit = binding('mod+enter');
    render(<Page bindings={[esc, submit]} />);
    await userEvent.type(screen.getByLabelText('Field'), '{Escape}{Control>}{Enter}{/Control}');
    expect(esc.run).toHaveBeenCalledTimes(1);
    expect(submit.run).toHaveBeenCalledTimes(1);
  });

  it('runs a sequence and not its second key alone', async () => {
    const go = binding('g t');
    const t = binding('t');
    render(<Page bindings={[go, t]} />);
    await userEvent.keyboard('gt');
    expect(go.run).toHaveBeenCalledTimes(1);
    expect(t.run).not.toHaveBeenCalled();
    await userEvent.keyboard('t');
    expect(t.run).toHaveBeenCalledTimes(1);
  });

  it('gives the newest layer the key and returns it when that goes', async () => {
    const page = binding('j');
    const dialog = binding('j');
    render(<Page bindings={[page]} />);
    const top = render(<Page bindings={[dialog]} />);
    await userEvent.keyboard('j');
    top.unmount();
    await userEvent.keyboard('j');
    expect([dialog.run.mock.calls.length, page.run.mock.calls.length]).toEqual([1, 1]);
  });

  it('does nothing while switched off', async () => {
    const j = binding('j');
    render(<Page bindings={[j]} on={false} />);
    await userEvent.keyboard('j');
    expect(j.run).not.toHaveBeenCalled();
  });

  it('lists the keys that work now', () => {
    function Sheet() {
      return <output>{useActiveKeys().map((k) => k.label)}</output>;
    }
    render(
      <>
        <Page bindings={[binding('x')]} />
        <Sheet />
      </>,
    );
    expect(screen.getByRole('status')).toHaveTextContent('x');
  });
});

it('names keys as they stand on the keyboard', () => {
  expect([keyNames('mod+k'), keyNames('g t'), keyNames('escape'), keyNames(' ')]).toEqual([
    ['Ctrl', 'K'],
    ['G', 'T'],
    ['Esc'],
    ['Space'],
  ]);
});
