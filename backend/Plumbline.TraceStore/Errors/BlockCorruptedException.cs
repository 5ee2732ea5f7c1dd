namespace Plumbline.TraceStore;

/// <summary>A block, or a page of it, is not what it should be.</summary>
/// <param name="objectName">The block's object.</param>
/// <param name="offset">Where in the object.</param>
/// <param name="reason">What is wrong.</param>
public sealed class BlockCorruptedException(
    string objectName, long offset, string reason) : Exception($"The block '{objectName}' is damaged at byte {offset}: {reason}.")
{
    /// <summary>The block's object.</summary>
    public string ObjectName { get; } = objectName;

    /// <summary>Where in the object.</summary>
    public long Offset { get; } = offset;

    /// <summary>What is wrong.</summary>
    public string Reason { get; } = reason;
}
