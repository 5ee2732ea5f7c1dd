using Plumbline.Contracts;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Kernel.Inputs;

/// <summary>Refuses filters that ask for more than a scan can test in good time, wherever a filter comes in. Values of a list are found by hash,
/// so there may be more of them than conditions, each of which is tested against every span.</summary>
internal static class FilterSize
{
    public const int MaxConditions = 200;
    public const int MaxValues = 1_000;

    /// <summary>Passes a filter of a fair size.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: it has too many conditions or values.</exception>
    public static void Require(TraceFilter? where)
    {
        if (where is null) return;
        var (conditions, values) = (0L, 0L);
        var rest = new Stack<TraceFilter>([where]);
        while (rest.TryPop(out var next))
        {
            AddCommon(next, ref conditions, ref values);
            conditions += Set(next.Verdict) + Set(next.InReviewQueue) + Set(next.InDataset);
            foreach (var inner in (next.And ?? []).Concat(next.Or ?? []).Concat(next.Not is null ? [] : [next.Not])) rest.Push(inner);
        }
        Require(conditions, values);
    }

    /// <inheritdoc cref="Require(TraceFilter?)"/>
    public static void Require(SpanFilter? where)
    {
        if (where is null) return;
        var (conditions, values) = (0L, 0L);
        var rest = new Stack<SpanFilter>([where]);
        while (rest.TryPop(out var next))
        {
            AddCommon(next, ref conditions, ref values);
            conditions += (next.Attributes?.Count ?? 0) + Listed(next.Kinds, ref values);
            foreach (var inner in (next.And ?? []).Concat(next.Or ?? []).Concat(next.Not is null ? [] : [next.Not])) rest.Push(inner);
        }
        Require(conditions, values);
    }

    private static void Require(long conditions, long values)
    {
        if (conditions > MaxConditions)
            throw Failure.BadInput(
                $"The filter has {conditions} conditions; {MaxConditions} are allowed. "
                    + "Put values of one field into its list (in), or filter in several steps.");
        if (values > MaxValues)
            throw Failure.BadInput($"The filter lists {values} values; {MaxValues} are allowed. Ask for them in several requests.");
    }

    // The filter itself counts, so that empty ones have a price too.
    private static void AddCommon(ICommonFilter filter, ref long conditions, ref long values)
    {
        conditions += 1 + (filter.Tags?.Count ?? 0);
        conditions += Set(filter.Range) + Set(filter.Search) + Set(filter.PromptName) + Set(filter.PromptVersion) + Set(filter.Status);
        conditions += Set(filter.DurationMs) + Set(filter.CostUsd) + Set(filter.TotalTokens);
        foreach (var text in filter.Texts)
        {
            if (text is null) continue;
            conditions += Set(text.Eq) + Set(text.Contains) + Set(text.StartsWith) + Listed(text.In, ref values) + Listed(text.NotIn, ref values);
        }
        conditions += Listed(filter.TraceIds, ref values) + Listed(filter.SpanIds, ref values);
    }

    private static int Set<T>(T? condition) => condition is null ? 0 : 1;

    private static int Listed<T>(IReadOnlyList<T>? list, ref long values)
    {
        values += list?.Count ?? 0;
        return Set(list);
    }
}
