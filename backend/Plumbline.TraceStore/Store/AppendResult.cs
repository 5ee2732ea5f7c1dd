namespace Plumbline.TraceStore;

/// <summary>What became of a batch.</summary>
public enum AppendResult : byte
{
    /// <summary>It is on disk and visible to queries.</summary>
    Stored = 0,

    /// <summary>Too much is waiting; nothing was stored. Try again after a second or so.</summary>
    Overloaded = 1,
}
