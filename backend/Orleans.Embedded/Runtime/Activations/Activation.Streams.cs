using Orleans.Runtime.Streams;

namespace Orleans.Runtime.Activations;

/// <summary>Streams that callers are reading from the grain.</summary>
internal sealed partial class Activation
{
    private readonly HashSet<IGrainStream> _streams = [];

    public bool HasStreams => _streams.Count > 0;

    public void Add(IGrainStream stream) => _streams.Add(stream);

    public void Remove(IGrainStream stream) => _streams.Remove(stream);

    /// <summary>Ends streams that nobody has pulled for <paramref name="age"/>. Runs as a turn.</summary>
    public void PostStreamSweep(TimeSpan age) => Post(
        static state =>
        {
            var (activation, age) = ((Activation, TimeSpan))state!;
            foreach (var stream in activation._streams.Where(s => s.IsAbandonedSince(Environment.TickCount64 - (long)age.TotalMilliseconds)).ToList())
                _ = stream.CloseAsync(aborted: true, activation.Runtime.Collection.DeactivationTimeout);
        },
        (this, age));

    private async Task AbortStreamsAsync()
    {
        foreach (var stream in _streams.ToList()) await stream.CloseAsync(aborted: true, _runtime.Collection.DeactivationTimeout);
    }
}
