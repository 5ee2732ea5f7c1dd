namespace Plumbline.TraceStore;

/// <summary>The question cannot be answered as it was put; the message says what to change.</summary>
public class InvalidQueryException(string message) : Exception(message);

/// <summary>The text is not a cursor, or is one of another list.</summary>
public sealed class InvalidCursorException() : InvalidQueryException("The cursor is not one of this list. Start again from the first page.");

/// <summary>The filter is nested deeper than the store reads.</summary>
public sealed class FilterTooDeepException(int limit) : InvalidQueryException($"The filter is nested deeper than {limit} levels. Flatten it: conditions side by side are joined by AND.")
{
    /// <summary>Passes a depth that is read.</summary>
    /// <exception cref="FilterTooDeepException">It is none.</exception>
    internal static void ThrowIfBeyond(int depth)
    {
        const int deepest = 32;
        if (depth > deepest) throw new FilterTooDeepException(deepest);
    }
}
