namespace Plumbline.TraceStore;

/// <summary>The filter is nested deeper than the store reads.</summary>
public sealed class FilterTooDeepException(
    int limit) : InvalidQueryException($"The filter is nested deeper than {limit} levels. Flatten it: conditions side by side are joined by AND.")
{
    /// <summary>Levels that a filter may have.</summary>
    public const int Deepest = 32;

    /// <summary>Passes a depth that is read.</summary>
    /// <exception cref="FilterTooDeepException">It is none.</exception>
    internal static void ThrowIfBeyond(int depth)
    {
        if (depth > Deepest) throw new FilterTooDeepException(Deepest);
    }
}
