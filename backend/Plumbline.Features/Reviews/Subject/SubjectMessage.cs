using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>What a reviewer is shown: type ReviewSubject.</summary>
internal sealed record ReviewSubject
{
    public required IReadOnlyList<SubjectMessage> Input { get; init; }

    public required IReadOnlyList<SubjectMessage> Output { get; init; }

    public required IReadOnlyList<SubjectDocument> Documents { get; init; }

    public required IReadOnlyList<SubjectMessage> Context { get; init; }

    public string? Model { get; init; }

    public int? PromptVersion { get; init; }

    public SubjectMetrics? Metrics { get; init; }

    public string? UserId { get; init; }
}

/// <summary>Type SubjectMetrics.</summary>
internal sealed record SubjectMetrics(double? DurationMs, Contracts.Traces.TokenUsage? Tokens, decimal? CostUsd);

/// <summary>Type Message.</summary>
internal sealed record SubjectMessage(string Role, string? Name, IReadOnlyList<ISubjectPart> Parts)
{
    /// <summary>The text of all text parts.</summary>
    public string Text => string.Join("\n", Parts.OfType<SubjectText>().Select(p => p.Text));
}

/// <summary>Union MessagePart.</summary>
internal interface ISubjectPart;

internal sealed record SubjectText(string Text) : ISubjectPart;

internal sealed record SubjectImage(string? Url, string? MimeType) : ISubjectPart;

internal sealed record SubjectToolCall(string? Id, string Name, RawJson? Arguments) : ISubjectPart;

internal sealed record SubjectToolResult(string? Id, RawJson? Result) : ISubjectPart;

internal sealed record SubjectReasoning(string Text) : ISubjectPart;

internal sealed record SubjectOther(string Kind, RawJson? Content) : ISubjectPart;

/// <summary>Type RetrievedDocument.</summary>
internal sealed record SubjectDocument(string? Id, double? Score, string? Content, RawJson? Metadata);
