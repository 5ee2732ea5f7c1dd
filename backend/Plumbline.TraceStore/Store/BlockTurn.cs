namespace Plumbline.TraceStore.Store;

/// <summary>One task at a time makes, replaces or deletes blocks, or must not meet one that does.</summary>
internal sealed class BlockTurn(Takeover takeover, Ledger ledger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Runs something while no block is replaced.</summary>
    public async ValueTask<T> UndisturbedAsync<T>(Func<ValueTask<T>> action)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await takeover.EnsureAsync(CancellationToken.None).ConfigureAwait(false);
            await ledger.TidyAsync(CancellationToken.None).ConfigureAwait(false);
            return await action().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
