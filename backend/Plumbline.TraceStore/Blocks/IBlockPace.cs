namespace Plumbline.TraceStore.Blocks;

/// <summary>Who waits for a block while it is made.</summary>
internal interface IBlockPace
{
    /// <summary>Whether somebody waits, so that a second processor may as well help.</summary>
    bool IsAwaited { get; }

    /// <summary>Told now and then how much of the work is done, rising up to 1; by one thread at a time, but not always the same.</summary>
    void Made(double part);
}
