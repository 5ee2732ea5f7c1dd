namespace Plumbline.ObjectStore.Azure.Appends;

/// <summary>The end of one object as one writer knows it. One call at a time. Once another has changed the object every call fails.</summary>
internal interface IBlobTail
{
    /// <summary>Bytes that count.</summary>
    long Length { get; }

    bool IsNearlyFull { get; }

    /// <summary>Adds bytes at the end.</summary>
    /// <exception cref="AppendConflictException">Somebody else has changed the object.</exception>
    /// <exception cref="StorageUnavailableException">It was not added; should that turn out otherwise, the next call takes it back.</exception>
    Task AppendAsync(byte[] bytes);

    /// <summary>Leaves the first bytes only.</summary>
    Task TruncateAsync(long length);
}
