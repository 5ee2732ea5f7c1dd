using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Traces.Reading;

/// <summary>The orders of the store, for merging what several shards answer.</summary>
internal static class TraceOrdering
{
    public static Comparison<TraceView> Of(TraceOrder order)
    {
        Comparison<TraceView> ascending = order.Field switch
        {
            TraceOrderField.StartTime => (a, b) => a.StartUnixNano.CompareTo(b.StartUnixNano),
            TraceOrderField.Duration => (a, b) => a.DurationMs.CompareTo(b.DurationMs),
            TraceOrderField.Cost => (a, b) => Nullable.Compare(a.CostUsd, b.CostUsd),
            _ => (a, b) => a.Tokens.Total.CompareTo(b.Tokens.Total),
        };
        Comparison<TraceView> tied = (a, b) => ascending(a, b) is not 0 and var difference ? difference : string.CompareOrdinal(a.TraceId, b.TraceId);
        return order.Direction == OrderDirection.Asc ? tied : (a, b) => tied(b, a);
    }

    public static int NewestSpanFirst(SpanView a, SpanView b) =>
        b.StartUnixNano.CompareTo(a.StartUnixNano) is not 0 and var difference ? difference : string.CompareOrdinal(b.TraceId + b.SpanId, a.TraceId + a.SpanId);

    public static int LatestSessionFirst(SessionView a, SessionView b) =>
        b.LastSeenUnixNano.CompareTo(a.LastSeenUnixNano) is not 0 and var difference ? difference : string.CompareOrdinal(b.SessionId, a.SessionId);
}
