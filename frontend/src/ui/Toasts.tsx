import { IconX } from '@tabler/icons-react';
import { dismiss, useToasts } from '@/lib/toasts';
import c from './Toasts.module.css';

/** Bottom centre, bottom right from 1024 px; never takes the focus. */
export function Toasts() {
  const toasts = useToasts();
  return (
    <div className={c.stack} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={c.toast} data-tone={toast.tone}>
          <span>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              onClick={() => {
                toast.action?.run();
                dismiss(toast.id);
              }}
            >
              {toast.action.label}
            </button>
          )}
          {toast.tone === 'error' && (
            <button type="button" aria-label="Close message" onClick={() => dismiss(toast.id)}>
              <IconX size={14} />
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
