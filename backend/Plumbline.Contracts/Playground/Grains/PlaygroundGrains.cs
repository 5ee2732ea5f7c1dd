using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Playground;

/// <summary>The grains of this slice, for callers who were let in.</summary>
public static class PlaygroundGrains
{
    public static IPlaygroundRunGrain Run(this ProjectScope scope, string runId) => scope.Grain<IPlaygroundRunGrain>(runId);

    public static IModelProvidersGrain Providers(this ProjectScope scope) => scope.Grain<IModelProvidersGrain>();
}
