namespace Plumbline.TraceStore;

/// <summary>Bytes that are no span batch, or not of a version known here.</summary>
/// <param name="offset">Where it goes wrong, counted from the first byte of the batch.</param>
/// <param name="reason">What is wrong.</param>
public sealed class SpanBatchFormatException(int offset, string reason) : Exception($"No span batch: {reason} at byte {offset}.")
{
    /// <summary>Where it goes wrong, counted from the first byte of the batch.</summary>
    public int Offset { get; } = offset;

    /// <summary>What is wrong.</summary>
    public string Reason { get; } = reason;
}
