namespace Plumbline.TraceStore;

/// <summary>The fields of a span that hold several texts, in the order given, without repeats.</summary>
public enum SpanList : byte
{
    Tags = 32,
    FinishReasons = 33,

    /// <summary>What the mapping could not take as it was.</summary>
    Warnings = 34,

    /// <summary>What was written beside the span while it ran, a JSON object each.</summary>
    Logs = 35,
}
