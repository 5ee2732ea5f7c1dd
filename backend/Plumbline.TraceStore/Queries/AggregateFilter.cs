using Plumbline.TraceStore.Blocks.Aggregates;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Queries;

/// <summary>A <see cref="SpanCondition"/> over the groups of a block's sums.</summary>
internal static class AggregateFilter
{
    /// <summary>Whether the filter looks at nothing else than the sums are kept by.</summary>
    public static bool Covers(SpanCondition? filter) => filter is null
        || (filter is { Range: null, Search: null or "", PromptName: null, PromptVersion: null }
            && filter.Texts.All(t => t.Condition is null || BlockAggregates.Texts.Contains(t.Field))
            && filter is { Status: null, DurationMs: null, CostUsd: null, TotalTokens: null, TraceIds: null, SpanIds: null }
            && filter.Tags is not { Count: > 0 } && filter.Attributes is not { Count: > 0 }
            && (filter.And?.All(Covers) ?? true) && (filter.Or?.All(Covers) ?? true) && Covers(filter.Not));

    /// <summary>Which groups pass.</summary>
    public static bool[] Accepted(SpanCondition? filter, BlockAggregates sums, Func<CodeField, Utf8Dictionary> values)
    {
        var accepted = new bool[sums.Groups];
        Array.Fill(accepted, true);
        if (filter is null) return accepted;
        if (filter.Kinds is { Count: > 0 } kinds) Keep(accepted, g => kinds.Contains((StoredKind)sums.Kinds[g]));
        foreach (var (field, condition) in filter.Texts)
        {
            if (TextPredicate.From(condition) is not { } predicate) continue;
            var codes = sums.Codes(field);
            var passing = CodeColumn.Accepted(values(field), predicate);
            Keep(accepted, g => passing[codes[g]]);
        }
        foreach (var part in filter.And ?? [])
        {
            var both = Accepted(part, sums, values);
            Keep(accepted, g => both[g]);
        }
        if (filter.Or is { Count: > 0 } alternatives)
        {
            var any = alternatives.Select(a => Accepted(a, sums, values)).ToArray();
            Keep(accepted, g => any.Any(a => a[g]));
        }
        if (filter.Not is { } not)
        {
            var refused = Accepted(not, sums, values);
            Keep(accepted, g => !refused[g]);
        }
        return accepted;
    }

    private static void Keep(bool[] accepted, Func<int, bool> condition)
    {
        for (var group = 0; group < accepted.Length; group++) accepted[group] = accepted[group] && condition(group);
    }
}
