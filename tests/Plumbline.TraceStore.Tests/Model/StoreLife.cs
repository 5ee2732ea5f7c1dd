using System.Text;
using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Tests.Store;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Tests.Model;

/// <summary>A store that everything happens to, and a naive model of what it must answer. One block at a time may be damaged: what it holds is hidden
/// then, and back when it is restored.</summary>
internal sealed class StoreLife(int seed)
{
    private const double Rate = 0.5;
    private const long HigherCost = 9_000_000_000_000;
    private readonly RandomSpans _random = new(seed, traces: 30);
    private readonly ManualTimeProvider _clock = new();
    private readonly SpanStoreOptions _options = new()
    {
        CompactSpans = 200,
        RecordPageBytes = 3000,
        SpansPerAggregate = 1,
        CacheBytes = 0,
        SealAge = TimeSpan.FromDays(30),
        RecentTraceBytes = 1 << 16,
        MinSpareLogBytes = seed % 2 == 0 ? 1 : new SpanStoreOptions().MinSpareLogBytes,
    };
    private readonly NaiveStore _model = new();
    private readonly NaiveStore _hidden = new();
    private (string Name, byte[] Whole)? _damaged;
    private long _mapping;
    private MemoryObjectStore _disk = new();
    private FailingObjectStore _failing = null!;
    private SpanStore _store = null!;

    private Random Random => _random.Random;

    /// <summary>What has happened so far, for whoever has to find out why it went wrong.</summary>
    public List<string> History { get; } = [];

    public async Task RunAsync(int steps)
    {
        await OpenAsync();
        for (var step = 0; step < steps; step++)
        {
            await StepAsync();
            await CompareAsync();
        }
        if (_damaged is not null) await RestoreAsync();
        await CrashAsync();
        await CompareAsync();
        await _store.DisposeAsync();
    }

    private Task StepAsync() => Random.Next(25) switch
    {
        < 9 => AppendAsync(),
        < 12 => FaultyAsync("seal", () => _store.SealAsync().AsTask()),
        < 14 => FaultyAsync("compact", () => _store.CompactAsync().AsTask()),
        14 => EraseTraceAsync(_random.Trace()),
        15 => EraseUserAsync(Random.Next(2) == 0 ? "u1" : "用户"),
        16 => DropAsync(_random.Range().FromUnixNano - 7_200_000_000_000),
        17 or 18 => SampleAsync(),
        19 => TransformAsync(),
        20 => ReopenAsync(),
        21 => CrashAsync(),
        22 => RemapAsync(),
        _ => _damaged is null ? DamageAsync() : RestoreAsync(),
    };

    private async Task AppendAsync()
    {
        for (var i = Random.Next(1, 6); i > 0; i--)
        {
            var batch = _random.Batch();
            if (await FaultyAsync("append", async () => Assert.Equal(AppendResult.Stored, await _store.AppendAsync(SpanBatch.Of(batch))))) _model.Append(batch);
        }
    }

    private async Task EraseTraceAsync(TraceId id)
    {
        await UntilDoneAsync($"erase {id.High}/{id.Low}", () => _store.EraseTraceAsync(id).AsTask());
        Forget(t => t.Summary.TraceId == id);
    }

    private async Task EraseUserAsync(string user)
    {
        await UntilDoneAsync("erase " + user, () => _store.EraseUserAsync(user).AsTask());
        Forget(t => t.Spans.Any(s => s.UserId == user));
    }

    private async Task DropAsync(long before)
    {
        await UntilDoneAsync("drop", () => _store.DropBeforeAsync(before).AsTask());
        Drop([.. _model.Traces.Where(t => t.Summary.StartUnixNano < before)]);
    }

