namespace Plumbline.TraceStore.Tests.Model;

/// <summary>The roll-up of a trace, straight from its definition.</summary>
internal sealed class NaiveTrace
{
    public NaiveTrace(IEnumerable<SpanRecord> spans)
    {
        Spans = [.. spans.OrderBy(s => s.StartUnixNano == 0 ? long.MaxValue : s.StartUnixNano).ThenBy(s => s.SpanId)];
        var ids = Spans.Select(s => s.SpanId).ToHashSet();
        Root = Spans.FirstOrDefault(s => s.ParentSpanId.IsEmpty) ?? Spans.FirstOrDefault(s => !ids.Contains(s.ParentSpanId)) ?? Spans[0];
        Billed = [.. Spans.Where(s => HasUsage(s) && !AboveUsage(s))];
        Summary = new TraceSummary
        {
            TraceId = Root.TraceId,
            Name = Spans.FirstOrDefault(s => s.TraceName is not null)?.TraceName ?? Root.Name ?? "",
            StartUnixNano = Spans[0].StartUnixNano,
            DurationNano = Spans[0].StartUnixNano == 0 ? 0 : Spans.Max(s => s.StartUnixNano + s.DurationNano) - Spans[0].StartUnixNano,
            Status = Spans.Any(s => s.Status == StoredStatus.Error) ? StoredStatus.Error : Root.Status,
            Environment = First(s => s.Environment),
            SessionId = First(s => s.SessionId),
            UserId = First(s => s.UserId),
            Tags = NaiveMerge.Sorted(Spans.SelectMany(s => s.Tags)),
            Models = NaiveMerge.Sorted(Spans.Where(s => s.Model is not null).Select(s => s.Model!)),
            SpanCount = Spans.Length,
            ErrorCount = Spans.Count(s => s.Status == StoredStatus.Error),
            Tokens = Sum(Billed),
            Cost = Billed.Sum(s => s.Cost) is var cost && Billed.Any(s => s.Cost is not null) ? cost : null,
            UnpricedSpans = Billed.Count(s => s.Cost is null),
            RootSpanId = Root.SpanId,
            InputPreview = Root.Input is { Length: > 0 } ? Root.Input : Spans.Select(s => s.Input).FirstOrDefault(i => !string.IsNullOrEmpty(i)),
            OutputPreview = Root.Output is { Length: > 0 } ? Root.Output : Spans.Select(s => s.Output).LastOrDefault(o => !string.IsNullOrEmpty(o)),
        };
    }

    public SpanRecord[] Spans { get; }

    public SpanRecord Root { get; }

    public SpanRecord[] Billed { get; }

    public TraceSummary Summary { get; }

    public static long? Total(SpanRecord s) => s.TotalTokens ?? (s.InputTokens is null ? s.OutputTokens : s.InputTokens + (s.OutputTokens ?? 0));

    public static TokenSums Sum(IReadOnlyCollection<SpanRecord> spans) => new(
        spans.Sum(s => s.InputTokens ?? 0), spans.Sum(s => s.OutputTokens ?? 0), spans.Sum(s => Total(s) ?? 0),
        spans.Any(s => s.CachedInputTokens is not null) ? spans.Sum(s => s.CachedInputTokens ?? 0) : null,
        spans.Any(s => s.ReasoningTokens is not null) ? spans.Sum(s => s.ReasoningTokens ?? 0) : null);

    private static bool HasUsage(SpanRecord s) => Total(s) is not null || s.Cost is not null;

    private string? First(Func<SpanRecord, string?> field) => field(Root) ?? Spans.Select(field).FirstOrDefault(v => v is not null);

    private bool AboveUsage(SpanRecord span) => Spans.Any(s => HasUsage(s) && Ancestors(s).Contains(span.SpanId));

    private HashSet<SpanId> Ancestors(SpanRecord span)
    {
        var seen = new HashSet<SpanId>();
        var parent = span.ParentSpanId;
        while (!parent.IsEmpty && Spans.FirstOrDefault(s => s.SpanId == parent) is { } above && seen.Add(parent)) parent = above.ParentSpanId;
        return seen;
    }
}
