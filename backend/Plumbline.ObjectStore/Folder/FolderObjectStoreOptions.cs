namespace Plumbline.ObjectStore;

/// <summary>Settings of <see cref="FolderObjectStore"/>.</summary>
public sealed record FolderObjectStoreOptions
{
    /// <summary>The folder that holds everything; created when missing. One process at a time may use it.</summary>
    public required string Root { get; init; }

    /// <summary>The clock behind modification times.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
