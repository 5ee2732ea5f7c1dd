using Plumbline.Contracts;
using Plumbline.Contracts.Playground;

namespace Plumbline.Features.Playground.State;

/// <summary>What is kept of a run: written when it starts and when it ends.</summary>
[GenerateSerializer, Alias("PlaygroundRunState"), Immutable]
internal sealed record PlaygroundRunState
{
    [Id(0)] public PlaygroundRunView? Run { get; init; }

    /// <summary><see cref="RequestKey.Content"/> of the request that started it.</summary>
    [Id(1)] public string? RequestContent { get; init; }
}
