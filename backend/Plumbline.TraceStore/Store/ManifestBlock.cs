using System.Text.Json.Serialization;

namespace Plumbline.TraceStore.Store;

/// <summary>A live block.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Length">Bytes of its object.</param>
/// <param name="Dead">Rows of traces that are in a newer block or erased.</param>
internal sealed record ManifestBlock(long Id, long Length, IReadOnlyList<int> Dead)
{
    /// <summary>What was erased while the block was quarantined; null for one that never was, or has made up for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MissedErasures? Missed { get; init; }
}
