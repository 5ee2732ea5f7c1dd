namespace Plumbline.TraceStore;

/// <summary>Who waits for a block while it is made.</summary>
internal interface IBlockPace
{
    /// <summary>Whether somebody waits, so that a second processor may as well help.</summary>
    bool IsAwaited { get; }

    /// <summary>Told now and then how much of the work is done, up to 1.</summary>
    void Made(double part);
}
