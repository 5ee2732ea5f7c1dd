namespace Plumbline.TraceStore;

/// <summary>The outcome a span reported. The numbers are part of the stored format and rise with weight: the heavier wins when copies are merged.</summary>
public enum StoredStatus : byte
{
    /// <summary>Nothing was said.</summary>
    Unset = 0,

    /// <summary>Said to have succeeded.</summary>
    Ok = 1,

    /// <summary>Failed.</summary>
    Error = 2,
}
