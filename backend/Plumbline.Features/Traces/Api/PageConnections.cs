using Plumbline.Contracts.Traces;
using Plumbline.GraphQL.Relay;

namespace Plumbline.Features.Traces.Api;

/// <summary>Shows a page of the store as a connection.</summary>
internal static class PageConnections
{
    public static Connection<T> ToConnection<T>(this Page<T> page, Func<T, T> show, string? after)
    {
        var edges = page.Items.Zip(page.Cursors, (item, cursor) => new Edge<T>(cursor, show(item))).ToArray();
        return new(edges, new PageInfo(page.HasNextPage, after is not null, edges.FirstOrDefault()?.Cursor, edges.LastOrDefault()?.Cursor), page.TotalCount);
    }
}
