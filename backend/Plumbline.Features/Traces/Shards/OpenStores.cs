using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Plumbline.Contracts.Traces;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>The stores that are open in this process, by the key of their shard.</summary>
internal sealed class OpenStores(IMeterFactory meters) : IStoreHealth
{
    private readonly ConcurrentDictionary<string, SpanStore> stores = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> everOpened = new(StringComparer.Ordinal);

    /// <summary>What the stores are measured with.</summary>
    public TraceStoreInstruments Instruments { get; } = new(meters);

    public int DamagedBlocks => stores.Values.Sum(s => s.Status.Quarantined.Count);

    /// <summary>Shards that are or were open.</summary>
    public ICollection<string> EverOpened => everOpened.Keys;

    public void Add(string shard, SpanStore store)
    {
        stores[shard] = store;
        everOpened[shard] = 0;
    }

    public void Remove(string shard) => stores.TryRemove(shard, out _);
}
