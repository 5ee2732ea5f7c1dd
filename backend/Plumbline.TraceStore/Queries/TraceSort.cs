namespace Plumbline.TraceStore;

/// <summary>What traces are ordered by.</summary>
public enum TraceSort : byte
{
    StartTime,
    Duration,

    /// <summary>Traces without a known cost stand below all others.</summary>
    Cost,
    TotalTokens,
}
