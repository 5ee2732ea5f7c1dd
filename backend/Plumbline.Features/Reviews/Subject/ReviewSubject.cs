using Plumbline.Features.Kernel.Messages;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>What a reviewer is shown: type ReviewSubject.</summary>
internal sealed record ReviewSubject
{
    public required IReadOnlyList<Message> Input { get; init; }

    public required IReadOnlyList<Message> Output { get; init; }

    public required IReadOnlyList<RetrievedDocument> Documents { get; init; }

    public required IReadOnlyList<Message> Context { get; init; }

    public string? Model { get; init; }

    public int? PromptVersion { get; init; }

    public SubjectMetrics? Metrics { get; init; }

    public string? UserId { get; init; }
}

/// <summary>Type SubjectMetrics.</summary>
internal sealed record SubjectMetrics(double? DurationMs, Contracts.Traces.TokenUsage? Tokens, decimal? CostUsd);
