namespace Plumbline.TraceStore;

/// <summary>How the sender counted cached tokens. What is stored always counts them within the input tokens; this tells whether they had to be added.</summary>
public enum UsageConvention : byte
{
    /// <summary>Not known, no usage, or no cached tokens to tell by.</summary>
    Unknown = 0,

    /// <summary>The sender's input tokens held the cached ones; stored as sent.</summary>
    Inclusive = 1,

    /// <summary>The sender counted cached tokens beside the input tokens; the stored input tokens are the sum of both.</summary>
    Exclusive = 2,
}
