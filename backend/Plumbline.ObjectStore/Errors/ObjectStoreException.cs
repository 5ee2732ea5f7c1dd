namespace Plumbline.ObjectStore;

/// <summary>What went wrong with one object.</summary>
public abstract class ObjectStoreException(string objectName, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The object's name, or the store's root when it concerns all.</summary>
    public string ObjectName { get; } = objectName;
}

/// <summary>The name breaks a rule of <see cref="Plumbline.ObjectStore.ObjectName"/>.</summary>
public sealed class InvalidObjectNameException(string objectName, string reason)
    : ObjectStoreException(objectName, $"'{objectName}' is not a valid object name: {reason}.");

/// <summary>There is no such object.</summary>
public sealed class ObjectNotFoundException(string objectName) : ObjectStoreException(objectName, $"There is no object '{objectName}'.");

/// <summary>A conditional put or delete came too late: the object is not what the writer had read.</summary>
public sealed class PreconditionFailedException(string objectName, string? expectedETag, string? actualETag)
    : ObjectStoreException(
        objectName,
        $"'{objectName}' was expected {(expectedETag is null ? "to be missing" : $"with tag {expectedETag}")} and is "
            + $"{(actualETag is null ? "missing" : $"there with tag {actualETag}")}.")
{
    /// <summary>The tag the writer asked for; null when it asked for a missing object.</summary>
    public string? ExpectedETag { get; } = expectedETag;

    /// <summary>The tag the object has; null when it is missing.</summary>
    public string? ActualETag { get; } = actualETag;
}

/// <summary>An append or truncate was fenced off: the object does not have the length its writer knows.</summary>
public sealed class AppendConflictException(string objectName, long expectedLength, long? actualLength)
    : ObjectStoreException(
        objectName,
        $"'{objectName}' was expected with {expectedLength} bytes and {(actualLength is { } n ? $"has {n}" : "was replaced or deleted")}.")
{
    /// <summary>The length the writer knows, in bytes.</summary>
    public long ExpectedLength { get; } = expectedLength;

    /// <summary>The length the object has, in bytes; null when it was replaced or deleted.</summary>
    public long? ActualLength { get; } = actualLength;
}

/// <summary>Why a medium takes no writes.</summary>
public enum StorageFault
{
    /// <summary>No space, or no quota, is left.</summary>
    Full,

    /// <summary>The medium or the folder is read-only for this process.</summary>
    ReadOnly,

    /// <summary>Reading or writing failed for another reason.</summary>
    Failed,

    /// <summary>It was written, but the medium did not confirm that it stays so when the power fails.</summary>
    Uncertain,
}

/// <summary>The medium could not do it. Nothing was changed, unless the fault is <see cref="StorageFault.Uncertain"/>; the same operation
/// may be tried again.</summary>
public sealed class StorageUnavailableException(string objectName, StorageFault fault, string detail, Exception? inner = null)
    : ObjectStoreException(objectName, $"'{objectName}' could not be stored or read: {detail}", inner)
{
    /// <summary>The kind of failure.</summary>
    public StorageFault Fault { get; } = fault;
}

/// <summary>Another process holds the folder.</summary>
public sealed class StorageLockedException(string folder, string holder)
    : ObjectStoreException(folder, $"The data folder '{folder}' is in use by {holder}. Stop that process, or start this one with another folder.")
{
    /// <summary>Who holds it, as it wrote of itself.</summary>
    public string Holder { get; } = holder;
}
