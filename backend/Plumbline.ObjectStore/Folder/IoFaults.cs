namespace Plumbline.ObjectStore.Folder;

/// <summary>What the operating system says, in the store's words.</summary>
internal static class IoFaults
{
    private const int NoSpace = 28, QuotaLinux = 122, QuotaMac = 69, ReadOnlyFileSystem = 30;
    private const int WindowsDiskFull =
        unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027), WindowsWriteProtect = unchecked((int)0x80070013);

    public static bool IsIo(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static bool IsMissing(Exception exception) => exception is FileNotFoundException or DirectoryNotFoundException;

    /// <summary>Whether the medium is full or read-only: it can be read meanwhile, and written again later.</summary>
    public static bool IsPassing(Exception exception) => IsIo(exception) && Classify(exception) is StorageFault.Full or StorageFault.ReadOnly;

    public static StorageUnavailableException Unavailable(string name, Exception exception) => Classify(exception) switch
    {
        StorageFault.Full => new(name, StorageFault.Full, "no space is left on the disk. Free some; no restart is needed.", exception),
        StorageFault.Uncertain => new(name, StorageFault.Uncertain, $"it was written, but the disk did not confirm it. {exception.Message}", exception),
        StorageFault.ReadOnly =>
            new(name, StorageFault.ReadOnly, "the data folder is read-only for this process. Make it writable; no restart is needed.", exception),
        _ => new(name, StorageFault.Failed, exception.Message, exception),
    };

    private static StorageFault Classify(Exception exception) => exception switch
    {
        UnconfirmedException => StorageFault.Uncertain,
        UnauthorizedAccessException => StorageFault.ReadOnly,
        IOException { HResult: NoSpace or QuotaLinux or QuotaMac or WindowsDiskFull or WindowsHandleDiskFull } => StorageFault.Full,
        IOException { HResult: ReadOnlyFileSystem or WindowsWriteProtect } => StorageFault.ReadOnly,
        _ => StorageFault.Failed,
    };
}

/// <summary>A name was changed in its folder, which could not be flushed then.</summary>
internal sealed class UnconfirmedException(IOException flush) : IOException(flush.Message, flush);
