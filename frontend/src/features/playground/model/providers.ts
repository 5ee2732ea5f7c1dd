import type { PlaygroundProvidersQuery } from '@/gql/graphql';

export type Provider = NonNullable<PlaygroundProvidersQuery['project']>['providers'][number];

interface Choice {
  provider: Provider;
  model: string;
}

export const isDemo = (provider: Provider): boolean => provider.kind === 'DEMO';

/** The demo provider says everywhere that it is none. */
const providerText = (provider: Provider): string =>
  isDemo(provider) && !/not a language model/i.test(provider.name)
    ? `${provider.name} (not a language model)`
    : provider.name;

const modelsOf = (provider: Provider): readonly string[] =>
  provider.models.length ? provider.models : isDemo(provider) ? ['demo'] : [];

export const choiceKey = ({ provider, model }: Choice): string => `${provider.id}\n${model}`;

export const modelGroups = (providers: readonly Provider[]) =>
  providers
    .filter((p) => modelsOf(p).length > 0)
    .map((provider) => ({
      group: providerText(provider),
      items: modelsOf(provider).map((model) => ({ value: choiceKey({ provider, model }), label: model })),
    }));

export function choiceOf(providers: readonly Provider[], key: string): Choice | undefined {
  const [id, model] = key.split('\n');
  const provider = providers.find((p) => p.id === id);
  return provider && model ? { provider, model } : undefined;
}

/**
 * Who runs a version: the provider it names, else one that offers its model, else the first there is.
 * A version whose model nobody offers runs nowhere until a model is chosen.
 */
export function resolveChoice(
  providers: readonly Provider[],
  wanted: { provider: string | null; model: string | null },
): Choice | undefined {
  const named = providers.find((p) => p.name === wanted.provider || p.id === wanted.provider);
  const { model } = wanted;
  if (model) {
    const offering = [named, ...providers].find((p) => p && modelsOf(p).includes(model));
    if (offering) return { provider: offering, model };
    return named && !isDemo(named) ? { provider: named, model } : undefined;
  }
  const first = [named, ...providers].find((p) => p && modelsOf(p).length > 0);
  return first && { provider: first, model: modelsOf(first)[0]! };
}
