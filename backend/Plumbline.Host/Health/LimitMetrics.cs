using System.Diagnostics.Metrics;

namespace Plumbline.Host.Health;

/// <summary>Counts requests that a rate limit refused.</summary>
internal sealed class LimitMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _refused = meters.Create("Plumbline.Host").CreateCounter<long>(
        "plumbline.limits.refused", "{request}", "Requests refused by a rate limit (status 429), by limit.");

    public void Refused(string limit) => _refused.Add(1, new KeyValuePair<string, object?>("plumbline.limit", limit));
}
