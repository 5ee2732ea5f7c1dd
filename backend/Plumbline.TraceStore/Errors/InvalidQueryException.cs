namespace Plumbline.TraceStore;

/// <summary>The question cannot be answered as it was put; the message says what to change.</summary>
public class InvalidQueryException(string message) : Exception(message);
