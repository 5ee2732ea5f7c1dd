namespace Plumbline.TraceStore;

/// <summary>Damage in the middle of the log: frames that were acknowledged follow it.</summary>
/// <param name="objectName">The object of the log.</param>
/// <param name="offset">The first byte that is wrong.</param>
/// <param name="reason">What is wrong.</param>
public sealed class WalCorruptedException(string objectName, long offset, string reason)
    : Exception(
        $"The write-ahead log '{objectName}' is damaged at byte {offset}: {reason}. "
        + "Restore the object from a copy, or move it away to open the store without its spans.")
{
    /// <summary>The object of the log.</summary>
    public string ObjectName { get; } = objectName;

    /// <summary>The first byte that is wrong.</summary>
    public long Offset { get; } = offset;
}
