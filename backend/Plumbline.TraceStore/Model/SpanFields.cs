namespace Plumbline.TraceStore;

/// <summary>The text fields of a span, UTF-8. The numbers are the presence bits of the stored format (0 to 39, shared with <see cref="SpanList"/>).</summary>
public enum SpanText : byte
{
    Name = 0,
    StatusMessage = 1,
    ServiceName = 2,
    ScopeName = 3,
    Environment = 4,
    Provider = 5,

    /// <summary>The model that answered; when unknown, the one that was asked for.</summary>
    Model = 6,
    RequestModel = 7,
    Operation = 8,
    SessionId = 9,
    UserId = 10,
    PromptName = 11,

    /// <summary>As sent; versions of prompts kept here are decimal numbers.</summary>
    PromptVersion = 12,
    ToolName = 13,
    Dialect = 14,

    /// <summary>A name for the whole trace, when a dialect carries one.</summary>
    TraceName = 15,

    /// <summary>JSON object: temperature, top_p and so on, as sent.</summary>
    Parameters = 16,

    /// <summary>JSON array of messages with parts.</summary>
    InputMessages = 17,

    /// <summary>JSON array of messages with parts.</summary>
    OutputMessages = 18,

    /// <summary>Plain text.</summary>
    Input = 19,

    /// <summary>Plain text.</summary>
    Output = 20,

    /// <summary>JSON array.</summary>
    Tools = 21,

    /// <summary>JSON array.</summary>
    Documents = 22,

    /// <summary>JSON object: every attribute as it came, with its type.</summary>
    Attributes = 23,

    /// <summary>JSON array.</summary>
    Events = 24,

    /// <summary>JSON array.</summary>
    Links = 25,

    /// <summary>JSON object.</summary>
    Resource = 26,
}

/// <summary>The fields of a span that hold several texts, in the order given, without repeats.</summary>
public enum SpanList : byte
{
    Tags = 32,
    FinishReasons = 33,

    /// <summary>What the mapping could not take as it was.</summary>
    Warnings = 34,
}

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

    /// <summary>Version of the mapping that made the fields from the attributes; of a span merged from copies the lowest of them, and none where one had none.</summary>
    MappingVersion = 49,
}

/// <summary>How the presence bits are laid out.</summary>
internal static class SpanFields
{
    public const int TextCount = 27;
    public const int FirstList = 32;
    public const int ListCount = 3;
    public const int VariableBits = 40;
    public const int FirstNumber = 40;
    public const int NumberCount = 10;
    public const ulong VariableMask = (1ul << VariableBits) - 1;
    public const ulong Known = ((1ul << TextCount) - 1) | (((1ul << ListCount) - 1) << FirstList) | (((1ul << NumberCount) - 1) << FirstNumber);
}
