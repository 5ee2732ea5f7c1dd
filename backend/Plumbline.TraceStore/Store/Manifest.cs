using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.TraceStore.Store;

/// <summary>What the object <c>manifest</c> says: which blocks live, and from where the log counts.</summary>
internal sealed record Manifest
{
    public const int CurrentFormat = 1;

    /// <summary>Version of this document.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The first object of the log whose frames are not all in blocks.</summary>
    public long FirstLog { get; init; } = 1;

    /// <summary>The number the next block gets; numbers are never used twice.</summary>
    public long NextBlock { get; init; } = 1;

    /// <summary>Whether an erasure still has to leave the blocks: every block with dead traces is to be rewritten.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Purge { get; init; }

    public IReadOnlyList<ManifestBlock> Blocks { get; init; } = [];

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <summary>Reads the document.</summary>
    /// <exception cref="ManifestException">It is no manifest, or of a later version.</exception>
    public static Manifest Read(string name, byte[] json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<Manifest>(json, JsonSerializerOptions.Web);
            if (manifest is null) throw new ManifestException(name, "it is empty");
            return manifest.Format == CurrentFormat ? manifest
                : throw new ManifestException(name, $"its format is {manifest.Format}, and this version reads {CurrentFormat}");
        }
        catch (JsonException e)
        {
            throw new ManifestException(name, e.Message);
        }
    }
}
