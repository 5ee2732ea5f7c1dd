using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.ObjectStore.Journals;

/// <summary>Settings of a journal.</summary>
public sealed record JournalOptions
{
    /// <summary>How events and snapshots are written. Polymorphic events need <see cref="JsonDerivedTypeAttribute"/>.</summary>
    public static JsonSerializerOptions DefaultJson { get; } = new() { IncludeFields = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>How events and snapshots are written.</summary>
    public JsonSerializerOptions Json { get; init; } = DefaultJson;

    /// <summary>A snapshot is due when the log has grown by this many bytes, and by as much as the last snapshot was long, so that its cost
    /// is shared out.</summary>
    public int SnapshotAfterBytes { get; init; } = 256 * 1024;
}
