using Plumbline.TraceStore.Batches;

namespace Plumbline.TraceStore.Blocks;

/// <summary>A block as it was made, before it is stored.</summary>
/// <param name="buffer">Its bytes.</param>
/// <param name="directory">What is in it.</param>
/// <param name="order">The rows of its traces.</param>
internal sealed class WrittenBlock(ByteBuffer buffer, BlockDirectory directory, Dictionary<TraceId, int> order)
{
    // Memory that is new costs more than what is written into it: one buffer is kept for the next block, whosever it is.
    private static ByteBuffer? spare;

    public ReadOnlyMemory<byte> Bytes => buffer.WrittenMemory;

    public BlockDirectory Directory => directory;

    public Dictionary<TraceId, int> Order => order;

    /// <summary>An empty buffer to write a block into.</summary>
    public static ByteBuffer TakeBuffer()
    {
        var taken = Interlocked.Exchange(ref spare, null) ?? new ByteBuffer(1 << 20);
        taken.Clear();
        return taken;
    }

    /// <summary>Ends the use of <see cref="Bytes"/>.</summary>
    public void GiveBack() => Volatile.Write(ref spare, buffer);
}
