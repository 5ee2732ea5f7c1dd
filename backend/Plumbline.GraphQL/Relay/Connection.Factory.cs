namespace Plumbline.GraphQL.Relay;

/// <summary>Makes pages.</summary>
public static class Connection
{
    /// <summary>The largest page an API call may ask for.</summary>
    public const int MaxPageSize = 500;

    /// <summary>A page from a source that pages itself.</summary>
    /// <param name="items">The page's items.</param>
    /// <param name="cursorOf">The opaque cursor of an item; see <see cref="Cursor"/>.</param>
    /// <param name="hasNextPage">Whether items follow.</param>
    /// <param name="hasPreviousPage">Whether items go before; usually whether <c>after</c> was given.</param>
    /// <param name="totalCount">The exact number over all pages, if known.</param>
    public static Connection<T> From<T>(
        IReadOnlyList<T> items, Func<T, string> cursorOf, bool hasNextPage, bool hasPreviousPage = false, int? totalCount = null)
    {
        var edges = new Edge<T>[items.Count];
        for (var i = 0; i < edges.Length; i++) edges[i] = new Edge<T>(cursorOf(items[i]), items[i]);
        var (start, end) = edges.Length == 0 ? (null, null) : (edges[0].Cursor, edges[^1].Cursor);
        return new Connection<T>(edges, new PageInfo(hasNextPage, hasPreviousPage, start, end), totalCount);
    }

    /// <summary>A page of a list that is all in memory, in its order. The cursor is made from the item's key, so it survives insertions;
    /// a cursor whose item is gone answers BAD_USER_INPUT.</summary>
    /// <param name="all">Every item.</param>
    /// <param name="first">1 to <see cref="MaxPageSize"/>.</param>
    /// <param name="after">A cursor of an earlier page, or null.</param>
    /// <param name="keyOf">A text that identifies an item within the list.</param>
    public static Connection<T> Page<T>(IReadOnlyList<T> all, int first, string? after, Func<T, string> keyOf)
    {
        var size = RequirePageSize(first);
        var from = 0;
        if (after is not null)
        {
            var key = Cursor.Decode(after);
            while (from < all.Count && keyOf(all[from]) != key) from++;
            if (from++ == all.Count) throw Cursor.Unknown();
        }
        var page = new T[Math.Min(size, all.Count - from)];
        for (var i = 0; i < page.Length; i++) page[i] = all[from + i];
        return From(page, item => Cursor.Encode(keyOf(item)), from + page.Length < all.Count, from > 0, all.Count);
    }

    /// <summary>Checks a page size.</summary>
    /// <exception cref="GraphQLException">BAD_USER_INPUT outside of 1 to <paramref name="max"/>.</exception>
    public static int RequirePageSize(int first, int max = MaxPageSize) =>
        first >= 1 && first <= max ? first : throw new GraphQLException(ErrorCodes.BadUserInput, $"first is {first}; ask for 1 to {max} items a page.");
}
