using Orleans.Runtime.Streams;

namespace Orleans.Runtime;

/// <summary>Settings of a stream from a grain.</summary>
public static class AsyncEnumerableExtensions
{
    /// <summary>How many ready items travel together at most; 100 unless set. Other streams are returned as they are.</summary>
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBatchSize);
        if (self is GrainAsyncEnumerable<T> stream) stream.BatchSize = maxBatchSize;
        return self;
    }
}
