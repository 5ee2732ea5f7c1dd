using System.Collections.Immutable;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;

namespace Plumbline.Contracts.Playground;

/// <summary>Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("RunStatus")]
public enum RunStatus
{
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>A run to be started. The content has been saved and the inputs checked.</summary>
[GenerateSerializer, Alias("NewPlaygroundRun"), Immutable]
public sealed record NewPlaygroundRun
{
    [Id(0)] public required string PromptName { get; init; }

    [Id(1)] public required int PromptNumber { get; init; }

    [Id(2)] public required string InputsJson { get; init; }

    [Id(3)] public required ImmutableArray<RenderedMessage> Messages { get; init; }

    [Id(4)] public required PromptContent Content { get; init; }

    [Id(5)] public required string ProviderId { get; init; }

    [Id(6)] public required string Model { get; init; }

    [Id(7)] public required string StartedBy { get; init; }

    /// <summary>The request that starts it; null when its client has not named it.</summary>
    [Id(8)] public RequestKey? Request { get; init; }

    /// <summary>The person who reads what comes of it, also where a key starts it; null for a key of nobody.</summary>
    [Id(9)] public string? ReadBy { get; init; }
}

/// <summary>A run and what came of it so far: type PlaygroundRun.</summary>
[GenerateSerializer, Alias("PlaygroundRunView"), Immutable]
public sealed record PlaygroundRunView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    [Id(1)] public required string RunId { get; init; }

    [Id(2)] public required RunStatus Status { get; init; }

    [Id(3)] public required string PromptName { get; init; }

    [Id(4)] public required int PromptNumber { get; init; }

    [Id(5)] public required string InputsJson { get; init; }

    /// <summary>The body that was sent, without credentials: a JSON object.</summary>
    [Id(6)] public required string RequestPayloadJson { get; init; }

    [Id(7)] public required ImmutableArray<RenderedMessage> Messages { get; init; }

    [Id(8)] public string? Output { get; init; }

    [Id(9)] public ImmutableArray<ToolCallView> ToolCalls { get; init; } = [];

    [Id(10)] public ProviderErrorView? Error { get; init; }

    [Id(11)] public double? DurationMs { get; init; }

    [Id(12)] public double? TimeToFirstTokenMs { get; init; }

    /// <summary>As the provider counted them.</summary>
    [Id(13)] public TokenUsage? Tokens { get; init; }

    /// <summary>Null when the model's price is not known.</summary>
    [Id(14)] public decimal? CostUsd { get; init; }

    /// <summary>The trace that the finished run left; null when it left none.</summary>
    [Id(15)] public string? TraceId { get; init; }

    [Id(16)] public required string StartedBy { get; init; }

    [Id(17)] public required DateTimeOffset StartedAt { get; init; }

    [Id(18)] public required string ProviderId { get; init; }

    [Id(19)] public required string Model { get; init; }

    [Id(20)] public string? FinishReason { get; init; }

    /// <summary>The person who reads its output as it comes, also where a key started it; null for a key of nobody.</summary>
    [Id(21)] public string? ReadBy { get; init; }

    public string Id => NodeId.Format(NodeKinds.PlaygroundRun, Project, RunId);
}

/// <summary>What went wrong at the provider: type ProviderError.</summary>
/// <param name="Status">The HTTP status, when there was an answer.</param>
/// <param name="Code">The provider's code, or ours.</param>
/// <param name="Message">The provider's words, or ours.</param>
/// <param name="Retryable">Whether trying again may help.</param>
[GenerateSerializer, Alias("ProviderErrorView"), Immutable]
public sealed record ProviderErrorView(
    [property: Id(0)] int? Status,
    [property: Id(1)] string? Code,
    [property: Id(2)] string Message,
    [property: Id(3)] bool Retryable);

/// <summary>A tool that the model asked to call.</summary>
[GenerateSerializer, Alias("ToolCallView"), Immutable]
public sealed record ToolCallView([property: Id(0)] string? Id, [property: Id(1)] string Name, [property: Id(2)] string ArgumentsJson);

/// <summary>News of a run: text that arrived, or the finished run; one of the two is null.</summary>
[GenerateSerializer, Alias("PlaygroundUpdate"), Immutable]
public sealed record PlaygroundUpdate([property: Id(0)] string? Text, [property: Id(1)] PlaygroundRunView? Finished);
