using System.Diagnostics;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Load;

/// <summary>Puts a server under load: as fast as it answers, or at a given rate.</summary>
internal sealed class Pressure(RequestSource source, IReadOnlyList<ISender> senders)
{
    private static readonly TimeSpan WithoutAdvice = TimeSpan.FromMilliseconds(100);
    private long _refused;

    /// <summary>Requests that were refused and sent again, by what was said.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, int> Refusals { get; } = new();

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>The trace that was acknowledged last.</summary>
    public TraceId LastTrace { get; private set; }

    /// <summary>Every sender sends its next request as soon as it has the answer to the one before.</summary>
    /// <returns>Spans a second that were acknowledged, and how long an acknowledgement took.</returns>
    public async Task<(double SpansPerSecond, Latencies Latencies, long Spans)> FullAsync(long spans)
    {
        var (latencies, left, sent) = (new Latencies(), spans, 0L);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(senders.Select(sender => Task.Run(async () =>
        {
            while (Interlocked.Add(ref left, -(long)source.SpansPerRequest) > -source.SpansPerRequest)
            {
                Interlocked.Add(ref sent, await SendAsync(sender, Stopwatch.GetTimestamp(), latencies));
            }
        })));
        return (sent / watch.Elapsed.TotalSeconds, latencies, sent);
    }

    /// <summary>Requests are due at even distances whether or not the server keeps up; how long one takes is counted from when it was due.</summary>
    public async Task<(double SpansPerSecond, Latencies Latencies)> PacedAsync(double spansPerSecond, TimeSpan length)
    {
        var requests = (long)(spansPerSecond / source.SpansPerRequest * length.TotalSeconds);
        var distance = Stopwatch.Frequency / (spansPerSecond / source.SpansPerRequest);
        var (latencies, next, sent) = (new Latencies(), 0L, 0L);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(senders.Select(sender => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= requests)
            {
                var due = start + (long)(number * distance);
                var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (early > TimeSpan.Zero) await Task.Delay(early);
                Interlocked.Add(ref sent, await SendAsync(sender, due, latencies));
            }
        })));
        return (sent / Stopwatch.GetElapsedTime(start).TotalSeconds, latencies);
    }

    private async Task<int> SendAsync(ISender sender, long since, Latencies latencies)
    {
        var request = source.Take();
        while (await sender.SendAsync(request) is { Accepted: false } refusal)
        {
            if (refusal.RetryAfter is null && refusal.Status is not ("429" or "503"))
                throw new InvalidOperationException($"The server refused for good: {refusal.Status}.");
            Interlocked.Increment(ref _refused);
            Refusals.AddOrUpdate(refusal.Status + (refusal.RetryAfter is null ? " without Retry-After" : ""), 1, (_, n) => n + 1);
            await Task.Delay(refusal.RetryAfter ?? WithoutAdvice);
        }
        latencies.Add(since);
        LastTrace = request.LastTrace;
        source.GiveBack(request);
        return request.Spans;
    }
}
