using System.ComponentModel.DataAnnotations;
using Plumbline.Otlp;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces;

/// <summary>Limits and settings of the slice.</summary>
public sealed record TracesOptions
{
    /// <summary>Parts that a project's traces are spread over by trace id. It may only be set before the first span arrives. Default 1.</summary>
    [Range(1, 256)]
    public int ShardsPerProject { get; set; } = 1;

    /// <summary>What one request may hold.</summary>
    public OtlpLimits Otlp { get; set; } = new();

    /// <summary>Limits of the store of each shard.</summary>
    public SpanStoreOptions Store { get; set; } = new();

    /// <summary>Most bytes of a request as it is sent. Default 16 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRequestBytes { get; set; } = 16 << 20;

    /// <summary>Requests that may be decoded and stored at one time; more are answered that they may come again, and so are those of a project that has
    /// twice as many as are free. Default 256.</summary>
    [Range(1, int.MaxValue)]
    public int MaxConcurrentRequests { get; set; } = 256;

    /// <summary>Longest time that the redaction rules of a project may take over one request; one that takes longer is refused, not to be
    /// sent again as it is. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxRedactionTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests of one organization that rules are applied to at one time; more wait. Default half of the processors, at least one.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRedactionsAtOnce { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Requests of one project that rules are applied to or that wait for it; more are answered that they may come again. Default 32.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRedactionsPerProject { get; set; } = 32;

    /// <summary>When a refused sender should come back. Default one second.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest page of a list. Default 500.</summary>
    [Range(1, int.MaxValue)]
    public int MaxPageSize { get; set; } = 500;

    /// <summary>Most traces that a session is shown with, the oldest of it. Default 200.</summary>
    [Range(1, int.MaxValue)]
    public int MaxSessionTraces { get; set; } = 200;

    /// <summary>Most verdicts, queues and datasets that one filter of traces may ask for. Default 20.</summary>
    [Range(1, int.MaxValue)]
    public int MaxTraceConditions { get; set; } = 20;

    /// <summary>Most fields that statistics may be grouped by. Default 4.</summary>
    [Range(1, 4)]
    public int MaxGroupFields { get; set; } = 4;

    /// <summary>Prices that an organization may set itself. Default 1,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxModelPrices { get; set; } = 1_000;

    /// <summary>Blocks that a shard looks through in one round of housekeeping when prices have changed. Default 16.</summary>
    [Range(1, int.MaxValue)]
    public int BlocksRepricedAtOnce { get; set; } = 16;

    /// <summary>Blocks of spans mapped by an earlier version that a shard maps anew in one round of housekeeping. Default 8.</summary>
    [Range(1, int.MaxValue)]
    public int BlocksRemappedAtOnce { get; set; } = 8;

    /// <summary>How often an active shard looks for traces that are past their retention or may be sampled away. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan HousekeepingPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a shard that nobody uses is woken for that; at least a minute. Default 6 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan WakePeriod { get; set; } = TimeSpan.FromHours(6);
}
