using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Traces;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>What is due in a shard from time to time, by the project's settings as they are then: the end of retention, and sampling.</summary>
internal sealed class ShardHousekeeping(IProjectDirectory projects, IEnumerable<ITraceHolder> holders, IOptions<TracesOptions> options, TimeProvider clock)
{
    private const long NanosPerTick = 100;

    /// <summary>Does what is due.</summary>
    /// <returns>Whether there is more to do soon.</returns>
    public async Task<bool> RunAsync(ProjectKey project, SpanStore spans, CancellationToken cancellationToken)
    {
        await ForgetAsync(project, spans, cancellationToken);
        var settings = await projects.SettingsAsync(project, cancellationToken);
        if (settings.RetentionDays is { } days) await DropAsync(spans, Nanos(clock.GetUtcNow().AddDays(-days)), cancellationToken);
        return await SampleAsync(project, spans, settings, cancellationToken);
    }

    // Their user was erased when nobody could tell that these traces were that user's.
    private async Task ForgetAsync(ProjectKey project, SpanStore spans, CancellationToken cancellationToken)
    {
        if (spans.ErasedByOpening.Count == 0) return;
        string[] traceIds = [.. spans.ErasedByOpening.Select(t => t.ToString())];
        foreach (var holder in holders) await holder.EraseAsync(project, traceIds, cancellationToken);
    }

    private static async Task DropAsync(SpanStore spans, long before, CancellationToken cancellationToken)
    {
        if (await spans.HasBeforeAsync(before, cancellationToken)) await spans.DropBeforeAsync(before, cancellationToken);
    }

    private async Task<bool> SampleAsync(ProjectKey project, SpanStore spans, ProjectSettings settings, CancellationToken cancellationToken)
    {
        if (settings.SampleRate >= 1 && settings.SampleRates.IsDefaultOrEmpty) return false;
        var (_, pending) = await spans.SampleAsync(new()
        {
            RateAt = start => settings.SampleRateAt(Time(start)),
            EndedBeforeUnixNano = Nanos(clock.GetUtcNow() - options.Value.Store.QuietTime),
            Keeps = Scores.AreIn,
            KeptAmong = (ids, stop) => HeldAsync(project, ids, stop),
        }, cancellationToken);
        return pending;
    }

    private async ValueTask<IReadOnlySet<TraceId>> HeldAsync(ProjectKey project, IReadOnlyCollection<TraceId> ids, CancellationToken cancellationToken)
    {
        var held = new HashSet<TraceId>();
        foreach (var holder in holders)
        {
            var kept = await holder.HeldAsync(project, cancellationToken);
            if (kept.Count > 0) held.UnionWith(ids.Where(id => kept.Contains(id.ToString())));
        }
        return held;
    }

    private static DateTimeOffset Time(long unixNano) => DateTimeOffset.UnixEpoch.AddTicks(Math.Max(0, unixNano) / NanosPerTick);

    private static long Nanos(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosPerTick;
}
