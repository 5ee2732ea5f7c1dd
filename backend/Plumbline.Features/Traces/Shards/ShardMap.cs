using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Features.Traces.Grains;

namespace Plumbline.Features.Traces.Shards;

/// <summary>Which shard a trace belongs to: by the last bytes of its id, which every SDK draws at random.</summary>
internal sealed class ShardMap(IGrainFactory grains, IOptions<TracesOptions> options)
{
    public int Count { get; } = options.Value.ShardsPerProject;

    public ITraceShardGrain Shard(ProjectKey project, int shard) => grains.GetGrain<ITraceShardGrain>(project.Child(FormattableString.Invariant($"{shard}")));

    public ITraceShardGrain Of(ProjectKey project, TraceStore.TraceId traceId) => Shard(project, IndexOf(traceId));

    public int IndexOf(TraceStore.TraceId traceId)
    {
        if (Count == 1) return 0;
        Span<byte> bytes = stackalloc byte[TraceStore.TraceId.Size];
        traceId.Write(bytes);
        return (int)(System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) % (uint)Count);
    }

    public ITraceShardGrain[] All(ProjectKey project) => [.. Enumerable.Range(0, Count).Select(i => Shard(project, i))];
}
