namespace Plumbline.TraceStore.Wal;

/// <summary>What a frame of the log holds. The numbers are part of the format.</summary>
internal enum WalFrameType : byte
{
    Batch = 1,
    Fence = 2,
    Header = 3,
    EraseTrace = 4,
    EraseUser = 5,
    DropBefore = 6,
    EraseTraces = 7,
    DropTraces = 8,
}
