namespace Plumbline.Features.Traces.Grains;

/// <summary>What an erasure came to.</summary>
/// <param name="Count">How many spans were deleted.</param>
/// <param name="UnreadableBlocks">Damaged blocks that may hold more.</param>
[GenerateSerializer, Alias("ErasedSpans")]
public sealed record ErasedSpans([property: Id(0)] long Count, [property: Id(1)] int UnreadableBlocks);

/// <summary>What became of a batch.</summary>
[GenerateSerializer, Alias("AppendOutcome")]
public enum AppendOutcome
{
    /// <summary>On disk and visible to queries.</summary>
    Stored,

    /// <summary>Too much is waiting; nothing was stored.</summary>
    Overloaded,

    /// <summary>The disk refuses writes; nothing was stored.</summary>
    Unavailable,
}
