using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Plumbline.Contracts.Traces;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>The stores that are open in this process, by the key of their shard.</summary>
internal sealed class OpenStores : IStoreHealth
{
    private readonly ConcurrentDictionary<string, SpanStore> stores = new(StringComparer.Ordinal);

    public OpenStores(IMeterFactory meters) =>
        meters.Create("Plumbline.Store").CreateObservableGauge("plumbline.store.damaged_blocks", () => DamagedBlocks, "{block}", "Blocks of open stores that cannot be read and are left out of all answers.");

    public int DamagedBlocks => stores.Values.Sum(s => s.Status.Quarantined.Count);

    public void Add(string shard, SpanStore store) => stores[shard] = store;

    public void Remove(string shard) => stores.TryRemove(shard, out _);
}
