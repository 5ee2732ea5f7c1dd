using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Reviews;

/// <summary>What one person has seen in a project; key <c>organization/project/user</c>.</summary>
[Alias("ITraceOpeningsGrain")]
public interface ITraceOpeningsGrain : IGrainWithStringKey
{
    [Alias("Record"), Repeatable]
    Task RecordAsync(string traceId);

    [Alias("RecordAll"), Repeatable]
    Task RecordAllAsync(SeenTraces seen);

    [AlwaysInterleave, Alias("HasOpened"), Repeatable]
    Task<bool> HasOpenedAsync(string traceId);

    [AlwaysInterleave, Alias("Find"), Repeatable]
    Task<KnownOpening> FindAsync(string traceId);
}
