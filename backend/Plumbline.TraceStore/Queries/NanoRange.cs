namespace Plumbline.TraceStore;

/// <summary>Nanoseconds since 1970, from (inclusive) to (exclusive).</summary>
public readonly record struct NanoRange(long FromUnixNano, long ToUnixNano)
{
    /// <summary>Everything.</summary>
    public static NanoRange All { get; } = new(long.MinValue, long.MaxValue);

    internal bool Contains(long unixNano) => unixNano >= FromUnixNano && unixNano < ToUnixNano;
}