    private async Task SampleAsync()
    {
        var kept = _random.Trace();
        for (var times = 0; times < 2; times++)
        {
            await FaultyAsync("sample", () => _store.SampleAsync(new TraceSampling
            {
                RateAt = _ => Rate,
                EndedBeforeUnixNano = long.MaxValue,
                KeptAmong = (_, _) => ValueTask.FromResult<IReadOnlySet<TraceId>>(new HashSet<TraceId> { kept }),
            }).AsTask());
            _clock.Advance(TimeSpan.FromHours(2));
        }
        var gone = new List<NaiveTrace>();
        foreach (var trace in _model.Traces)
        {
            if (await _store.GetTraceAsync(trace.Summary.TraceId) is not null) continue;
            Assert.True(
                trace.Summary is { Status: not StoredStatus.Error, ErrorCount: 0 } && trace.Summary.TraceId != kept
                    && !TraceSampling.IsChosen(trace.Summary.TraceId, Rate),
                "it sampled away what it had to keep");
            gone.Add(trace);
        }
        Drop(gone);
    }

    // What it writes outlasts a merge with an older copy, so that no order of merges makes a difference.
    private async Task TransformAsync()
    {
        await UntilDoneAsync("transform", () => _store.TransformAsync(static (span, into) =>
        {
            if (span.Number(SpanNumber.Cost) is null or HigherCost) return false;
            into.Add(SpanRecord.From(span) with { Cost = HigherCost });
            return true;
        }).AsTask());
        var spans = _model.Spans.Where(s => s.Cost is not null).Select(s => s with { Cost = HigherCost }).ToArray();
        _model.Append(spans);
    }

    /// <summary>A later mapping takes a field from the name, some blocks at a time.</summary>
    private async Task RemapAsync()
    {
        var version = ++_mapping;
        SpanRecord Mapped(SpanRecord span) =>
            (span.MappingVersion ?? 0) >= version ? span : span with { ToolName = $"tool of {span.Name}", MappingVersion = version };
        await UntilDoneAsync("remap", async () =>
        {
            await _store.SealAsync();
            while (await _store.RemapSomeAsync(Remap, version, Random.Next(1, 3))) { }
        });
        Assert.False(_store.HasMappedBefore(version));
        _model.Change(Mapped);

        bool Remap(SpanReader span, SpanBatchWriter into)
        {
            if ((span.Number(SpanNumber.MappingVersion) ?? 0) >= version) return false;
            into.Add(Mapped(SpanRecord.From(span)));
            return true;
        }
    }

