using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Grains;
using Plumbline.Features.Traces.Shards;

namespace Plumbline.Features.Traces.Erasing;

/// <summary>Deletes traces and whatever other slices keep about them. Those go first: as long as the spans are there, an erasure that was
/// cut short finds its traces again.</summary>
internal sealed class TraceErasure(ShardMap shards, IEnumerable<ITraceHolder> holders)
{
    /// <summary>A user may send more while their traces go; this often it is looked again.</summary>
    private const int MostRounds = 10;

    public async ValueTask<ErasedData> EraseTraceAsync(ProjectKey project, TraceStore.TraceId traceId, CancellationToken cancellationToken) =>
        await EraseAsync(project, shards.Of(project, traceId), [traceId.ToString()], null, cancellationToken);

    public async ValueTask<ErasedData> EraseUserAsync(ProjectKey project, string userId, CancellationToken cancellationToken)
    {
        var erased = ErasedData.Nothing;
        foreach (var shard in shards.All(project))
        {
            var ofShard = ErasedData.Nothing;
            for (var round = 0; round < MostRounds; round++)
            {
                var traceIds = await shard.TracesOfUserAsync(userId);
                if (traceIds.IsEmpty && round > 0) break;
                var found = await EraseAsync(project, shard, traceIds, userId, cancellationToken);
                ofShard = ofShard.And(found) with { UnreadableBlocks = found.UnreadableBlocks };
            }
            erased = erased.And(ofShard);
        }
        return erased;
    }

    private async ValueTask<ErasedData> EraseAsync(
        ProjectKey project, ITraceShardGrain shard, ImmutableArray<string> traceIds, string? userId, CancellationToken cancellationToken)
    {
        var things = new Dictionary<HeldThing, int>();
        foreach (var holder in holders)
            things[holder.Thing] =
                things.GetValueOrDefault(holder.Thing) + (traceIds.IsEmpty ? 0 : await holder.EraseAsync(project, traceIds, cancellationToken));
        var spans = await shard.EraseAsync(traceIds, userId);
        return new ErasedData(spans.Count, things, spans.UnreadableBlocks);
    }
}

/// <summary>How much was deleted.</summary>
internal sealed record ErasedData(long Spans, IReadOnlyDictionary<HeldThing, int> Things, int UnreadableBlocks)
{
    public static ErasedData Nothing { get; } = new(0, new Dictionary<HeldThing, int>(), 0);

    public int Of(HeldThing thing) => Things.GetValueOrDefault(thing);

    public ErasedData And(ErasedData more) =>
        new(Spans + more.Spans, Enum.GetValues<HeldThing>().ToDictionary(t => t, t => Of(t) + more.Of(t)), UnreadableBlocks + more.UnreadableBlocks);
}
