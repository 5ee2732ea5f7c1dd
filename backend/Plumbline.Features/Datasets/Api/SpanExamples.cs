using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Datasets.Api;

/// <summary>What an example takes from a span.</summary>
internal static class SpanExamples
{
    private const int AtOnce = 32;

    public static DatasetContent Content(SpanView span) => new() { InputsJson = Inputs(span), Output = span.Output };

    /// <summary>The messages of a model call, else its text.</summary>
    private static string Inputs(SpanView span) =>
        span.InputMessagesJson is { Length: > 2 } messages
            ? $$"""{"messages":{{messages}}}"""
            : $$"""{"input":{{JsonSerializer.Serialize(span.Input ?? "")}}}""";

    public static DatasetLineage Lineage(SpanView span, ImmutableArray<string> reviewIds) => new(new SpanReference(span.TraceId, span.SpanId))
    {
        PromptName = span.PromptName,
        PromptVersion = int.TryParse(span.PromptVersion, CultureInfo.InvariantCulture, out var number) ? number : null,
        ReviewIds = reviewIds,
    };

    public static async Task<List<TOut>> EachAsync<TIn, TOut>(List<TIn> all, Func<TIn, Task<TOut>> make)
    {
        var made = new List<TOut>(all.Count);
        foreach (var part in all.Chunk(AtOnce)) made.AddRange(await Task.WhenAll(part.Select(make)));
        return made;
    }
}
