namespace Orleans.Runtime.Calls;

/// <summary>Watches calls that share one response time-out. Looks ten times within that time, so an answer is given up at most a tenth late.</summary>
internal sealed class ResponseDeadlines : IDisposable
{
    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Stripe())];
    private readonly long _timeoutMs;
    private readonly Timer _timer;

    public ResponseDeadlines(TimeSpan timeout)
    {
        _timeoutMs = (long)timeout.TotalMilliseconds;
        var interval = TimeSpan.FromMilliseconds(Math.Max(5, _timeoutMs / 10));
        using (ExecutionContext.SuppressFlow()) _timer = new(static state => ((ResponseDeadlines)state!).Sweep(Environment.TickCount64), this, interval, interval);
    }

    public ResponseDeadline Add(string name, Action<Exception> abandon)
    {
        var deadline = new ResponseDeadline(_stripes[Environment.CurrentManagedThreadId % _stripes.Length], name, abandon, Environment.TickCount64 + _timeoutMs);
        deadline.Stripe.Add(deadline);
        return deadline;
    }

    public void Dispose() => _timer.Dispose();

    internal void Sweep(long nowMs)
    {
        foreach (var stripe in _stripes)
        {
            while (stripe.TakeOverdue(nowMs) is { } overdue)
                overdue.Abandon(new TimeoutException($"{overdue.Name} was not answered within {TimeSpan.FromMilliseconds(_timeoutMs)}."));
        }
    }

    internal sealed class Stripe
    {
        private readonly Lock _gate = new();
        private readonly LinkedList<ResponseDeadline> _deadlines = new();

        public void Add(ResponseDeadline deadline)
        {
            lock (_gate) _deadlines.AddLast(deadline.Node);
        }

        public void Remove(ResponseDeadline deadline)
        {
            lock (_gate)
                if (deadline.Node.List is not null) _deadlines.Remove(deadline.Node);
        }

        public ResponseDeadline? TakeOverdue(long nowMs)
        {
            lock (_gate)
            {
                if (_deadlines.First is not { } first || first.Value.AtMs > nowMs) return null;
                _deadlines.RemoveFirst();
                return first.Value;
            }
        }
    }
}

/// <summary>When one call is given up.</summary>
internal sealed class ResponseDeadline
{
    public ResponseDeadline(ResponseDeadlines.Stripe stripe, string name, Action<Exception> abandon, long atMs)
    {
        (Stripe, Name, Abandon, AtMs) = (stripe, name, abandon, atMs);
        Node = new(this);
    }

    public ResponseDeadlines.Stripe Stripe { get; }

    public string Name { get; }

    public Action<Exception> Abandon { get; }

    public long AtMs { get; }

    public LinkedListNode<ResponseDeadline> Node { get; }

    public void Remove() => Stripe.Remove(this);
}
