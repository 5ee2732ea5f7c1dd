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
