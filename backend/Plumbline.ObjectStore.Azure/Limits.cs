namespace Plumbline.ObjectStore.Azure;

/// <summary>What the service takes, from version 2022-11-02 on.</summary>
internal static class Limits
{
    /// <summary>Bytes of one block of an append blob.</summary>
    public const int LargestBlock = 100 << 20;

    /// <summary>Blocks of an append blob.</summary>
    public const int MostBlocks = 50_000;

    /// <summary>Characters of a blob's name.</summary>
    public const int LongestName = 1024;

    /// <summary>Segments of a blob's name.</summary>
    public const int MostSegments = 254;

    /// <summary>Ranges that are left out of one blob; what tells of them has to fit into 8 KiB.</summary>
    public const int MostCuts = 150;
}
