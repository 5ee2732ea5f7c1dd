namespace Plumbline.TraceStore;

/// <summary>The text is not a cursor, or is one of another list.</summary>
public sealed class InvalidCursorException() : InvalidQueryException("The cursor is not one of this list. Start again from the first page.");
