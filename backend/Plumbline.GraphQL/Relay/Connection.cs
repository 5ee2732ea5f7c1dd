namespace Plumbline.GraphQL.Relay;

/// <summary>A page of a list that can grow, after https://relay.dev/graphql/connections.htm. Serves any schema type with these fields.</summary>
/// <typeparam name="T">The listed item.</typeparam>
public sealed class Connection<T> : IConnection
{
    private T[]? _nodes;

    /// <summary>Creates a page.</summary>
    /// <param name="edges">Items in order, each with its cursor.</param>
    /// <param name="pageInfo">What lies before and after.</param>
    /// <param name="totalCount">The exact number of items over all pages, or null when it is not known.</param>
    public Connection(IReadOnlyList<Edge<T>> edges, PageInfo pageInfo, int? totalCount = null)
    {
        Edges = edges;
        PageInfo = pageInfo;
        TotalCount = totalCount;
    }

    /// <summary>Items in order, each with its cursor.</summary>
    public IReadOnlyList<Edge<T>> Edges { get; }

    /// <summary>The items alone.</summary>
    [NullabilityBySchema]
    public IReadOnlyList<T> Nodes => _nodes ??= [.. Edges.Select(e => e.Node)];

    System.Collections.IEnumerable IConnection.Items => Nodes;

    /// <summary>What lies before and after.</summary>
    public PageInfo PageInfo { get; }

    /// <summary>The exact number of items over all pages, or null when it is not known.</summary>
    [NullabilityBySchema]
    public int? TotalCount { get; }

    /// <summary>The same page of other items: cursors and counts stay.</summary>
    public Connection<TOther> Map<TOther>(Func<T, TOther> map) =>
        new([.. Edges.Select(e => new Edge<TOther>(e.Cursor, map(e.Node)))], PageInfo, TotalCount);
}

/// <summary>A page whatever its items are.</summary>
internal interface IConnection
{
    System.Collections.IEnumerable Items { get; }
}

/// <summary>An item of a <see cref="Connection{T}"/> and where it stands.</summary>
/// <param name="Cursor">Opaque; <c>after</c> takes it.</param>
/// <param name="Node">The item.</param>
public sealed record Edge<T>(string Cursor, [property: NullabilityBySchema] T Node);

/// <summary>What lies before and after a page.</summary>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);