    private async Task ReopenAsync()
    {
        History.Add("reopen");
        await _store.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>The process ends without a word; the disk stays as it is, with half a frame after the last one of the log.</summary>
    private async Task CrashAsync()
    {
        History.Add("crash");
        _failing.WritesLeft = 0; // housekeeping may be at work: nothing of it reaches the copy half
        var left = await ObjectCopies.WriteAsync(await ObjectCopies.ReadAsync(_disk));
        await _store.DisposeAsync();
        _disk = left;
        var log = (await ObjectCopies.ReadAsync(_disk)).Keys.Where(n => n.StartsWith("o/wal/", StringComparison.Ordinal)).Max();
        if (log is not null && Random.Next(2) == 0) await TearAsync(log);
        await OpenAsync();
    }

    // What follows the last whole frame may be bytes of an older log.
    private async Task TearAsync(string log)
    {
        var content = (await _disk.GetAsync(log))!.Content;
        var number = WalLog.NumberOf("o", log)!.Value;
        var whole = (int)WalReplay.Read(log, number, content, static (_, _) => { });
        var half = WalFrames.HeaderOf(
            number, whole, WalFrameType.Batch, Encoding.UTF8.GetBytes("what a span says, and nothing of it got to the disk"))
                .AsSpan(0, Random.Next(1, WalFrames.Header));
        var torn = new byte[Math.Max(content.Length, whole + half.Length)];
        content.CopyTo(torn, 0);
        half.CopyTo(torn.AsSpan(whole));
        await _disk.PutAsync(log, torn);
    }

    private async Task OpenAsync()
    {
        _failing = new FailingObjectStore(_disk) { WritesLeft = Random.Next(4) == 0 ? Random.Next(4) : int.MaxValue };
        _store = await SpanStore.OpenAsync(_failing, "o", _options, _clock);
        if (_failing.WritesLeft < int.MaxValue / 2) await CompareAsync();
        _failing.WritesLeft = int.MaxValue;
    }

    // The head is sealed first: as long as a trace is on its way from one block to the next, a crash leaves only the older copy.
    private async Task DamageAsync()
    {
        await _store.SealAsync();
        var objects = await ObjectCopies.ReadAsync(_disk);
        string[] blocks = [.. objects.Keys.Where(n => n.StartsWith("o/blocks/", StringComparison.Ordinal))];
        if (blocks.Length == 0) return;
        var name = blocks[Random.Next(blocks.Length)];
        var bytes = objects[name].ToArray();
        var directory = (int)BitConverter.ToInt64(bytes.AsSpan(bytes.Length - BlockDirectory.Trailer));
        for (var at = 8; at < (Random.Next(3) == 0 ? bytes.Length : directory); at++) bytes[at] ^= 0x55;
        await _disk.PutAsync(name, bytes);
        await _store.QuerySpansAsync(new SpanQuery { Where = new SpanCondition { Search = "nowhere" } });
        await _store.StatsAsync(new StatsQuery { Range = NanoRange.All });
        if (_store.Status.Quarantined.Count == 0)
        {
            await _disk.PutAsync(name, objects[name]); // none of its traces live: nobody reads it
            return;
        }
        Assert.Equal([name], _store.Status.Quarantined);
        _damaged = (name, objects[name]);
        History.Add("damage " + name);
        foreach (var trace in _model.Traces)
        {
            if (await _store.GetTraceAsync(trace.Summary.TraceId) is null) _hidden.Append(trace.Spans);
        }
        History.Add($"hides {string.Join(' ', _hidden.Traces.Select(t => $"{t.Summary.TraceId.High}/{t.Summary.TraceId.Low}"))}");
        foreach (var trace in _hidden.Traces) _model.Erase(t => t.Summary.TraceId == trace.Summary.TraceId);
    }

    private async Task RestoreAsync()
    {
        var (name, whole) = _damaged!.Value;
        History.Add("restore " + name);
        await _disk.PutAsync(name, whole);
        _damaged = null;
        _model.Append(_hidden.Spans);
        _hidden.Erase(_ => true);
        await RestartAsync();
        Assert.Empty(_store.Status.Quarantined);
        await CompareAsync();
        await ReopenAsync();
    }

    private void Forget(Func<NaiveTrace, bool> which)
    {
        var gone = _model.Traces.Where(which).Select(t => t.Summary.TraceId).ToHashSet();
        _model.Erase(which);
        _hidden.Erase(t => gone.Contains(t.Summary.TraceId) || which(t));
    }

    private void Drop(IReadOnlyCollection<NaiveTrace> traces)
    {
        var ids = traces.Select(t => t.Summary.TraceId).ToHashSet();
        _model.Erase(t => ids.Contains(t.Summary.TraceId));
    }

    /// <summary>Runs something on a disk that may be full for a while.</summary>
    /// <returns>Whether it succeeded.</returns>
    private async Task<bool> FaultyAsync(string what, Func<Task> action)
    {
        History.Add(what);
        if (Random.Next(4) == 0) _failing.WritesLeft = Random.Next(5);
        try
        {
            await action();
            return true;
        }
        catch (StorageUnavailableException)
        {
            History.Add("failed");
            return false;
        }
        finally
        {
            _failing.WritesLeft = int.MaxValue;
        }
    }

    /// <summary>As a caller does: what failed is asked for again, sometimes after a restart.</summary>
    private async Task UntilDoneAsync(string what, Func<Task> action)
    {
        while (!await FaultyAsync(what, action))
        {
            if (Random.Next(2) == 0) await RestartAsync();
        }
    }

    private async Task RestartAsync()
    {
        History.Add("restart");
        await _store.DisposeAsync();
        _failing = new FailingObjectStore(_disk);
        _store = await SpanStore.OpenAsync(_failing, "o", _options, _clock);
    }

    private async Task CompareAsync()
    {
        await StoreComparison.SameTracesAsync(_store, _model, new TraceQuery { First = 100 });
        await StoreComparison.SameSpansAsync(_store, _model, new SpanQuery { WantTotalCount = true, First = 500 });
        await StoreComparison.SameTraceAsync(_store, _model, _random.Trace());
        await StoreComparison.SameTracesAsync(_store, _model, _random.TraceQuery());
        await StoreComparison.SameStatsAsync(_store, _model, _random.StatsQuery());
    }
}
