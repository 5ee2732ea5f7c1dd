namespace Plumbline.ObjectStore.Journals;

/// <summary>A journal or snapshot was changed by something that is not the journal; nothing was read from it.</summary>
public sealed class JournalCorruptedException(string objectName, long offset, string reason)
    : ObjectStoreException(objectName, $"'{objectName}' is damaged at byte {offset}: {reason}. Restore it from a backup.")
{
    /// <summary>Where the damage begins, in bytes from the start of the object.</summary>
    public long Offset { get; } = offset;
}

/// <summary>The journal is at another version than its writer expected.</summary>
public sealed class JournalConflictException(string objectName, long expectedVersion, long actualVersion)
    : ObjectStoreException(objectName, $"'{objectName}' was expected at version {expectedVersion} and is at {actualVersion}.")
{
    /// <summary>The version the writer expected.</summary>
    public long ExpectedVersion { get; } = expectedVersion;

    /// <summary>The version the journal is at.</summary>
    public long ActualVersion { get; } = actualVersion;
}
