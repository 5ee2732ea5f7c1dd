using Plumbline.ObjectStore;
using Plumbline.Testing;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>Sampling lets whole traces go, and only those that nobody wants.</summary>
public sealed class SamplingTests
{
    private const long Second = 1_000_000_000;
    private static readonly SpanStoreOptions Options = new() { QuietTime = TimeSpan.FromMinutes(30), CompactSpans = 64, RecentTraceBytes = 1 << 16 };

    [Fact]
    public async Task Sample_AnyOrderOfArrivals_SealsAndRestarts_NeverTakesASpanFromATraceThatStays()
    {
        var gone = 0;
        for (var round = 0; round < Soak.Count(20); round++)
        {
            var seed = Random.Shared.Next();
            try
            {
                gone += await new Scenario(seed).RunAsync();
            }
            catch (Exception failure)
            {
                Assert.Fail($"seed {seed}: {failure}");
            }
        }
        Assert.NotEqual(0, gone);
    }

    [Fact]
    public async Task Sample_BesideAppends_LeavesTheSameAsAReplay()
    {
        var clock = new ManualTimeProvider();
        var disk = new MemoryObjectStore();
        var ids = Enumerable.Range(1, 400).Select(i => new TraceId(9, (ulong)i * 7919)).ToArray();
        await using (var store = await SpanStore.OpenAsync(disk, "o", Options, clock))
        {
            foreach (var id in ids) await store.AppendAsync(SpanBatch.Of(Span(id, 1, clock)));
            await store.SealAsync();
            await store.SampleAsync(All(clock));
            clock.Advance(TimeSpan.FromHours(2));
            var appends = Task.Run(async () =>
            {
                foreach (var id in ids) await store.AppendAsync(SpanBatch.Of(Span(id, 2, clock) with { Status = StoredStatus.Error }));
            });
            var (gone, _) = await store.SampleAsync(All(clock));
            await appends;
            Assert.InRange(gone, 0, ids.Length);
            foreach (var id in ids)
            {
                var spans = (await store.GetTraceAsync(id))!.Spans.Select(s => s.SpanId.Value);
                Assert.Contains(2ul, spans); // an error that came beside the sampling is never lost
            }
            var copy = await ObjectCopies.WriteAsync(await ObjectCopies.ReadAsync(disk));
            await using var replayed = await SpanStore.OpenAsync(copy, "o", Options, clock);
            foreach (var id in ids)
                Assert.Equal((await store.GetTraceAsync(id))!.Spans.Select(s => s.SpanId), (await replayed.GetTraceAsync(id))!.Spans.Select(s => s.SpanId));
        }
    }

