namespace Plumbline.Contracts.Traces;

/// <summary>What operators should know of the trace stores that are open in this process.</summary>
public interface IStoreHealth
{
    /// <summary>Blocks that cannot be read and are left out of all answers; the log names them.</summary>
    int DamagedBlocks { get; }
}
