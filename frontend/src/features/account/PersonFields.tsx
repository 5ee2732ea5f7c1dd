import { PasswordInput, TextInput } from '@mantine/core';

interface PersonDraft {
  name: string;
  email: string;
  password: string;
}
export const emptyPerson: PersonDraft = { name: '', email: '', password: '' };

/** Who somebody is, for the two pages where people are made. */
export function PersonFields(p: {
  draft: PersonDraft;
  onChange: (draft: PersonDraft) => void;
  /** The invitation knows the address, and no other will do. */
  hasAddress?: boolean;
}) {
  const set = (part: Partial<PersonDraft>) => p.onChange({ ...p.draft, ...part });
  return (
    <>
      <TextInput
        size="sm"
        label="Your name"
        required
        withAsterisk={false}
        autoComplete="name"
        autoFocus
        value={p.draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {!p.hasAddress && (
        <TextInput
          size="sm"
          label="E-mail"
          type="email"
          required
          withAsterisk={false}
          autoComplete="email"
          value={p.draft.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
      )}
      <PasswordInput
        size="sm"
        label="Password"
        description="At least 8 characters; a sentence is good"
        required
        withAsterisk={false}
        minLength={8}
        autoComplete="new-password"
        value={p.draft.password}
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
    </>
  );
}
