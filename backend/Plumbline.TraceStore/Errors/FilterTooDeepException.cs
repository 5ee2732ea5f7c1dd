namespace Plumbline.TraceStore;

/// <summary>The filter is nested deeper than the store reads.</summary>
public sealed class FilterTooDeepException(
    int limit) : InvalidQueryException($"The filter is nested deeper than {limit} levels. Flatten it: conditions side by side are joined by AND.")
{
    /// <summary>Passes a depth that is read.</summary>
    /// <exception cref="FilterTooDeepException">It is none.</exception>
    internal static void ThrowIfBeyond(int depth)
    {
        const int deepest = 32;
        if (depth > deepest) throw new FilterTooDeepException(deepest);
    }
}
