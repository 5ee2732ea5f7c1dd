using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Pricing;
using Plumbline.Features.Traces.Shards;
using Plumbline.ObjectStore;
using Plumbline.Otlp;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Grains;

/// <summary>Owns one shard's span store: opens it on activation, closes it on deactivation, and passes calls through.</summary>
[GrainType("traceshard"), PreferLocalPlacement, Immovable]
internal sealed partial class TraceShardGrain(
    [PersistentState("upkeep", "grains")] IPersistentState<ShardUpkeepState> upkeep,
    IObjectStore objects,
    ShardHousekeeping housekeeping,
    Repricing repricing,
    Remapping remapping,
    IOptions<TracesOptions> options,
    OpenStores stores,
    FixedAnswers answers,
    TimeProvider clock,
    ILogger<TraceShardGrain> log) : Grain, ITraceShardGrain, IRemindable, IDisposable
{
    private const long NanosPerMinute = 60_000_000_000;
    private const long FromThursdayToMonday = 4 * 24 * 60 * NanosPerMinute;

    private const ConfigureAwaitOptions WhateverBecomesOfIt = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    private const string WakeUp = "housekeeping";

    /// <summary>What the names of everything stored here start with.</summary>
    public const string Folder = "traces/";

    /// <summary>How long a trace may have been under way that a watcher is told of for the spans it got while nobody could tell.</summary>
    private static readonly TimeSpan LongestTrace = TimeSpan.FromMinutes(10);

    private SpanStore? opened;
    private readonly CancellationTokenSource closing = new();
    private readonly RunningAppends appends = new();
    private readonly RepricingJob repriced = new(upkeep);
    private Task? keepingHouse;
    private ProjectKey project;

    private SpanStore Spans => opened ?? throw new InvalidOperationException("The shard is not active.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        project = ProjectKey.Of(key);
        opened = await OpenAsync(key, cancellationToken);
        stores.Add(key, opened);
        var period = options.Value.HousekeepingPeriod;
        var due = opened.ErasedByOpening.Count > 0 ? TimeSpan.Zero : period;
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = true });
        await RemindAsync();
    }

    private async Task<SpanStore> OpenAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await SpanStore.OpenAsync(objects, Folder + key, options.Value.Store, clock, log, stores.Instruments, cancellationToken);
        }
        catch (Exception e) when (e is ObjectStoreException or WalCorruptedException or ManifestException)
        {
            LogNotOpened(e, key);
            throw Failure.Unavailable("The project's traces cannot be opened now; the server's log says why.");
        }
    }

    // Without a reminder housekeeping waits for the next time that somebody uses the shard; that is no reason not to answer.
    private async Task RemindAsync()
    {
        try
        {
            if (await this.GetReminder(WakeUp) is null) await this.RegisterOrUpdateReminder(WakeUp, options.Value.WakePeriod, options.Value.WakePeriod);
        }
        catch (Exception e) when (Failure.In(e) is { IsRetryable: true })
        {
            LogNotReminded(e, this.GetPrimaryKeyString());
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await closing.CancelAsync();
        if (keepingHouse is not null) await keepingHouse.ConfigureAwait(WhateverBecomesOfIt);
        stores.Remove(this.GetPrimaryKeyString());
        if (opened is not null) await opened.DisposeAsync();
        opened = null;
    }

    public void Dispose() => closing.Dispose();

    public Task ReceiveReminder(string reminderName, TickStatus status) => Tick(CancellationToken.None);

    public async Task HousekeepAsync(CancellationToken cancellationToken)
    {
        // What is under way may have begun before the asker changed a setting.
        while (keepingHouse is { IsCompleted: false } before) await before.ConfigureAwait(WhateverBecomesOfIt);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        await (keepingHouse = KeepHouseAsync(stop.Token));
    }

    private Task Tick(CancellationToken cancellationToken) => keepingHouse is { IsCompleted: false } ? Task.CompletedTask : HousekeepAsync(cancellationToken);

    private async Task KeepHouseAsync(CancellationToken cancellationToken)
    {
        try
        {
            // What was left for later would wait for the next reminder if the shard fell asleep.
            var pending = await housekeeping.RunAsync(project, Spans, cancellationToken);
            pending |= await repricing.RunAsync(project.Organization, Spans, repriced, cancellationToken);
            pending |= await remapping.RunAsync(project.Organization, Spans, cancellationToken);
            if (pending) DelayDeactivation(options.Value.Store.QuietTime + (2 * options.Value.HousekeepingPeriod));
        }
        catch (Exception e) when (e is ObjectStoreException or OperationCanceledException || Failure.In(e) is { IsRetryable: true })
        {
            LogNotKept(e, this.GetPrimaryKeyString());
        }
    }

    public Task<AppendOutcome> AppendAsync(ReadOnlyMemory<byte> batch) =>
        appends.RunAsync(async () => await StoreAsync(await answers.SpansAsync(project, SpanBatch.Parse(batch), StoredAsync)));

    public Task<AppendOutcome> AppendEventsAsync(ReadOnlyMemory<byte> fragments) =>
        appends.RunAsync(async () => await MergeAsync(await answers.EventsAsync(project, SpanBatch.Parse(fragments))));

    private async ValueTask<IReadOnlyList<SpanRecord>> StoredAsync(TraceId traceId) => (await Asked(() => Spans.GetTraceAsync(traceId)))?.Spans ?? [];

    public Task SettleAsync() => appends.SettleAsync();

    private async Task<AppendOutcome> MergeAsync(SpanBatch fragments)
    {
        var merged = new List<SpanRecord>();
        foreach (var fragment in fragments.ToRecords())
        {
            var before = merged.FindIndex(m => m.TraceId == fragment.TraceId && m.SpanId == fragment.SpanId);
            var existing = before >= 0 ? merged[before] : await Asked(() => Spans.GetSpanAsync(fragment.TraceId, fragment.SpanId));
            var whole = LogFragments.Merge(existing, fragment);
            if (before >= 0) merged[before] = whole;
            else merged.Add(whole);
        }
        return await StoreAsync(SpanBatch.Of([.. merged]));
    }

    public async Task<TraceDetail?> GetTraceAsync(string traceId, CancellationToken cancellationToken)
    {
        if (!TraceId.TryParse(traceId, out var id) || await Asked(() => Spans.GetTraceAsync(id, cancellationToken)) is not { } trace) return null;
        return Detail(trace);
    }

    public async Task<TraceDetail?> GetTraceWithoutScoresAsync(string traceId, CancellationToken cancellationToken)
    {
        if (!TraceId.TryParse(traceId, out var id) || await Asked(() => Spans.GetTraceAsync(id, cancellationToken)) is not { } trace) return null;
        if (await TraceData.OfAsync(Scores.Without(trace.Spans), cancellationToken) is not { } left) return null;
        var detail = Detail(left);
        return detail with { Trace = detail.Trace with { ScoresHidden = true } };
    }

    private TraceDetail Detail(TraceData trace) => new(ShardViews.Of(project, trace.Summary), [.. trace.Spans.Select(s => ShardViews.Of(project, s))]);

    public async Task<ImmutableArray<TraceDetail>> GetTracesAsync(ImmutableArray<string> traceIds, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<TraceDetail>(traceIds.Length);
        foreach (var traceId in traceIds)
        {
            if (await GetTraceAsync(traceId, cancellationToken) is { } trace) found.Add(trace);
        }
        return found.ToImmutable();
    }

    public async Task<Page<TraceView>> TracesAsync(TracePageQuery query, CancellationToken cancellationToken)
    {
        var page = await Asked(() => Spans.QueryTracesAsync(new()
        {
            Where = StoreConditions.Of(query.Scope),
            Hidden = StoreConditions.Hidden(query.Scope.Hidden),
            OrderBy = (TraceSort)(int)query.Order.Field,
            Ascending = query.Order.Direction == OrderDirection.Asc,
            First = query.First,
            After = query.After,
            WantTotalCount = query.WantTotalCount,
        }, cancellationToken));
        return new([.. page.Traces.Select(t => ShardViews.Of(project, t.Trace))], [.. page.Traces.Select(t => t.Cursor)], page.HasNextPage, page.TotalCount);
    }

    Task<Page<SpanView>> ITraceShardGrain.SpansAsync(SpanPageQuery query, CancellationToken cancellationToken) => SpanPage(query, cancellationToken);

    private async Task<Page<SpanView>> SpanPage(SpanPageQuery query, CancellationToken cancellationToken)
    {
        var page = await Asked(() => Spans.QuerySpansAsync(new()
        {
            Where = StoreConditions.Of(query.Where),
            Hidden = StoreConditions.Hidden(query.Hidden),
            First = query.First,
            After = query.After,
        }, cancellationToken));
        return new([.. page.Spans.Select(s => ShardViews.Of(project, s.Span))], [.. page.Spans.Select(s => s.Cursor)], page.HasNextPage, page.TotalCount);
    }

    public async Task<Page<SessionView>> SessionsAsync(SessionPageQuery query, CancellationToken cancellationToken)
    {
        var page = await Asked(() => Spans.SessionsAsync(new()
        {
            Where = StoreConditions.Of(query.Scope),
            Hidden = StoreConditions.Hidden(query.Scope.Hidden),
            First = query.First,
            After = query.After,
        }, cancellationToken));
        return new([.. page.Sessions.Select(s => ShardViews.Of(project, s.Session))], [.. page.Sessions.Select(s => s.Cursor)], page.HasNextPage, null);
    }

    public async Task<ImmutableArray<FacetValue>> FacetsAsync(FacetValuesQuery query, CancellationToken cancellationToken)
    {
        var counts = await Asked(() => Spans.FacetsAsync(new()
        {
            Field = (GroupField)(int)query.Field,
            Range = StoreConditions.Required(query.Range),
            Prefix = query.Prefix,
            First = query.First,
            Hidden = StoreConditions.Hidden(query.Hidden),
        }, cancellationToken));
        return [.. counts.Select(c => new FacetValue(c.Value, c.Count))];
    }

    public async Task<ImmutableArray<StatsPart>> StatsAsync(SpanStatsQuery query, CancellationToken cancellationToken)
    {
        var rows = await Asked(() => Spans.StatsAsync(new()
        {
            Range = StoreConditions.Required(query.Range),
            BucketNano = Length(query.Bucket),
            BucketOffsetNano = query.Bucket == TimeBucket.Week ? FromThursdayToMonday : 0,
            GroupBy = [.. query.GroupBy.Select(field => (GroupField)(int)field)],
            Where = StoreConditions.Of(query.Where),
            Hidden = StoreConditions.Hidden(query.Hidden),
        }, cancellationToken));
        return [.. rows.Select(ShardViews.Of)];
    }

    public async Task<ImmutableArray<string>> TracesOfUserAsync(string userId) =>
        [.. (await Asked(() => Spans.TracesOfUserAsync(userId))).Select(t => t.ToString())];

    public async Task<ErasedSpans> EraseAsync(ImmutableArray<string> traceIds, string? ofUser) =>
        new(await Asked(() => Spans.EraseTracesAsync(StoreConditions.Ids(traceIds), ofUser)), Spans.Status.Quarantined.Count);

    public async IAsyncEnumerable<TraceView> WatchAsync(TraceFilter? where, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        NanoRange? missed = since is { } held ? StoreConditions.Required(new(held - LongestTrace, DateTimeOffset.MaxValue)) : null;
        await foreach (var changes in Spans.WatchAsync(where is null ? null : StoreConditions.Of(where, []), missed, cancellationToken))
        {
            foreach (var trace in changes.Traces) yield return ShardViews.Of(project, trace);
        }
    }

    private async Task<AppendOutcome> StoreAsync(SpanBatch batch)
    {
        try
        {
            return await Spans.AppendAsync(batch) == AppendResult.Stored ? AppendOutcome.Stored : AppendOutcome.Overloaded;
        }
        catch (StorageUnavailableException e)
        {
            LogUnavailable(e, this.GetPrimaryKeyString());
            return AppendOutcome.Unavailable;
        }
        catch (AppendConflictException e)
        {
            DeactivateOnIdle(); // another activation has the store; the next call opens it anew
            LogUnavailable(e, this.GetPrimaryKeyString());
            return AppendOutcome.Unavailable;
        }
    }

    // What was asked wrongly is the asker's to put right.
    private async Task<T> Asked<T>(Func<ValueTask<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (InvalidQueryException e)
        {
            throw Failure.BadInput(e.Message);
        }
    }

    private static long? Length(TimeBucket? bucket) => bucket switch
    {
        null => null,
        TimeBucket.Minute => NanosPerMinute,
        TimeBucket.FiveMinutes => 5 * NanosPerMinute,
        TimeBucket.Hour => 60 * NanosPerMinute,
        TimeBucket.Day => 24 * 60 * NanosPerMinute,
        _ => 7 * 24 * 60 * NanosPerMinute,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The upkeep of {Shard} stopped half-way and is tried again")]
    private partial void LogNotKept(Exception failure, string shard);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No reminder of housekeeping could be left for {Shard}; it is tried again when the shard is next opened")]
    private partial void LogNotReminded(Exception failure, string shard);

    [LoggerMessage(Level = LogLevel.Error, Message = "Traces of {Shard} cannot be opened")]
    private partial void LogNotOpened(Exception failure, string shard);

    [LoggerMessage(Level = LogLevel.Error, Message = "Traces of {Shard} cannot be stored now")]
    private partial void LogUnavailable(Exception failure, string shard);
}
