namespace Plumbline.TraceStore;

/// <summary>The numeric fields of a span. The numbers are the presence bits of the stored format (40 to 63). An unknown number is absent, never 0.</summary>
public enum SpanNumber : byte
{
    InputTokens = 40,
    OutputTokens = 41,
    TotalTokens = 42,
    CachedInputTokens = 43,
    CacheWriteTokens = 44,
    ReasoningTokens = 45,

    /// <summary>Nanoseconds after the start.</summary>
    TimeToFirstToken = 46,

    /// <summary>What the sender said it cost, in pico-dollars (10^-12 US dollars).</summary>
    CostGiven = 47,

    /// <summary>What it cost by the price table, or as given when no price is known; pico-dollars.</summary>
    Cost = 48,

    /// <summary>Version of the mapping that made the fields from the attributes; of a span merged from copies the lowest of them, and none where one had
    /// none.</summary>
    MappingVersion = 49,
}
