using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Prompts;

/// <summary>The grains of this slice, for callers who were let in.</summary>
public static class PromptGrains
{
    public static IPromptGrain Prompt(this ProjectScope scope, string name) => scope.Grain<IPromptGrain>(name);

    public static IPromptDirectoryGrain Prompts(this ProjectScope scope) => scope.Grain<IPromptDirectoryGrain>();
}
