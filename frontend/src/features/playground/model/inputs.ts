import type { VariableType } from '@/gql/graphql';
import { checkValue, isAbsent, type VariableRule } from '@/lib/templateValues';

export interface Variable extends VariableRule {
  description?: string | null;
}
/** What the form holds: absent keys are empty fields; 0, false and "" are values. */
export type Inputs = Record<string, unknown>;

export interface InputProblem {
  name: string;
  message: string;
}

const words: Record<VariableType, string> = {
  STRING: 'text',
  NUMBER: 'number',
  INTEGER: 'whole number',
  BOOLEAN: 'yes or no',
  LIST: 'list',
  OBJECT: 'fields',
  MESSAGES: 'conversation',
  IMAGE_URL: 'image address',
};

/** The type in everyday words: "number, optional", "choice". */
export function typeWords(variable: Variable): string {
  const word = variable.enumValues?.length ? 'choice' : words[variable.type];
  return variable.required ? word : `${word}, optional`;
}

/** `customer_name` and `customerName` read "Customer name". */
export function fieldLabel(name: string): string {
  const spaced = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return spaced ? spaced[0]!.toUpperCase() + spaced.slice(1) : name;
}

const wrongType: Record<VariableType, string> = {
  STRING: 'is text',
  NUMBER: 'needs a number',
  INTEGER: 'needs a whole number',
  BOOLEAN: 'is yes or no',
  LIST: 'is a list',
  OBJECT: 'needs named fields',
  MESSAGES: 'is a conversation: each message has a role and a text',
  IMAGE_URL: 'needs an address that starts with https:// or http://',
};

/** One sentence when the value does not fit the variable, else nothing. The server checks by the same rules. */
export function checkInput(variable: Variable, value: unknown): string | undefined {
  const label = fieldLabel(variable.name);
  switch (checkValue(variable, value)) {
    case null:
      return undefined;
    case 'missing':
      return `${label} is needed.`;
    case 'wrong_type':
      return `${label} ${wrongType[variable.type]}.`;
    case 'not_in_enum':
      return `${label} is one of: ${variable.enumValues?.join(', ')}.`;
  }
}

export function checkInputs(variables: readonly Variable[], inputs: Inputs): InputProblem[] {
  return variables.flatMap((variable) => {
    const message = checkInput(variable, inputs[variable.name]);
    return message ? [{ name: variable.name, message }] : [];
  });
}

/** What is sent: declared variables only, empty ones left out so that their defaults apply on the server. */
export function toSend(variables: readonly Variable[], inputs: Inputs): Inputs {
  const sent: Inputs = {};
  for (const { name } of variables) if (!isAbsent(inputs[name])) sent[name] = inputs[name];
  return sent;
}

/** The form's first state: defaults filled in, a required yes/no starts at no, a required text at "". */
export function initialInputs(variables: readonly Variable[], kept: Inputs = {}): Inputs {
  const inputs: Inputs = {};
  for (const variable of variables) {
    const old = kept[variable.name];
    if (!isAbsent(old) && checkInput(variable, old) === undefined) inputs[variable.name] = old;
    else if (!isAbsent(variable.default)) inputs[variable.name] = variable.default;
    else if (variable.required && variable.type === 'BOOLEAN') inputs[variable.name] = false;
    else if (variable.required && variable.type === 'LIST') inputs[variable.name] = [];
  }
  return inputs;
}
