using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>Says the API's filters in the store's words.</summary>
internal static class StoreConditions
{
    public static TraceCondition Of(TraceScope scope)
    {
        var where = scope.Where is null ? new TraceCondition() : Of(scope.Where, scope.Resolved);
        return scope.Only is null ? where : new TraceCondition { TraceIds = Ids(scope.Only), And = [where] };
    }

    /// <summary>A filter in whose place the conditions that other slices know were resolved.</summary>
    public static TraceCondition Of(TraceFilter f, IReadOnlyList<ResolvedCondition> resolved) => Common<TraceCondition>(f) with
    {
        And = [.. (f.And ?? []).Select(x => Of(x, resolved)), .. Conditions(f, resolved), .. Searched<TraceCondition>(f.Search, any => new() { Or = any })],
        Or = f.Or?.Select(x => Of(x, resolved)).ToArray(),
        Not = f.Not is null ? null : Of(f.Not, resolved),
    };

    private static IEnumerable<TraceCondition> Conditions(TraceFilter f, IReadOnlyList<ResolvedCondition> resolved)
    {
        if (f.Verdict is { } verdict) yield return Condition(resolved.First(r => r.Verdict == verdict));
        if (f.InReviewQueue is { } queue) yield return Condition(resolved.First(r => r.InReviewQueue == queue));
        if (f.InDataset is { } dataset) yield return Condition(resolved.First(r => r.InDataset == dataset));
    }

    private static TraceCondition Condition(ResolvedCondition condition)
    {
        var ids = new TraceCondition { TraceIds = Ids(condition.TraceIds) };
        return condition.AllBut ? new TraceCondition { Not = ids } : ids;
    }

    public static SpanCondition? Of(SpanFilter? f) => f is null ? null : Common<SpanCondition>(f) with
    {
        Kinds = f.Kinds?.Select(Kinds.ToStore).ToArray(),
        Attributes = f.Attributes?.Select(a => new AttributeCondition { Key = a.Key, Eq = a.Eq, Exists = a.Exists }).ToArray(),
        And = [.. (f.And ?? []).Select(x => Of(x)!), .. Searched<SpanCondition>(f.Search, any => new() { Or = any })],
        Or = f.Or?.Select(x => Of(x)!).ToArray(),
        Not = Of(f.Not),
    };

    private static T Common<T>(ICommonFilter f) where T : CommonCondition, new() => new()
    {
        Range = Of(f.Range),
        Search = IsId(f.Search) ? null : f.Search,
        Name = Of(f.Name),
        Environment = Of(f.Environment),
        UserId = Of(f.UserId),
        SessionId = Of(f.SessionId),
        Tags = f.Tags,
        Model = Of(f.Model),
        Provider = Of(f.Provider),
        Tool = Of(f.Tool),
        PromptName = f.PromptName,
        PromptVersion = f.PromptVersion,
        Status = (StoredStatus?)(int?)f.Status,
        DurationMs = Of(f.DurationMs),
        CostUsd = Of(f.CostUsd),
        TotalTokens = Of(f.TotalTokens),
        TraceIds = f.TraceIds is null ? null : RequiredIds(f.TraceIds),
        SpanIds = f.SpanIds is null ? null : [.. f.SpanIds.Select(id => SpanId.TryParse(id, out var parsed) ? parsed : throw NoId("spanIds", id, 16))],
    };

    /// <summary>Somebody who searches for an id means what has it, and may mean a text that holds it.</summary>
    private static IEnumerable<T> Searched<T>(string? search, Func<T[], T> any) where T : CommonCondition, new()
    {
        if (TraceId.TryParse(search, out var trace)) yield return any([new T { Search = search }, new T { TraceIds = [trace] }]);
        else if (SpanId.TryParse(search, out var span)) yield return any([new T { Search = search }, new T { SpanIds = [span] }]);
    }

    private static bool IsId(string? search) => TraceId.TryParse(search, out _) || SpanId.TryParse(search, out _);

    private static HashSet<TraceId> RequiredIds(IReadOnlyList<string> ids) =>
        [.. ids.Select(id => TraceId.TryParse(id, out var parsed) ? parsed : throw NoId("traceIds", id, 32))];

    private static RequestFailedException NoId(string field, string id, int digits) =>
        Failure.BadInput($"'{id}' in {field} is not a valid id: those have {digits} hexadecimal digits.");

    public static NanoRange? Of(TimeRange? range) => range is null ? null : Required(range);

    public static NanoRange Required(TimeRange range)
    {
        if (range.From >= range.To) throw Failure.BadInput("The range's 'from' must lie before its 'to'.");
        return new(Nanos(range.From), Nanos(range.To));
    }

    /// <summary>Traces the asker may not know of; null when there are none.</summary>
    public static HashSet<TraceId>? Hidden(IReadOnlyList<string> ids) => ids.Count == 0 ? null : Ids(ids);

    public static HashSet<TraceId> Ids(IReadOnlyList<string> ids)
    {
        var set = new HashSet<TraceId>(ids.Count);
        foreach (var text in ids)
        {
            if (TraceId.TryParse(text, out var id)) set.Add(id);
        }
        return set;
    }

    private static TextCondition? Of(StringFilter? f) =>
        f is null ? null : new() { Eq = f.Eq, In = f.In, NotIn = f.NotIn, Contains = f.Contains, StartsWith = f.StartsWith };

    private static RangeCondition? Of(FloatFilter? f) => f is null ? null : new() { Gte = f.Gte, Lte = f.Lte };

    private static long Nanos(DateTimeOffset time)
    {
        var ticks = Int128.CreateChecked(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
        return (long)Int128.Clamp(ticks, long.MinValue, long.MaxValue);
    }
}
