namespace Plumbline.ObjectStore.Azure.Blobs;

/// <summary>What the store keeps in a blob's metadata.</summary>
/// <param name="Writer">The put that wrote the blob: a put whose answer was lost recognises itself by it.</param>
/// <param name="Appender">The handle that appends to it. No other can append as long as the mark stands, so what is new there is the handle's own.</param>
/// <param name="Cuts">What does not count.</param>
internal sealed record BlobMarks(string? Writer, string? Appender, Cuts Cuts)
{
    private const string WriterKey = "writer", AppenderKey = "appender", CutsKey = "cuts";

    public static BlobMarks None { get; } = new(null, null, Cuts.None);

    /// <summary>Reads what <see cref="ToMetadata"/> wrote.</summary>
    /// <exception cref="FormatException">Something else has written them.</exception>
    public static BlobMarks Read(IDictionary<string, string>? metadata)
    {
        if (metadata is null || metadata.Count == 0) return None;
        return new BlobMarks(Find(metadata, WriterKey), Find(metadata, AppenderKey), Cuts.Parse(Find(metadata, CutsKey)));
    }

    /// <summary>A name that nobody has had.</summary>
    public static string NewId() => Guid.NewGuid().ToString("n");

    public Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Writer is not null) metadata[WriterKey] = Writer;
        if (Appender is not null) metadata[AppenderKey] = Appender;
        if (!Cuts.IsEmpty) metadata[CutsKey] = Cuts.ToString();
        return metadata;
    }

    private static string? Find(IDictionary<string, string> metadata, string key) => metadata.TryGetValue(key, out var value) ? value : null;
}
