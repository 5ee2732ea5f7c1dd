namespace Plumbline.Host.Api;

/// <summary>How many requests of each caller are at work, so that nobody takes all of the server.</summary>
internal sealed class RequestsAtWork(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);

    /// <summary>Takes a place until it is disposed of; null when the caller has as many as it may have.</summary>
    public IDisposable? TryEnter(string caller)
    {
        lock (_gate)
        {
            var running = _running.GetValueOrDefault(caller);
            if (running >= most) return null;
            _running[caller] = running + 1;
            return new Place(this, caller);
        }
    }

    private void Leave(string caller)
    {
        lock (_gate)
        {
            if (--_running[caller] == 0) _running.Remove(caller);
        }
    }

    private sealed class Place(RequestsAtWork owner, string caller) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) owner.Leave(caller);
        }
    }
}
