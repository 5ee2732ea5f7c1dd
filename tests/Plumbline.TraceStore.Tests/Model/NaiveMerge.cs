using System.Text;

namespace Plumbline.TraceStore.Tests.Model;

/// <summary>Copies of one span made one, written independently of the store.</summary>
internal static class NaiveMerge
{
    public static SpanRecord Merge(SpanRecord a, SpanRecord b) => a with
    {
        ParentSpanId = new SpanId(Math.Max(a.ParentSpanId.Value, b.ParentSpanId.Value)),
        Kind = a.Kind == StoredKind.Span ? b.Kind : b.Kind == StoredKind.Span ? a.Kind : (StoredKind)Math.Min((int)a.Kind, (int)b.Kind),
        Status = (StoredStatus)Math.Max((int)a.Status, (int)b.Status),
        Usage = (UsageConvention)Math.Max((int)a.Usage, (int)b.Usage),
        StartUnixNano = a.StartUnixNano == 0 ? b.StartUnixNano : b.StartUnixNano == 0 ? a.StartUnixNano : Math.Min(a.StartUnixNano, b.StartUnixNano),
        EndUnixNano = Math.Max(a.EndUnixNano, b.EndUnixNano),
        Name = Text(a.Name, b.Name),
        StatusMessage = Text(a.StatusMessage, b.StatusMessage),
        ServiceName = Text(a.ServiceName, b.ServiceName),
        Environment = Text(a.Environment, b.Environment),
        Provider = Text(a.Provider, b.Provider),
        Model = Text(a.Model, b.Model),
        SessionId = Text(a.SessionId, b.SessionId),
        UserId = Text(a.UserId, b.UserId),
        PromptName = Text(a.PromptName, b.PromptName),
        PromptVersion = Text(a.PromptVersion, b.PromptVersion),
        ToolName = Text(a.ToolName, b.ToolName),
        TraceName = Text(a.TraceName, b.TraceName),
        Input = Text(a.Input, b.Input),
        Output = Text(a.Output, b.Output),
        AttributesJson = Text(a.AttributesJson, b.AttributesJson),
        ResourceJson = Text(a.ResourceJson, b.ResourceJson),
        Tags = List(a.Tags, b.Tags),
        Logs = List(a.Logs, b.Logs),
        InputTokens = Number(a.InputTokens, b.InputTokens),
        OutputTokens = Number(a.OutputTokens, b.OutputTokens),
        TotalTokens = Number(a.TotalTokens, b.TotalTokens),
        CachedInputTokens = Number(a.CachedInputTokens, b.CachedInputTokens),
        ReasoningTokens = Number(a.ReasoningTokens, b.ReasoningTokens),
        TimeToFirstTokenNano = Number(a.TimeToFirstTokenNano, b.TimeToFirstTokenNano),
        Cost = Number(a.Cost, b.Cost),
        MappingVersion = a.MappingVersion is { } one && b.MappingVersion is { } other ? Math.Min(one, other) : null,
    };

    private static string? Text(string? a, string? b)
    {
        if (a is null || b is null) return a ?? b;
        var (x, y) = (Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
        if (x.Length != y.Length) return x.Length > y.Length ? a : b;
        return x.AsSpan().SequenceCompareTo(y) >= 0 ? a : b;
    }

    private static IReadOnlyList<string> List(IReadOnlyList<string> a, IReadOnlyList<string> b) => a.SequenceEqual(b) ? a : Sorted(a.Concat(b));

    public static string[] Sorted(IEnumerable<string> items) =>
        [.. items.Distinct().OrderBy(Encoding.UTF8.GetBytes, Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y)))];

    private static long? Number(long? a, long? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
