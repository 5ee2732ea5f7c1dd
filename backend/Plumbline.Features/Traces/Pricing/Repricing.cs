using Microsoft.Extensions.Options;
using Plumbline.Features.Kernel.Storage;
using Plumbline.Otlp.Pricing;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Pricing;

/// <summary>Prices stored spans anew when the organization has saved prices since, some blocks at a time.</summary>
internal sealed class Repricing(PriceBooks books, IOptions<TracesOptions> options)
{
    private const long NanosPerTick = 100;

    /// <summary>Does the next part, if there is one.</summary>
    /// <returns>Whether there is more to do soon.</returns>
    public async Task<bool> RunAsync(string organization, SpanStore spans, RepricingJob job, CancellationToken cancellationToken)
    {
        var book = await books.ForAsync(organization);
        if (book.Own.Version <= job.Stored.State.PricesVersion) return false;
        var from = book.Own.Prices.Where(p => p.SavedAs > job.Stored.State.PricesVersion).Min(p => p.ValidFrom);
        if (!await spans.TransformSomeAsync(
            (span, into) => Reprice(span, into, book.Prices), job.DoneFor(book.Own.Version), Nanos(from),
            options.Value.BlocksRepricedAtOnce, cancellationToken)) return true;
        await job.Stored.SaveAsync(new() { PricesVersion = book.Own.Version });
        return false;
    }

    private static bool Reprice(SpanReader span, SpanBatchWriter into, IPriceBook prices)
    {
        var before = SpanRecord.From(span);
        var cost = SpanPricing.CostOf(before, prices);
        if (cost == before.Cost) return false;
        into.Add(before with { Cost = cost });
        return true;
    }

    private static long Nanos(DateOnly day) => (day.ToDateTime(TimeOnly.MinValue).Ticks - DateTime.UnixEpoch.Ticks) * NanosPerTick;
}

/// <summary>How far one shard is with it.</summary>
internal sealed class RepricingJob(IPersistentState<ShardUpkeepState> stored)
{
    private readonly HashSet<long> done = [];
    private long version;

    public IPersistentState<ShardUpkeepState> Stored => stored;

    /// <summary>The blocks that were looked at with these prices.</summary>
    public HashSet<long> DoneFor(long pricesVersion)
    {
        if (version != pricesVersion) done.Clear();
        version = pricesVersion;
        return done;
    }
}

/// <summary>What a shard has been through.</summary>
[GenerateSerializer, Alias("ShardUpkeepState"), Immutable]
internal sealed record ShardUpkeepState
{
    /// <summary>The organization's prices that all of its spans have.</summary>
    [Id(0)] public long PricesVersion { get; init; }
}
