namespace Plumbline.ObjectStore;

/// <summary>An object as it was read.</summary>
/// <param name="Content">Its bytes; the array belongs to the caller.</param>
/// <param name="ETag">Changes with every write; to be compared for equality only.</param>
public sealed record StoredObject(byte[] Content, string ETag);

/// <summary>What is known of an object without reading it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ETag">Changes with every write; to be compared for equality only.</param>
/// <param name="LastModified">When it was last written, by the store's clock.</param>
public sealed record ObjectProperties(string Name, long Length, string ETag, DateTimeOffset LastModified);
