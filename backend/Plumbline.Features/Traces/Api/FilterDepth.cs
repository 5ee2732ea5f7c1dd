using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Api;

/// <summary>Refuses a filter that the store will not read before anybody waits for what it finds.</summary>
internal static class FilterDepth
{
    /// <summary>Passes a filter that the store will read.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: it is nested too deep.</exception>
    public static void Require(TraceFilter? where)
    {
        if (Of(where) > FilterTooDeepException.Deepest) throw Failure.BadInput(new FilterTooDeepException(FilterTooDeepException.Deepest).Message);
    }

    // The parser's own limit on nesting bounds the recursion.
    private static int Of(TraceFilter? where) => where is null
        ? -1
        : 1 + Math.Max(Of(where.Not), (where.And ?? []).Concat(where.Or ?? []).Select(Of).DefaultIfEmpty(-1).Max());
}