    [Fact]
    public async Task Append_CancelledWhileSamplingHoldsItBack_TakesNoRoom()
    {
        var clock = new ManualTimeProvider();
        await using var store = await SpanStore.OpenAsync(
            new MemoryObjectStore(), "o", Options with { SealBytes = 1024, MaxAppendWait = TimeSpan.Zero }, clock);
        await store.AppendAsync(SpanBatch.Of(Span(new TraceId(9, 1), 1, clock)));
        await store.SealAsync();
        await store.SampleAsync(All(clock));
        clock.Advance(TimeSpan.FromHours(2));
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        var sampling = Task.Run(() => store.SampleAsync(All(clock) with
        {
            KeptAmong = async (_, _) =>
            {
                asked.SetResult();
                await answer.Task;
                return new HashSet<TraceId>();
            },
        }).AsTask());
        await asked.Task;
        for (var i = 2; i < 102; i++)
        {
            using var stop = new CancellationTokenSource();
            var append = store.AppendAsync(SpanBatch.Of(Span(new TraceId(9, (ulong)i), 1, clock)), stop.Token).AsTask();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        }
        answer.SetResult();
        await sampling;
        Assert.Equal(AppendResult.Stored, await store.AppendAsync(SpanBatch.Of(Span(new TraceId(9, 200), 1, clock))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void IsChosen_KeepsTheShare_AndMoreOfALarger(double rate)
    {
        const int traces = 200_000;
        var seed = (ulong)Random.Shared.NextInt64();
        foreach (var id in (Func<ulong, TraceId>[])[
            i => new(seed, i), i => new(i << 32, seed), i => new((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64())])
        {
            var chosen = 0;
            for (var i = 0ul; i < traces; i++)
            {
                var trace = id(i);
                if (!TraceSampling.IsChosen(trace, rate)) continue;
                chosen++;
                Assert.True(TraceSampling.IsChosen(trace, Math.Min(1, rate * 1.2)));
            }
            // Hoeffding: a share that far off has a chance of less than 1 in 10^15.
            var bound = rate is 0 or 1 ? 0 : Math.Sqrt(Math.Log(2e15) / (2 * traces));
            Assert.InRange(chosen / (double)traces, rate - bound, rate + bound);
        }
    }

    [Fact]
    public void IsChosen_IsTheSameInEveryProcess()
    {
        var chosen = Enumerable.Range(1, 40).Where(i => TraceSampling.IsChosen(new TraceId((ulong)i, 0xABCDEF), 0.3));
        Assert.Equal([6, 8, 12, 21, 22, 24, 26, 35], chosen); // worked out by hand, in another language
    }

    private static TraceSampling All(TimeProvider clock) => new() { RateAt = _ => 0, EndedBeforeUnixNano = Nanos(clock) - (1800 * Second) };

    private static SpanRecord Span(TraceId trace, ulong span, TimeProvider clock) => new()
    {
        TraceId = trace,
        SpanId = new SpanId(span),
        ParentSpanId = new SpanId(span == 1 ? 0ul : 1ul),
        Name = "s",
        StartUnixNano = Nanos(clock),
        EndUnixNano = Nanos(clock) + Second,
    };

    private static long Nanos(TimeProvider clock) => (clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;

    /// <summary>A store and what should be in it.</summary>
    private sealed class Scenario(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly ManualTimeProvider _clock = new();
        private readonly MemoryObjectStore _disk = new();
        private readonly Dictionary<TraceId, Known> _known = [];
        private readonly HashSet<TraceId> _kept = [];
        private SpanStore _store = null!;
        private int _gone;

        public async Task<int> RunAsync()
        {
            _store = await OpenAsync();
            for (var step = 0; step < 60; step++)
            {
                await (_random.Next(11) switch
                {
                    < 5 => AppendAsync(),
                    5 => _store.SealAsync().AsTask(),
                    6 => _store.CompactAsync().AsTask(),
                    7 => RestartAsync(),
                    8 => _store.RemapSomeAsync(Remap, 1, 2).AsTask(),
                    _ => SampleAsync(),
                });
                _clock.Advance(TimeSpan.FromMinutes(_random.Next(25)));
            }
            await SampleAsync();
            await RestartAsync();
            await CheckAsync(mayHaveGone: false);
            await _store.DisposeAsync();
            return _gone;
        }

        private Task<SpanStore> OpenAsync() => SpanStore.OpenAsync(_disk, "o", Options, _clock);

        private async Task RestartAsync()
        {
            await _store.DisposeAsync();
            _store = await OpenAsync();
        }

        private static bool Remap(SpanReader span, SpanBatchWriter into)
        {
            if (span.Has(SpanNumber.MappingVersion)) return false;
            into.Add(SpanRecord.From(span) with { MappingVersion = 1 });
            return true;
        }

        private async Task AppendAsync()
        {
            var spans = new List<SpanRecord>();
            for (var i = _random.Next(1, 12); i > 0; i--)
            {
                var id = new TraceId(1, (ulong)_random.Next(40));
                var span = Span(id, (ulong)_random.Next(1, 6), _clock) with
                {
                    Status = _random.Next(12) == 0 ? StoredStatus.Error : StoredStatus.Ok,
                    Tags = _random.Next(15) == 0 ? ["scored"] : [],
                };
                if (!_known.TryGetValue(id, out var known)) _known[id] = known = new Known(_clock.GetUtcNow());
                known.Spans.Add(span.SpanId.Value);
                known.Last = _clock.GetUtcNow();
                known.Wanted |= span.Status == StoredStatus.Error || span.Tags.Count > 0;
                spans.Add(span);
            }
            await _store.AppendAsync(SpanBatch.Of([.. spans]));
            if (_random.Next(4) == 0) _kept.Add(new TraceId(1, (ulong)_random.Next(40)));
        }

        private async Task SampleAsync()
        {
            await _store.SampleAsync(new TraceSampling
            {
                RateAt = _ => 0.3,
                EndedBeforeUnixNano = Nanos(_clock) - (1800 * Second),
                Keeps = span => span.List(SpanList.Tags).ToArray().Contains("scored"),
                KeptAmong = (ids, _) => ValueTask.FromResult<IReadOnlySet<TraceId>>(ids.Where(_kept.Contains).ToHashSet()),
            });
            await CheckAsync(mayHaveGone: true);
        }

        private async Task CheckAsync(bool mayHaveGone)
        {
            foreach (var (id, known) in _known.ToList())
            {
                if (await _store.GetTraceAsync(id) is { } trace)
                {
                    Assert.Equal(known.Spans.Order(), trace.Spans.Select(s => s.SpanId.Value).Order());
                    continue;
                }
                Assert.True(mayHaveGone && !known.Wanted && !_kept.Contains(id) && !TraceSampling.IsChosen(id, 0.3)
                    && _clock.GetUtcNow() - known.Last >= Options.QuietTime);
                _known.Remove(id);
                _gone++;
            }
        }

        private sealed class Known(DateTimeOffset last)
        {
            public HashSet<ulong> Spans { get; } = [];

            public DateTimeOffset Last { get; set; } = last;

            public bool Wanted { get; set; }
        }
    }
}
